"""The wire format of jobs and results: two lengths, a header, a raw body.

Jobs are pickled: the worker trusts the process that started it. Results are JSON, which that
process checks, because hostile bodies are read where they come from. The worker needs no pydantic.
"""

from __future__ import annotations

import asyncio
import json
import pickle
import struct
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime

from bot.ingest.worker.messages import (
    Counts,
    FolderRead,
    Job,
    Read,
    Refused,
    Result,
)
from bot.models import Topic

READY = 0
"""The number of the first result: the worker is ready."""

_LENGTHS = struct.Struct("<II")


@dataclass(frozen=True, slots=True)
class Handshake:
    """The first message to a worker: where to store, and the topics to score articles on."""

    database_url: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """A job with the number of its result."""

    number: int
    job: Job


@dataclass(frozen=True, slots=True)
class Response:
    """A result; exactly one of the fields after `number` is set."""

    number: int
    read: Read | None = None
    folder: FolderRead | None = None
    counts: Counts | None = None
    refused: Refused | None = None

    @property
    def result(self) -> Result | None:
        return self.read or self.folder or self.counts or self.refused


def order(number: int, job: Job, body: bytes = b"") -> bytes:
    """Encode a job."""
    return _frame(pickle.dumps(Request(number, job)), body)


def done(number: int, result: Result) -> bytes:
    """Encode a result; a lone surrogate in it becomes a question mark."""
    match result:
        case Read():
            held = Response(number, read=result)
        case FolderRead():
            held = Response(number, folder=result)
        case Counts():
            held = Response(number, counts=result)
        case Refused():
            held = Response(number, refused=result)
    written = json.dumps(held, default=_plain, ensure_ascii=False, separators=(",", ":"))
    return _frame(written.encode("utf-8", "replace"), b"")


def hello(database_url: str, topics: tuple[Topic, ...]) -> bytes:
    """Encode the handshake."""
    return _frame(pickle.dumps(Handshake(database_url, topics)), b"")


def sent_request(header: bytes) -> Request:
    """Decode what `order` wrote."""
    found = pickle.loads(header)  # noqa: S301 - written by the process that started this one
    assert isinstance(found, Request)
    return found


def sent_handshake(header: bytes) -> Handshake:
    """Decode what `hello` wrote."""
    found = pickle.loads(header)  # noqa: S301 - written by the process that started this one
    assert isinstance(found, Handshake)
    return found


async def next_frame(reader: asyncio.StreamReader) -> tuple[bytes, bytes] | None:
    """The next header and body; None at the end of the stream."""
    try:
        header, body = _LENGTHS.unpack(await reader.readexactly(_LENGTHS.size))
        return await reader.readexactly(header), await reader.readexactly(body)
    except (asyncio.IncompleteReadError, ConnectionError):
        return None


def _frame(header: bytes, body: bytes) -> bytes:
    return _LENGTHS.pack(len(header), len(body)) + header + body


def _plain(value: object) -> object:
    """What JSON has instead of a value of the messages."""
    if isinstance(value, datetime):
        return value.isoformat()
    assert is_dataclass(value)
    return {each.name: getattr(value, each.name) for each in fields(value)}
