"""A briefing or a notice as a mail: a subject, plain text, and HTML that mail programs show alike.

What ends the mail, such as the link to unsubscribe, is added when it is sent.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, Template

from bot.models import Briefing
from bot.render import wording as words
from bot.render.day_line import day_line
from bot.render.proofs import proofs_of
from bot.render.sanitize import clean, link
from bot.render.silence import shortened
from bot.render.text import briefing_text
from bot.render.times import dateline

SUBJECT = 120
"""Characters of a subject."""

WIDTH = 76
"""Columns of the plain text."""

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ subject }}</title>
</head>
<body style="margin:0 auto;max-width:40em;padding:16px;font:16px/1.5 sans-serif">
<h1 style="font-size:20px;margin:0">{{ heading }}</h1>
{% if day %}<p style="margin:8px 0">{{ day }}</p>{% endif %}
<p style="{{ small }}">{{ dateline }}</p>
{% for part in parts %}
<h2 style="font-size:17px;margin:24px 0 8px">{{ part.icon }} {{ part.title }}</h2>
{% if not part.bullets %}<p>{{ part.empty }}</p>{% endif %}
{% for group in part.groups %}
{% if group.label %}<h3 style="font-size:15px;margin:16px 0 4px">{{ group.label }}</h3>{% endif %}
{% for bullet in group.bullets %}
<p style="margin:14px 0 2px"><strong>{{ bullet.number }}.</strong>
{% if bullet.mark %}<em>{{ bullet.mark }} —</em> {% endif %}{{ bullet.text }}</p>
{% for proof in proofs[bullet.number] %}
<blockquote style="margin:4px 0 4px 16px;padding-left:10px;border-left:3px solid #bbb">
{% if proof.quote != bullet.text %}{{ proof.quote }}<br>{% endif %}<span style="{{ small }}">
{%- if proof.url %}<a href="{{ proof.url }}">{{ proof.source }}: {{ proof.title }}</a>
{%- else %}{{ proof.source }}: {{ proof.title }}{% endif %}</span></blockquote>
{% endfor %}
<p style="{{ small }}">{{ bullet.outlets|map(attribute="name")|join(", ") }}
{{- " " if bullet.more else " · " if bullet.outlets }}{{ bullet.about }}</p>
{% endfor %}
{% endfor %}
{% for note in part.notes %}
<p style="{{ small }}">
{%- for span in note.spans -%}
{%- if span.url %}<a href="{{ span.url }}">{{ span.text }}</a>{% else %}{{ span.text }}{% endif %}
{%- endfor %}</p>
{% endfor %}
{% endfor %}
<p style="{{ small }}">{{ coverage }}.</p>
{% if page %}<p><a href="{{ page }}">{{ page_label }}</a></p>{% endif %}
"""

_END = """<hr style="border:0;border-top:1px solid #bbb;margin:24px 0 8px">
<p style="{{ small }}">{{ said }}{% if url %} <a href="{{ url }}">Unsubscribe</a>{% endif %}</p>
</body>
</html>
"""

_NOTICE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ subject }}</title></head>
<body style="margin:0 auto;max-width:40em;padding:16px;font:16px/1.5 sans-serif">
<p>{{ text }}</p>
"""

_SMALL = "margin:2px 0;font-size:13px;color:#777"
_TEMPLATES = Environment(autoescape=True, trim_blocks=True)


@dataclass(frozen=True, slots=True)
class MailBody:
    """The subject and both forms of a mail."""

    subject: str
    text: str
    html: str


@cache
def _template(source: str) -> Template:
    return _TEMPLATES.from_string(source)


def digest_mail(briefing: Briefing, heading: str, *, page: str = "") -> str:
    """A digest as a payload; `page` is the address of its page, if it has one."""
    topics = words.heading(briefing)
    subject = shortened(f"{topics}: {clean(heading).strip()}" if heading else topics, SUBJECT)
    html = _template(_PAGE).render(
        subject=subject,
        heading=words.heading(briefing, heading),
        day="" if briefing.alert else day_line(briefing),
        dateline=dateline(briefing),
        parts=list(words.parts(briefing)),
        proofs=proofs_of(briefing),
        coverage=words.coverage(briefing),
        page=link(page),
        page_label=words.page_label(),
        small=_SMALL,
    )
    text = briefing_text(briefing, heading, width=WIDTH, page=page)
    return _payload(subject, text, html)


def notice_mail(text: str) -> str:
    """A notice as a payload."""
    said = clean(text).strip()
    subject = shortened(said, SUBJECT)
    html = _template(_NOTICE).render(subject=subject, text=said)
    return _payload(subject, text, html)


def ended_mail(payload: str, said: str, url: str = "") -> MailBody:
    """A stored mail with its last lines: why it comes, and the link to unsubscribe, if any."""
    stored = json.loads(payload)
    end = _template(_END).render(said=said, url=url, small=_SMALL)
    last = f"{said}\nUnsubscribe: {url}" if url else said
    return MailBody(stored["subject"], f"{stored['text']}\n\n-- \n{last}\n", stored["html"] + end)


def _payload(subject: str, text: str, html: str) -> str:
    return json.dumps({"subject": subject, "text": text, "html": html}, ensure_ascii=False)
