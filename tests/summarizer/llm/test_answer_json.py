"""The JSON of an answer is found however a model writes it, in bounded time."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest

from summarizer.llm.answer_json import Unreadable
from summarizer.llm.answers import read
from tests.support.linear import slow

ONE = '{"bullets": [{"text": "A dam broke.", "sentences": [2]}]}'

WRITTEN = {
    "bare": ONE,
    "a mark before it": f"\ufeff{ONE}",
    "fenced": f"```json\n{ONE}\n```",
    "in prose with braces": f"Of {{these}} I made {{one}}:\n{ONE}\nSay if {{more}} is wanted!",
    "after a thought": f"<think>{{maybe}} [1]</think>{ONE}",
    "after a thought without its start": f"The {{user}} wants one.\n</think>\n\n{ONE}",
    "after a thought in another tag": f"<thinking>A draft: {{}}</thinking>{ONE}",
    "in a thought that never ends": f"<think>So it is {ONE}",
    "after a draft": ONE.replace("dam", "bridge") + f"\nNo, rather:\n{ONE}",
    "in channels": f"<|channel|>analysis<|message|>Hm {{x}}<|end|><|channel|>final<|message|>{ONE}",
    "a bare list": '[{"text": "A dam broke.", "sentences": [2]}]',
    "one bullet": '{"text": "A dam broke.", "sentences": [2]}',
    "a wrapper": f'{{"answer": {{"result": {ONE}}}}}',
    "JSON within JSON keys of its own": '{"first": {"text": "A dam broke.", "sentences": [2]}}',
    "keys in another case": '{"Bullets": [{"Text": "A dam broke.", "SENTENCES": [2]}]}',
    "JSON in a string": json.dumps(ONE),
    "other keys": ONE.replace("text", "bullet_text").replace("sentences", "sentence_numbers"),
    "numbers as text": ONE.replace("[2]", '["2"]'),
    "a number with a mark": ONE.replace("[2]", '["[2]"]'),
    "a lone number": ONE.replace("[2]", "2"),
    "a number with a fraction": ONE.replace("[2]", "[2.0]"),
    "objects for numbers": ONE.replace("[2]", '[{"number": 2}]'),
    "a comma too many": ONE.replace("}]", "},]").replace("[2]", "[2,]"),
    "a comma too few": (
        '[{"text": "A dam broke.", "sentences": [2]}\n {"text": "", "sentences": []}]'
    ),
    "a Python literal": "{'bullets': [{'text': 'A dam broke.', 'sentences': [2]}]}",
    "keys without quotation marks": '{bullets: [{text: "A dam broke.", sentences: [2]}]}',
    "quotation marks of print": "{“bullets”: [{“text”: “A dam broke.”, “sentences”: [2]}]}",
    "a raw line break": ONE.replace("A dam broke.", "A dam\nbroke."),
    "cut off in the second": ONE[:-2] + ', {"text": "The vall',
    "an echo of the schema": (
        '{"type": "object", "properties": {"bullets": {"items": {"properties": '
        '{"text": {"type": "string"}, "sentences": {"type": "array"}}}}}}\n' + ONE
    ),
}


@pytest.mark.parametrize("form", WRITTEN)
def test_bullets_are_read_however_they_are_written(form: str) -> None:
    first = read(WRITTEN[form])[0]
    assert (first.text, first.cited) == ("A dam broke.", (2,))


def test_one_bullet_a_line_is_a_list() -> None:
    lines = "\n".join(f'{{"text": "Dam {each}.", "sentences": [{each}]}}' for each in (1, 2, 3))
    assert [each.cited for each in read(lines)] == [(1,), (2,), (3,)]


def test_an_empty_list_of_bullets_is_an_answer() -> None:
    assert read('There is nothing: {"bullets": []}') == ()


UNREADABLE = {
    "": "empty",
    "<think>Let me": "only a thought",
    "I cannot do that.": "not the JSON",
    '{"bullets": "none"}': "not the JSON",
    '{"bullets": [{"text": 5, "sentences": [1]}]}': "not the JSON",
    "[]": "not the JSON",
}


@pytest.mark.parametrize("answer", UNREADABLE)
def test_what_holds_no_bullets_is_unreadable_and_says_why(answer: str) -> None:
    with pytest.raises(Unreadable, match=UNREADABLE[answer]):
        read(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "[" * 100_000,
        "{" * 100_000,
        '{"a":' * 50_000,
        "{'" * 50_000,
        '{"' * 50_000,
        "<think>" * 20_000,
    ],
)
def test_an_answer_that_is_all_brackets_takes_no_time(answer: str) -> None:
    def work(text: str) -> None:
        with suppress(Unreadable):
            read(text)

    with pytest.raises(Unreadable):
        read(answer)
    assert slow(work, answer, 1.0) is None
