"""What a server says is shown in one short line, without secrets."""

from __future__ import annotations

import json

import pytest

from summarizer.llm.server.error_text import LONGEST, error_in

BODIES = {
    "OpenAI's": ({"error": {"message": "No such tier", "type": "x", "code": None}}, "No such tier"),
    "a text": ({"error": "model is loading"}, "model is loading"),
    "a detail": ({"detail": "Not Found"}, "Not Found"),
    "pydantic's": (
        {"detail": [{"loc": ["body", "seed"], "msg": "Extra inputs are not permitted"}]},
        "Extra inputs are not permitted body seed",
    ),
    "OpenRouter's": (
        {"error": {"message": "Provider returned error", "metadata": {"raw": "out of capacity"}}},
        "Provider returned error out of capacity",
    ),
    "a list": ([{"error": {"message": "API key not valid"}}], "API key not valid"),
    "unknown keys": ({"oops": "boom"}, "boom"),
}


@pytest.mark.parametrize("name", BODIES)
def test_the_message_is_found_in_any_form(name: str) -> None:
    body, said = BODIES[name]
    assert said in error_in(json.dumps(body)).text


def test_a_page_is_told_by_its_title_or_its_words() -> None:
    page = "<html><head><title> 502 Bad\n Gateway </title><style>b {}</style></head>"
    assert error_in(page).text == "502 Bad Gateway"
    assert error_in("<html><script>x()</script><h1>Sign in</h1>").text == "Sign in"


SECRETS = {
    "the key itself": ("Wrong key: hunter2-hunter2", "hunter2-hunter2"),
    "a key half hidden": ("Incorrect API key provided: sk-proj-abc***xyz.", "abc***xyz"),
    "a bearer": ("header Authorization: Bearer abcdef.ghi was refused", "abcdef.ghi"),
    "a parameter": ("GET https://models.example/v1?key=abc123&x=1 failed", "abc123"),
    "a login": ("http://ada:secret@models.example/ refused", "ada:secret"),
    "an account": ("quota of org-Ab12Cd34Ef is used up", "org-Ab12Cd34Ef"),
    "a long token": ("token eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9 expired", "eyJhbGciOiJ"),
    "a person": ("ask ada@models.example for access", "ada@"),
}


@pytest.mark.parametrize("name", SECRETS)
def test_fault_47_no_secret_is_shown(name: str) -> None:
    message, secret = SECRETS[name]
    shown = error_in(json.dumps({"error": {"message": message}}), "hunter2-hunter2").text
    assert secret not in shown
    assert "[hidden]" in shown


def test_it_is_one_short_line_without_control_characters() -> None:
    shown = error_in("out\x1b[31m of\r\nmemory \u202e" + "and so on " * 200).text
    assert shown.startswith("out [31m of memory and so on")
    assert len(shown) <= LONGEST


def test_deep_or_broken_bodies_are_text() -> None:
    assert error_in(b"\xff\xfe\x00").text
    assert len(error_in("[" * 100_000).text) <= LONGEST
