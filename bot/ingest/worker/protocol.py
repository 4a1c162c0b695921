"""The wire format of jobs and results: two lengths, a JSON header, a raw body."""

from __future__ import annotations

import asyncio
import struct
from dataclasses import dataclass
from typing import Annotated, Union

from pydantic import Field, TypeAdapter

from bot.ingest.worker.messages import (
    Counts,
    FolderJob,
    FolderRead,
    Job,
    Read,
    ReadJob,
    Refused,
    Result,
    StoreJob,
)

READY = 0
"""The number of the first result: the worker is ready."""

_LENGTHS = struct.Struct("<II")


@dataclass(frozen=True, slots=True)
class Handshake:
    """The first message to a worker."""

    database_url: str


@dataclass(frozen=True, slots=True)
class Request:
    """A job with the number of its result."""

    number: int
    job: Annotated[Union[ReadJob, FolderJob, StoreJob], Field(discriminator="do")]  # noqa: UP007


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


HELLO = TypeAdapter(Handshake)
ORDER = TypeAdapter(Request)
DONE = TypeAdapter(Response)


def order(number: int, job: Job, body: bytes = b"") -> bytes:
    """Encode a job."""
    return _frame(ORDER.dump_json(Request(number, job)), body)


def done(number: int, result: Result) -> bytes:
    """Encode a result."""
    match result:
        case Read():
            held = Response(number, read=result)
        case FolderRead():
            held = Response(number, folder=result)
        case Counts():
            held = Response(number, counts=result)
        case Refused():
            held = Response(number, refused=result)
    return _frame(DONE.dump_json(held), b"")


def hello(database_url: str) -> bytes:
    """Encode the handshake."""
    return _frame(HELLO.dump_json(Handshake(database_url)), b"")


async def next_frame(reader: asyncio.StreamReader) -> tuple[bytes, bytes] | None:
    """The next header and body; None at the end of the stream."""
    try:
        header, body = _LENGTHS.unpack(await reader.readexactly(_LENGTHS.size))
        return await reader.readexactly(header), await reader.readexactly(body)
    except (asyncio.IncompleteReadError, ConnectionError):
        return None


def _frame(header: bytes, body: bytes) -> bytes:
    return _LENGTHS.pack(len(header), len(body)) + header + body
