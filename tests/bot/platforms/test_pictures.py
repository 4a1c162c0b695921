"""Pictures in Telegram and Slack: each once, and never instead of what a person needs to read."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from benchmarks.delivery.job import Job, adapter
from benchmarks.delivery.stock import Stock, all_parts, chat_name, receiver
from bot.errors import DeliveryError
from bot.models import Platform, SendState
from bot.platforms import pictures
from bot.platforms.pictures import NO_LIBRARY, NoPicture
from bot.platforms.slack.adapter import SlackPlatform
from bot.platforms.telegram.adapter import TelegramPlatform
from bot.render.charts.payload import picture_payload
from bot.store import Store
from tests.fakes import doomed_sender, slack_bot, telegram_bot
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_blocks import said
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_rules import Refusal
from tests.support.builders import an_address
from tests.support.clock import Clock
from tests.support.forked import Forked
from tests.support.ledger import DUE, Ledger, taken_over
from tests.support.weeks import a_picture, draws, weeks_stored
from tests.support.whole_bot import running_bot

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 8 + (1080).to_bytes(4, "big") + (900).to_bytes(4, "big")
Draw = Callable[[bytes], Awaitable[bytes]]

TOLD = "Energy: 6 stories a day."
PART = picture_payload(a_picture(TOLD))
C1 = an_address("C1", platform=Platform.SLACK, workspace="T1")
ADA = an_address("42")


@pytest.fixture
def drawing(
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[Draw], None]:
    """Puts something in the place of the process that draws; the usual one draws at once."""

    def use(run: Draw) -> None:
        monkeypatch.setattr(pictures, "_run", run)

    async def run(_: bytes) -> bytes:
        return PNG

    monkeypatch.setattr(pictures, "find_spec", lambda _: True)
    use(run)
    return use


@pytest.fixture
async def tg() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(clock=DUE.timestamp) as server:
        yield server


@pytest.fixture
async def telegram_ledger(store: Store, tg: FakeTelegram) -> AsyncIterator[Ledger]:
    settings = telegram_bot.settings_of(tg, BRIEFBOT_REQUEST_SECONDS="2")
    bot: TelegramPlatform = telegram_bot.a_telegram_platform(telegram_bot.RecordingCore(), settings)
    yield Ledger(store, {Platform.TELEGRAM: bot})
    await bot.stop()


@pytest.fixture
def slack_ledger(store: Store, slack: FakeSlack) -> Ledger:
    settings = slack_bot.settings_of(slack.environ, BRIEFBOT_REQUEST_SECONDS="2")
    bot: SlackPlatform = slack_bot.a_slack_platform(slack_bot.RecordingCore(), settings)
    return Ledger(store, {Platform.SLACK: bot})


# What people ask for


@draws
async def test_telegram_gets_the_text_and_then_a_photo_with_its_text(sqlite_store: Store) -> None:
    await weeks_stored(sqlite_store)
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        tg.type("/trends energy", chat=-42, kind="group")
        text, photo = await tg.message(1), await tg.message(2)
    assert "Varen Canal" in text.text
    assert text.labels[0] == ["Story so far 1"]
    assert photo.photo[:4] == b"\x89PNG"
    assert photo.text.startswith(
        "briefbot: stories a day, 20 Oct to 23 Nov 2026. Energy: 0.5 stories a day"
    )
    assert (photo.chat, photo.thread) == (text.chat, text.thread)


@draws
async def test_slack_gets_the_text_and_then_a_file_with_a_description(sqlite_store: Store) -> None:
    await weeks_stored(sqlite_store)
    async with FakeSlack() as slack, running_bot(sqlite_store, Clock(), slack.environ):
        await slack.mention("trends energy", thread="1700000000.000100")
        text, shared = await slack.arrived(2)
    assert "Varen Canal" in said(text.payload)
    [file] = shared.payload["files"]
    assert file["alt_txt"].startswith(
        "briefbot: stories a day, 20 Oct to 23 Nov 2026. Energy: 0.5 stories a day"
    )
    assert slack.workspace.files[file["id"]].content[:4] == b"\x89PNG"
    assert (
        (shared.channel, shared.thread)
        == ("C1", "1700000000.000100")
        == (text.channel, text.thread)
    )


async def test_pressing_the_other_span_brings_another_chart(
    sqlite_store: Store, drawing: object
) -> None:
    await weeks_stored(sqlite_store)
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        tg.type("/trends energy")
        await tg.message(2)
        tg.press("Last 30 days", on=tg.sent[0])
        await tg.message(4)
    assert [bool(each.photo) for each in tg.sent] == [False, True, False, True]
    assert tg.sent[2].text.startswith("Trends, last 30 days")


async def test_without_the_library_the_text_comes_alone(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "find_spec", lambda _: None)
    await weeks_stored(sqlite_store)
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        tg.type("/trends energy")
        tg.type("/help")
        await tg.message(2)
    assert [each.text.split("\n")[0] for each in tg.sent] == ["Trends, last 7 days", "Commands"]
    with pytest.raises(NoPicture, match="pip install resvg-py"):
        await pictures.Painter().draw("<svg/>")
    assert "resvg-py" in NO_LIBRARY


async def test_a_photo_that_is_refused_or_lost_is_neither_repeated_nor_told(
    sqlite_store: Store, drawing: object
) -> None:
    await weeks_stored(sqlite_store)
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        tg.refuse(Refusal(400, "Bad Request: not enough rights to send photos"), method="sendPhoto")
        tg.lose(method="sendPhoto", commit=False)
        for number in (1, 2, 3):
            tg.type("/trends energy")
            await tg.message(number)
        await tg.message(4)
    assert [bool(each.photo) for each in tg.sent] == [False, False, False, True]


async def test_where_the_scope_lacks_slack_gets_the_text_alone(
    sqlite_store: Store, drawing: object
) -> None:
    await weeks_stored(sqlite_store)
    async with FakeSlack() as slack, running_bot(sqlite_store, Clock(), slack.environ):
        slack.workspace.scopes -= {"files:write"}
        await slack.mention("trends energy")
        await slack.mention("trends energy 30d")
        await slack.arrived(2)
    assert [each.via for each in slack.sent] == ["chat.postMessage", "chat.postMessage"]
    assert len(slack.calls("files.getUploadURLExternal")) >= 1


async def test_a_slow_drawing_is_given_up_and_delays_no_text(
    sqlite_store: Store,
    monkeypatch: pytest.MonkeyPatch,
    drawing: Callable[[Draw], None],
) -> None:
    async def forever(_: bytes) -> bytes:
        await asyncio.Event().wait()
        return b""

    drawing(forever)
    monkeypatch.setattr(pictures, "DRAWN_SECONDS", 0.2)
    await weeks_stored(sqlite_store)
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        tg.type("/trends energy")
        tg.type("/help")
        await tg.message(2)
    assert not any(each.photo for each in tg.sent)


# Parts of digests


async def test_a_part_is_one_photo(
    tg: FakeTelegram, telegram_ledger: Ledger, drawing: object
) -> None:
    digest = await telegram_ledger.ready(ADA, payloads=[PART])
    await telegram_ledger.send()
    await telegram_ledger.send(minutes=2)
    [photo] = tg.sent
    assert (photo.photo, photo.text) == (PNG, f"Stories a day. {TOLD}")
    assert await telegram_ledger.state(digest) == (SendState.SENT, None)


async def test_fault_04_a_photo_without_an_answer_is_uncertain_and_not_sent_again(
    tg: FakeTelegram, telegram_ledger: Ledger, drawing: object
) -> None:
    digest = await telegram_ledger.ready(ADA, payloads=['{"text": "news"}', PART])
    tg.lose(method="sendPhoto")
    for _ in range(4):
        await telegram_ledger.send(minutes=2)
    assert [bool(each.photo) for each in tg.sent] == [False, True]
    assert [each.state for each in await telegram_ledger.parts(digest)] == [
        SendState.SENT,
        SendState.UNCERTAIN,
    ]
    assert await telegram_ledger.state(digest) == (SendState.SENT, None)
    assert telegram_ledger.told == []


@pytest.mark.parametrize(
    "refusal",
    [
        Refusal(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"),
        Refusal(400, "Bad Request: not enough rights to send photos to the chat"),
        Refusal(403, "Forbidden: CHAT_SEND_PHOTOS_FORBIDDEN"),
    ],
    ids=lambda each: each.words if hasattr(each, "words") else "refusal",
)
async def test_a_photo_that_is_refused_comes_as_its_text_and_disables_nothing(
    refusal: Refusal, tg: FakeTelegram, telegram_ledger: Ledger, drawing: object
) -> None:
    digest = await telegram_ledger.ready(ADA, payloads=[PART])
    tg.refuse(refusal, method="sendPhoto")
    await telegram_ledger.send()
    assert [(each.photo, each.text) for each in tg.sent] == [(b"", f"Stories a day. {TOLD}")]
    assert await telegram_ledger.state(digest) == (SendState.SENT, None)
    channel = await telegram_ledger.channel(ADA)
    assert channel is not None
    assert channel.disabled is None


async def test_fault_06_a_rate_limit_on_a_photo_is_waited_for(
    tg: FakeTelegram, telegram_ledger: Ledger, drawing: object
) -> None:
    await telegram_ledger.ready(ADA, payloads=[PART])
    tg.refuse(Refusal(429, "Too Many Requests", retry_after=30), method="sendPhoto")
    await telegram_ledger.send()
    await telegram_ledger.send(seconds=29)
    assert not tg.sent
    await telegram_ledger.send(seconds=2)
    assert [each.photo for each in tg.sent] == [PNG]


async def broken(_: bytes) -> bytes:
    raise NoPicture("no font")


async def test_telegram_gets_the_text_of_a_picture_that_cannot_be_drawn(
    tg: FakeTelegram, telegram_ledger: Ledger, drawing: Callable[[Draw], None]
) -> None:
    drawing(broken)
    await telegram_ledger.ready(ADA, payloads=[PART])
    await telegram_ledger.send()
    assert [each.text for each in tg.sent] == [f"Stories a day. {TOLD}"]


@pytest.mark.parametrize("drawn", [True, False], ids=["as a file", "in words"])
async def test_the_picture_of_a_digest_with_a_thread_comes_in_it(
    drawn: bool, slack: FakeSlack, slack_ledger: Ledger, drawing: Callable[[Draw], None]
) -> None:
    if not drawn:
        drawing(broken)
    inside = picture_payload(a_picture(TOLD), in_thread=True)
    digest = await slack_ledger.ready(C1, payloads=['{"text": "headlines"}', inside])
    for _ in range(2):
        await slack_ledger.send(seconds=5)
    head, picture = slack.sent
    assert (head.thread, picture.thread) == ("", head.ts)
    assert bool(picture.payload.get("files")) == drawn
    assert await slack_ledger.state(digest) == (SendState.SENT, None)


async def test_slack_gets_the_text_of_a_picture_that_cannot_be_drawn(
    slack: FakeSlack, slack_ledger: Ledger, drawing: Callable[[Draw], None]
) -> None:
    drawing(broken)
    await slack_ledger.ready(C1, payloads=[PART])
    await slack_ledger.send()
    assert [each.text for each in slack.sent] == [f"Stories a day. {TOLD}"]


async def test_the_words_of_a_picture_are_no_markup_in_slack(
    slack: FakeSlack, slack_ledger: Ledger, drawing: Callable[[Draw], None]
) -> None:
    drawing(broken)
    await slack_ledger.ready(C1, payloads=[picture_payload(a_picture("<!channel> & co"))])
    await slack_ledger.send()
    assert [each.text for each in slack.sent] == ["Stories a day. &lt;!channel&gt; &amp; co"]


async def test_the_time_to_draw_begins_with_a_pictures_turn(
    monkeypatch: pytest.MonkeyPatch, drawing: Callable[[Draw], None]
) -> None:
    begun, turns = asyncio.Event(), asyncio.Semaphore(0)

    async def run(_: bytes) -> bytes:
        begun.set()
        await turns.acquire()
        return PNG

    drawing(run)
    monkeypatch.setattr(pictures, "QUEUE_SECONDS", 0.05)
    painter = pictures.Painter()
    first = asyncio.create_task(painter.attempt("first"))
    await begun.wait()
    with pytest.raises(DeliveryError, match="other pictures are being drawn"):
        await painter.attempt("second")
    turns.release()
    turns.release()
    assert await first == PNG
    assert await painter.attempt("second") == PNG


async def test_a_picture_whose_turn_does_not_come_is_tried_again_and_not_told_in_words(
    tg: FakeTelegram,
    telegram_ledger: Ledger,
    monkeypatch: pytest.MonkeyPatch,
    drawing: object,
) -> None:
    async def busy(*_: object) -> bytes:
        raise DeliveryError("other pictures are being drawn")

    await telegram_ledger.ready(ADA, payloads=[PART])
    with monkeypatch.context() as patch:
        patch.setattr(pictures.Painter, "draw", busy)
        await telegram_ledger.send()
    assert tg.sent == []
    await telegram_ledger.send(minutes=1)
    assert [each.photo for each in tg.sent] == [PNG]


async def test_pictures_that_were_wanted_last_are_kept(
    monkeypatch: pytest.MonkeyPatch, drawing: Callable[[Draw], None]
) -> None:
    drawn = []

    async def run(drawing: bytes) -> bytes:
        drawn.append(drawing.decode())
        return PNG

    drawing(run)
    monkeypatch.setattr(pictures, "KEPT", 2)
    painter = pictures.Painter()
    for each in ("a", "b", "a", "c", "a", "b"):
        await painter.draw(each)
    assert drawn == ["a", "b", "c", "b"]


async def test_a_part_is_one_file_with_its_description(
    slack: FakeSlack, slack_ledger: Ledger, drawing: object
) -> None:
    digest = await slack_ledger.ready(C1, payloads=[PART])
    await slack_ledger.send()
    [shared] = slack.sent
    assert shared.payload["files"][0]["alt_txt"] == f"Stories a day. {TOLD}"
    assert await slack_ledger.state(digest) == (SendState.SENT, None)


@pytest.mark.parametrize("commit", [True, False], ids=["shared", "not shared"])
async def test_fault_04_a_file_without_an_answer_is_looked_up_by_its_name(
    commit: bool, slack: FakeSlack, slack_ledger: Ledger, drawing: object
) -> None:
    digest = await slack_ledger.ready(C1, payloads=[PART])
    slack.lose("files.completeUploadExternal", commit=commit)
    for _ in range(4):
        await slack_ledger.send(minutes=2)
    assert [each.via for each in slack.sent] == ["files"]
    assert await slack_ledger.state(digest) == (SendState.SENT, None)


@draws
@pytest.mark.parametrize("platform", [Platform.SLACK, Platform.TELEGRAM])
@pytest.mark.parametrize("moment", doomed_sender.MOMENTS)
async def test_fault_03_a_picture_whose_sender_is_killed_never_comes_twice(
    moment: str, platform: Platform, sqlite_store: Store, sqlite_url: str
) -> None:
    chat = chat_name(platform, 1)
    async with receiver(platform, [chat]) as server:
        await Stock(sqlite_store, platform).add([chat], 1, payloads=[PART])
        job = Job(sqlite_url, server.environ, paced=False)
        assert await Forked(doomed_sender.main, moment, job).wait() == -signal.SIGKILL
        arrived = len(server.sent)
        assert arrived == (moment == doomed_sender.MOMENTS[2])
        await taken_over(sqlite_store, adapter(server.environ))
        (part,) = await all_parts(sqlite_store)
        unsure = platform is Platform.TELEGRAM and moment != doomed_sender.MOMENTS[0]
        assert len(server.sent) == (arrived if unsure else 1)
        assert part.state is (SendState.UNCERTAIN if unsure else SendState.SENT)


@pytest.mark.parametrize(
    ("method", "error"),
    [
        ("files.getUploadURLExternal", "missing_scope"),
        ("files.completeUploadExternal", "file_not_found"),
    ],
)
async def test_a_file_that_is_refused_comes_as_its_text(
    method: str, error: str, slack: FakeSlack, slack_ledger: Ledger, drawing: object
) -> None:
    digest = await slack_ledger.ready(C1, payloads=[PART])
    slack.refuse(method, error)
    await slack_ledger.send()
    assert [(each.via, each.text) for each in slack.sent] == [
        ("chat.postMessage", f"Stories a day. {TOLD}")
    ]
    assert await slack_ledger.state(digest) == (SendState.SENT, None)


async def test_where_files_cannot_be_uploaded_the_text_comes_in_the_end(
    slack: FakeSlack, slack_ledger: Ledger, drawing: object
) -> None:
    digest = await slack_ledger.ready(C1, payloads=[PART])
    slack.break_down("upload", 503, times=99)
    for _ in range(8):
        await slack_ledger.send(minutes=20)
    assert [each.text for each in slack.sent] == [f"Stories a day. {TOLD}"]
    assert await slack_ledger.state(digest) == (SendState.SENT, None)
