"""A briefing as one self-contained web page."""

from __future__ import annotations

from jinja2 import Environment

from bot.models import Briefing
from bot.render import wording as words
from bot.render.day_line import day_line
from bot.render.proofs import proofs_of
from bot.render.times import dateline

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ heading }}</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.55 system-ui, sans-serif; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin-bottom: 0; }
h3 { font-size: 1rem; margin-bottom: 0; }
h2 { font-size: 1.15rem; margin-top: 2rem; border-bottom: 1px solid #8886; padding-bottom: .25rem; }
ol { padding-left: 1.6rem; }
li { margin: .9rem 0; }
.about { color: #666; font-size: .875rem; margin: .25rem 0; }
.mark { font-weight: 600; }
blockquote { margin: .4rem 0; border-left: 3px solid #8886; padding-left: .8rem; }
@media (prefers-color-scheme: dark) { .about { color: #aaa; } }
@page {
  size: A4; margin: 20mm 18mm;
  @bottom-center { content: counter(page) " / " counter(pages); font-size: 9pt; color: #666; }
}
@media print {
  :root { font-size: 10.5pt; }
  body { margin: 0; max-width: none; }
  li, blockquote { break-inside: avoid; }
  .about { color: #555; }
  .icon { display: none; }
}
</style>
</head>
<body>
<main>
<h1>{{ heading }}</h1>
<p>{{ day }}</p>
<p class="about">{{ dateline }}</p>
{% for part in parts %}
<section>
<h2><span class="icon">{{ part.icon }}</span> {{ part.title }}</h2>
{% for group in part.groups %}
{% if group.label %}<h3>{{ group.label }}</h3>{% endif %}
<ol start="{{ group.bullets[0].number }}">
{% for bullet in group.bullets %}
<li>
{% if bullet.mark %}<span class="mark">{{ bullet.mark }}.</span> {% endif %}{{ bullet.text }}
<p class="about">
{%- for outlet in bullet.outlets -%}
{%- if outlet.url %}<a href="{{ outlet.url }}" rel="noreferrer nofollow">{{ outlet.name }}</a>
{%- else %}{{ outlet.name }}{% endif %}{{ ", " if not loop.last }}
{%- endfor %}{{ " " if bullet.more else " · " if bullet.outlets }}{{ bullet.about }}</p>
<details{{ " open" if unfolded }}><summary class="about">The proof</summary>
{% for proof in proofs[bullet.number] %}
<blockquote>{{ proof.quote }}<p class="about">{{ proof.source }}
{%- if proof.url %}, <a href="{{ proof.url }}" rel="noreferrer nofollow">{{ proof.title }}</a>
{%- else %}, {{ proof.title }}{% endif %}</p></blockquote>
{% endfor %}
</details>
</li>
{% endfor %}
</ol>
{% endfor %}
{% if not part.bullets %}
<p>{{ part.empty }}</p>
{% endif %}
{% for note in part.notes %}
<p class="about">
{%- for span in note.spans -%}
{%- if span.url %}<a href="{{ span.url }}" rel="noreferrer nofollow">{{ span.text }}</a>
{%- else %}{{ span.text }}{% endif %}
{%- endfor %}</p>
{% endfor %}
</section>
{% endfor %}
<p class="about">{{ coverage }}</p>
</main>
</body>
</html>
"""

_TEMPLATE = Environment(autoescape=True, trim_blocks=True).from_string(_PAGE)


def briefing_html(briefing: Briefing, heading: str | None = None, *, unfolded: bool = False) -> str:
    """The whole page, with each bullet's proof folded under it; no scripts, no external files."""
    return _TEMPLATE.render(
        heading=words.heading(briefing, heading),
        day=day_line(briefing),
        dateline=dateline(briefing),
        parts=list(words.parts(briefing)),
        proofs=proofs_of(briefing),
        coverage=words.coverage(briefing),
        unfolded=unfolded,
    )
