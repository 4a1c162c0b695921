"""The forms of single values of settings: each returns the value, or raises ValueError."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from config.mail_settings import Sender
from config.name_lists import language_codes

_CLOCK = r"([01]\d|2[0-3]):[0-5]\d"


def _time(value: str) -> str:
    if not re.fullmatch(_CLOCK, value, re.ASCII):
        raise ValueError("must be a time of day such as 07:30")
    return value


def _span(value: str) -> str:
    if value != "off" and not re.fullmatch(f"{_CLOCK}-{_CLOCK}", value, re.ASCII):
        raise ValueError("must be two times of day such as 22:00-07:00, or off")
    return value


def _level(value: str) -> str:
    if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
    return value.upper()


def _contact(value: str) -> str:
    if not re.fullmatch(r"[\x20-\x27\x2a-\x7e]{1,200}", value):
        raise ValueError("must be an address to write to: ASCII, without parentheses")
    return value


def _agent(value: str) -> str:
    if not re.fullmatch(r"[\x20-\x7e]+", value):
        raise ValueError("must be ASCII on one line, such as Mozilla/5.0 (compatible; news)")
    return value


def _sender(value: str) -> str:
    Sender.parsed(value)
    return value


def _prompts(value: Path) -> Path:
    if not value.is_dir():
        raise ValueError("is not a folder: name one that holds bullets.md or another prompt")
    return value


def _model(value: Path) -> Path:
    if not value.is_dir():
        raise ValueError(
            "is not a folder: name one that holds config.json, tokenizer.json and model.onnx"
        )
    return value


TimeOfDay = Annotated[str, AfterValidator(_time)]
QuietSpan = Annotated[str, AfterValidator(_span)]
LogLevel = Annotated[str, AfterValidator(_level)]
Contact = Annotated[str, AfterValidator(_contact)]
UserAgent = Annotated[str, AfterValidator(_agent)]
MailSender = Annotated[str, AfterValidator(_sender)]
PromptFolder = Annotated[Path, AfterValidator(_prompts)]
ModelFolder = Annotated[Path, AfterValidator(_model)]
LanguageCodes = Annotated[tuple[str, ...], BeforeValidator(language_codes)]
