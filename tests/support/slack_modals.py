"""Slack's forms as web pages, drawn like Slack's modals: what a person fills in, and sends."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

View = Mapping[str, Any]

CHANNELS: Mapping[str, str] = {"C1": "# newsroom"}
"""Names of the conversations that a form may choose."""


def modal_html(view: View) -> str:
    """One form: its title, its fields with what is filled in already, and its two buttons."""
    fields = "".join(map(_field, view["blocks"]))
    buttons = "".join(
        f"<button class={kind}>{escape(view[kind]['text'])}</button>"
        for kind in ("close", "submit")
    )
    return (
        f'<!doctype html><meta charset="utf-8"><style>{_STYLE}</style><main>'
        f"<h1>{escape(view['title']['text'])}<span>✕</span></h1>{fields}<footer>{buttons}</footer>"
        "</main>"
    )


def modal_labels(view: View) -> tuple[str, ...]:
    """The buttons of a form that must be seen."""
    return (view["close"]["text"], view["submit"]["text"])


def _field(block: View) -> str:
    optional = " <i>(optional)</i>" if block.get("optional") else ""
    hint = f"<small>{escape(block['hint']['text'])}</small>" if "hint" in block else ""
    element = block["element"]
    return (
        f"<label>{escape(block['label']['text'])}{optional}</label>"
        f'<div class="{element["type"]}">{_filled(element)}</div>{hint}'
    )


def _filled(element: View) -> str:
    match element["type"]:
        case "multi_static_select":
            chosen = element.get("initial_options", ())
            return "".join(f"<b>{escape(each['text']['text'])}</b>" for each in chosen)
        case "static_select":
            chosen = element.get("initial_option")
            return escape(chosen["text"]["text"]) if chosen else "<em>Choose an option…</em>"
        case "timepicker":
            return escape(element.get("initial_time", ""))
        case "conversations_select":
            chosen = element.get("initial_conversation", "")
            return escape(CHANNELS.get(chosen, "briefbot"))
        case _:
            seen = element.get("placeholder", {"text": "\u00a0"})["text"]
            return escape(element.get("initial_value", "")) or f"<em>{escape(seen)}</em>"


_STYLE = """
body { margin: 0; background: #616061; font: 15px/1.46 "Lato", "Noto Sans", sans-serif }
main { margin: 14px; padding: 6px 22px 0; background: #fff; border-radius: 8px; color: #1d1c1d }
h1 { font-size: 21px; margin: 12px 0 }
h1 span { float: right; font-weight: 400; color: #616061 }
label { display: block; font-weight: 700; margin: 16px 0 5px }
label i { font-weight: 400; font-style: normal; color: #616061 }
div { border: 1px solid #868686; border-radius: 4px; padding: 7px 12px; min-height: 22px }
.static_select::after, .multi_static_select::after, .conversations_select::after {
  content: "⌄"; float: right; color: #616061 }
.timepicker::before { content: "◷ "; color: #616061 }
b { background: #e8f5fa; border-radius: 3px; padding: 2px 8px; margin-right: 6px; font-weight: 400 }
em { color: #868686; font-style: normal }
small { display: block; color: #616061; margin-top: 4px; font-size: 13px }
footer { display: flex; justify-content: flex-end; gap: 10px; margin: 20px -22px 0;
  padding: 14px 22px;
  border-top: 1px solid #ddd }
button { font: inherit; font-weight: 700; padding: 7px 16px; border-radius: 4px; background: #fff;
  border: 1px solid #bbb }
button.submit { background: #007a5a; border-color: #007a5a; color: #fff }
"""
