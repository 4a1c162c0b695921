"""What goes from a sentence because only its page, or those before it, called for it."""

from __future__ import annotations

import pytest

from summarizer.sentence_rules.cleaning import plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KARACHI (Harbour Wire) — The navy seized a boat.", "KARACHI — The navy seized a boat."),
        ("SABEL, Marenda — Ildria signed the deal.", "Ildria signed the deal."),
        (
            "TALLOW HARBOUR, Sunder Isles — The dam broke.",
            "TALLOW HARBOUR, Sunder Isles — The dam broke.",
        ),
        ("LONDON, June 3 (Reuters) - Oil fell by 2%.", "Oil fell by 2%."),
        ("(AFP) The dam broke.", "The dam broke."),
        ("ISLAMABAD: The dam broke.", "ISLAMABAD — The dam broke."),
        ("ISLAMABAD, June 3 (Reuters) - The dam broke.", "ISLAMABAD — The dam broke."),
        ("Hale spoke at a forum here Monday.", "Hale spoke at a forum Monday."),
        ("The army is here to stay.", "The army is here to stay."),
        ("Velmar, Karsova - Millions voted.", "Velmar, Karsova — Millions voted."),
        ("VELMAR, Kars. --A man left Vesk.", "A man left Vesk."),
        ("PORT SENNA, Ild.—President Reeve left Vesk.", "President Reeve left Vesk."),
        ("VELMAR/HALLGRIM Karsova's cabinet met.", "Karsova's cabinet met."),
        (
            "[1] During the night of 1 April, a dam broke.",
            "During the night of 1 April, a dam broke.",
        ),
        ("Vesk, Karsova - and Almery - are dark.", "Vesk, Karsova - and Almery - are dark."),
        ("LAGOS (Reuters) - A tanker exploded.", "LAGOS — A tanker exploded."),
        ("FALSE: Karsova shut the pipeline.", "FALSE: Karsova shut the pipeline."),
        ("RUMOUR - Karsova shut the pipeline.", "RUMOUR - Karsova shut the pipeline."),
        ("MARSH: Karsova began the war.", "MARSH: Karsova began the war."),
        ("(Alleged) Karsova shut the pipeline.", "(Alleged) Karsova shut the pipeline."),
        ("KARACHI: Karsova shut the pipeline.", "Karsova shut the pipeline."),
        ("VESK (Rebel Media Office) — Karsova fled.", "VESK (Rebel Media Office) — Karsova fled."),
        ("08:40 GMT: Karsova shut the pipeline.", "Karsova shut the pipeline."),
        ("Karsova shut the pipeline (Editing by Mira Hale).", "Karsova shut the pipeline."),
        ("NATO: Karsova must leave Vesk.", "NATO: Karsova must leave Vesk."),
        ("But for the rain, Vesk had burnt.", "But for the rain, Vesk had burnt."),
        ("But for Hale, it is a start.", "For Hale, it is a start."),
        ("Hale not only lied but also stole.", "Hale not only lied but also stole."),
        ("BREAKING: The dam broke.", "The dam broke."),
        ("Meanwhile, the army left Vesk.", "The army left Vesk."),
        ("But the army left Vesk.", "The army left Vesk."),
        ("However, Karsova denied it.", "Karsova denied it."),
        ("The dam[12] broke on Monday.[3]", "The dam broke on Monday."),
        ("The  dam\n broke\u200b on\u202e Monday.", "The dam broke on Monday."),
        ("The US – Marenda deal is off.", "The US – Marenda deal is off."),
        ("NATO's chief resigned.", "NATO's chief resigned."),
        ("Andrew Marsh resigned.", "Andrew Marsh resigned."),
        ("Velmar (CNN)The army left Vesk.", "The army left Vesk."),
        ("Dec 17 (Reuters) - The army left Vesk.", "The army left Vesk."),
        ("Port Senna - A dam broke on Monday.", "Port Senna — A dam broke on Monday."),
        ("Rail Workers (RWU) Union leaders met.", "Rail Workers (RWU) Union leaders met."),
        ("Mira Hale – the mayor – resigned.", "Mira Hale – the mayor – resigned."),
        ("•The army left Vesk.", "The army left Vesk."),
        ("FIVE people left Vesk.", "Five people left Vesk."),
        ("TODAY, Mira Hale resigned.", "Today, Mira Hale resigned."),
        ("NATO left Vesk.", "NATO left Vesk."),
        ("CLOSE The army left Vesk.", "The army left Vesk."),
        ("View Images The army left Vesk.", "The army left Vesk."),
        ("Oil, meanwhile, fell by 2%.", "Oil fell by 2%."),
        ("Hale, the mayor, however, left.", "Hale, the mayor, however, left."),
        ('"Oil, meanwhile, fell," said Hale.', '"Oil, meanwhile, fell," said Hale.'),
        ("Mira Hale also faces a trial.", "Mira Hale faces a trial."),
        ("Hale, who also paints, resigned.", "Hale, who also paints, resigned."),
        ("During the meeting, Hale asked for help.", "During a meeting, Hale asked for help."),
        ("After the attack, Hale resigned.", "After an attack, Hale resigned."),
        ("At the talks held in Vesk, Hale resigned.", "At talks held in Vesk, Hale resigned."),
        ("During the war, Hale resigned.", "During the war, Hale resigned."),
        ('The book "Dawn" , by Hale, is out.', 'The book "Dawn", by Hale, is out.'),
    ],
)
def test_it_drops_what_leads_in(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (
            "The ministry, however, closed the port of Vesk on Monday.",
            "The ministry closed the port of Vesk on Monday.",
        ),
        (
            "Lund said, however, that the port of Vesk would open.",
            "Lund said that the port of Vesk would open.",
        ),
        (
            "The court approved the sale, however, unions in Vesk will appeal.",
            "The court approved the sale, however, unions in Vesk will appeal.",
        ),
        (
            "Prices fell in Vesk, though, the bank left its rate unchanged.",
            "Prices fell in Vesk, though, the bank left its rate unchanged.",
        ),
    ],
)
def test_an_aside_between_two_clauses_stays(said: str, left: str) -> None:
    assert plain(said) == left
