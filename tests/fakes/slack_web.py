"""The fake's Web API: one function a method, over the workspace that the fake holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.platforms.slack.diagnosis import wanted_scopes
from tests.fakes.slack_blocks import TOO_LONG, problems, view_problems

Args = Mapping[str, Any]
Answer = dict[str, Any]


@dataclass
class FakeChannel:
    """A conversation: `member` says whether the bot is in it, `people` who else."""

    id: str
    name: str
    member: bool = True
    archived: bool = False
    private: bool = False
    creator: str = "U9"
    people: tuple[str, ...] = ("U1", "U2")

    @property
    def is_im(self) -> bool:
        return self.id.startswith("D")


@dataclass(frozen=True)
class Sent:
    """A message that the bot got through, by whichever way; `to` is the one who sees it, or ""."""

    via: str
    channel: str
    ts: str
    payload: Mapping[str, Any]
    to: str = ""

    @property
    def text(self) -> str:
        return str(self.payload.get("text", ""))

    @property
    def blocks(self) -> list[dict[str, Any]]:
        return list(self.payload.get("blocks") or [])

    @property
    def thread(self) -> str:
        return str(self.payload.get("thread_ts") or "")

    @property
    def metadata(self) -> Mapping[str, Any] | None:
        return self.payload.get("metadata")


@dataclass
class SlackFile:
    """A file: what was said of it, its content once that has come, and whether it was shared."""

    id: str
    name: str
    length: int
    alt_text: str
    content: bytes = b""
    shared: bool = False


class Refusal(Exception):
    """`ok: false` with this error."""


@dataclass
class Workspace:
    """What Slack knows: channels, users, messages. No network here."""

    clock: Callable[[], float]
    team: str = "T1"
    bot_user: str = "U0BOT"
    bot_id: str = "B0BOT"
    bot_token: str = "xoxb-fake-bot-token"
    app_token: str = "xapp-fake-app-token"
    scopes: frozenset[str] = field(default_factory=wanted_scopes)
    channels: dict[str, FakeChannel] = field(default_factory=dict)
    users: dict[str, str] = field(default_factory=dict)
    flags: dict[str, dict[str, Any]] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    calls: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    page: int = 100
    views: list[dict[str, Any]] = field(default_factory=list)
    triggers: set[str] = field(default_factory=set)
    files: dict[str, SlackFile] = field(default_factory=dict)
    base: str = ""
    _last_ts: float = 0.0

    def next_ts(self) -> str:
        self._last_ts = max(self.clock(), self._last_ts + 0.0001)
        return f"{self._last_ts:.6f}"

    def answer(self, method: str, args: Args, token: str) -> Answer:
        """Carry out one call; raises Refusal."""
        self.calls.append((method, args))
        expected = self.app_token if method == "apps.connections.open" else self.bot_token
        if not token:
            raise Refusal("not_authed")
        if token != expected:
            raise Refusal("invalid_auth")
        if method not in METHODS:
            raise Refusal("unknown_method")
        return {"ok": True, **METHODS[method](self, args)}

    def keep(self, via: str, channel: str, payload: Args, to: str = "") -> Sent:
        """Check a message as Slack does and store it."""
        wrong = problems(payload)
        if wrong:
            raise Refusal(next((e for e in wrong if e in (TOO_LONG, "no_text")), "invalid_blocks"))
        if len(payload.get("text") or "") > 40_000:
            raise Refusal("msg_too_long")
        message = Sent(via, channel, self.next_ts(), dict(payload), to)
        self.sent.append(message)
        return message

    def channel(self, args: Args, *, inside: bool = True) -> FakeChannel:
        name = str(args.get("channel", ""))
        channel = self.channels.get(DIRECT.get(name, name))
        if channel is None or (channel.private and not channel.member):
            raise Refusal("channel_not_found")
        if inside and channel.archived:
            raise Refusal("is_archived")
        if inside and not channel.member:
            raise Refusal("not_in_channel")
        return channel


DIRECT = {"U1": "D1"}
"""A person's own conversation with the bot, which may be named by the person."""


def _auth_test(workspace: Workspace, args: Args) -> Answer:
    return {
        "url": "https://fake.example/",
        "team": "Fake",
        "user": "briefbot",
        "team_id": workspace.team,
        "user_id": workspace.bot_user,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


def _post_message(workspace: Workspace, args: Args) -> Answer:
    channel = workspace.channel(args)
    metadata = args.get("metadata")
    if metadata is not None and not {"event_type", "event_payload"} <= set(metadata):
        raise Refusal("invalid_metadata_format")
    sent = workspace.keep("chat.postMessage", channel.id, args)
    return {"channel": channel.id, "ts": sent.ts, "message": _message(workspace, sent, True)}


def _post_ephemeral(workspace: Workspace, args: Args) -> Answer:
    channel = workspace.channel(args)
    if args.get("user") not in workspace.users:
        raise Refusal("user_not_in_channel")
    sent = workspace.keep("chat.postEphemeral", channel.id, args, to=str(args["user"]))
    return {"message_ts": sent.ts}


def _history(workspace: Workspace, args: Args) -> Answer:
    channel = workspace.channel(args)
    found = [sent for sent in workspace.sent if sent.channel == channel.id and not sent.thread]
    return _paged(workspace, args, list(reversed(found)))


def _replies(workspace: Workspace, args: Args) -> Answer:
    channel = workspace.channel(args)
    if not args.get("ts"):
        raise Refusal("thread_not_found")
    found = [s for s in workspace.sent if s.channel == channel.id and s.thread == args["ts"]]
    return _paged(workspace, args, found)


def _paged(workspace: Workspace, args: Args, found: list[Sent]) -> Answer:
    """A page between `oldest` and `latest`, its cursor kept as opaque text."""
    if "cursor" in args and not str(args["cursor"]).startswith("next:"):
        raise Refusal("invalid_cursor")
    oldest, latest = float(args.get("oldest") or 0), float(args.get("latest") or 1e12)
    visible = [s for s in found if not s.to and oldest < float(s.ts) < latest]
    first = int(str(args.get("cursor", "next:0")).removeprefix("next:"))
    size = min(int(args.get("limit") or 100), workspace.page)
    more = first + size < len(visible)
    whole = str(args.get("include_all_metadata", "")).lower() in ("1", "true")
    return {
        "messages": [_message(workspace, s, whole) for s in visible[first : first + size]],
        "has_more": more,
        "response_metadata": {"next_cursor": f"next:{first + size}" if more else ""},
    }


def _message(workspace: Workspace, sent: Sent, whole: bool) -> Answer:
    message: Answer = {"type": "message", "ts": sent.ts, "text": sent.text, "blocks": sent.blocks}
    message |= {"user": workspace.bot_user, "bot_id": workspace.bot_id}
    if sent.thread:
        message["thread_ts"] = sent.thread
    if sent.payload.get("files"):
        message["files"] = sent.payload["files"]
    if whole and sent.metadata:
        message["metadata"] = sent.metadata
    return message


def _info(workspace: Workspace, args: Args) -> Answer:
    channel = workspace.channel(args, inside=False)
    known = {"id": channel.id, "name": channel.name, "is_archived": channel.archived}
    if not channel.is_im:
        known["creator"] = channel.creator
    known |= {"is_im": channel.is_im, "is_private": channel.private, "is_member": channel.member}
    return {"channel": known}


def _user(workspace: Workspace, args: Args) -> Answer:
    """One account: a full member unless `flags` say otherwise."""
    id_ = str(args.get("user", ""))
    if id_ not in workspace.users:
        raise Refusal("user_not_found")
    names = ("is_admin", "is_owner", "is_primary_owner", "is_restricted", "is_ultra_restricted")
    known: Answer = dict.fromkeys((*names, "deleted", "is_bot"), False)
    known |= {"id": id_, "name": workspace.users[id_], "team_id": workspace.team}
    known["tz"] = "Asia/Karachi"
    known |= workspace.flags.get(id_, {})
    if str(args.get("include_locale")) != "true":
        known.pop("locale", None)
    return {"user": known}


def _join(workspace: Workspace, args: Args) -> Answer:
    channel = workspace.channel(args, inside=False)
    if channel.archived:
        raise Refusal("is_archived")
    if channel.private or channel.is_im:
        raise Refusal("method_not_supported_for_channel_type")
    channel.member = True
    return _info(workspace, args)


def _mine(workspace: Workspace, args: Args) -> Answer:
    """The channels that the bot is in, of the kinds asked for."""
    kinds = str(args.get("types") or "public_channel").split(",")
    found = [
        {"id": each.id, "name": each.name, "is_private": each.private}
        for each in workspace.channels.values()
        if each.member
        and not each.is_im
        and not each.archived
        and ("private_channel" if each.private else "public_channel") in kinds
    ]
    return {"channels": found, "response_metadata": {"next_cursor": ""}}


def _members(workspace: Workspace, args: Args) -> Answer:
    """Those in a channel, one a page: Slack's pages may be as short as it likes."""
    people = (workspace.bot_user, *workspace.channel(args, inside=False).people)
    at = int(str(args.get("cursor", "next:0")).removeprefix("next:"))
    more = f"next:{at + 1}" if at + 1 < len(people) else ""
    return {"members": list(people[at : at + 1]), "response_metadata": {"next_cursor": more}}


def _upload_url(workspace: Workspace, args: Args) -> Answer:
    """The first step of an upload: https://docs.slack.dev/reference/methods/files.getUploadURLExternal"""
    if "files:write" not in workspace.scopes:
        raise Refusal("missing_scope")
    name, length = str(args.get("filename") or ""), int(args.get("length") or 0)
    if not name or not length:
        raise Refusal("invalid_arguments")
    if len(str(args.get("alt_txt") or "")) > 1000:
        raise Refusal("alt_txt_too_large")
    file = SlackFile(
        f"F{len(workspace.files) + 1:08}", name, length, str(args.get("alt_txt") or "")
    )
    workspace.files[file.id] = file
    return {"upload_url": f"{workspace.base}/upload/{file.id}", "file_id": file.id}


def _complete_upload(workspace: Workspace, args: Args) -> Answer:
    """The last step, which shares the files in a conversation."""
    wanted = args.get("files")
    listed = json.loads(wanted) if isinstance(wanted, str) else wanted or []
    files = [workspace.files[each["id"]] for each in listed]
    if not all(len(each.content) == each.length for each in files):
        raise Refusal("file_not_found")
    if args.get("channel_id"):
        channel = workspace.channel({"channel": args["channel_id"]})
        shown = [{"id": e.id, "name": e.name, "alt_txt": e.alt_text} for e in files]
        payload: dict[str, Any] = {"text": str(args.get("initial_comment") or ""), "files": shown}
        if args.get("thread_ts"):
            payload["thread_ts"] = str(args["thread_ts"])
        workspace.sent.append(Sent("files", channel.id, workspace.next_ts(), payload))
    for each in files:
        each.shared = True
    return {"files": [{"id": each.id, "title": each.name} for each in files]}


def _open_view(workspace: Workspace, args: Args) -> Answer:
    if args.get("trigger_id") not in workspace.triggers:
        raise Refusal("expired_trigger_id")
    return _kept_view(workspace, args, "modal")


def _publish_view(workspace: Workspace, args: Args) -> Answer:
    if args.get("user_id") not in workspace.users:
        raise Refusal("user_not_found")
    return _kept_view(workspace, args, "home")


def _kept_view(workspace: Workspace, args: Args, kind: str) -> Answer:
    view = dict(args.get("view") or {})
    if view.get("type") != kind or view_problems(view):
        raise Refusal("invalid_arguments")
    view["id"] = f"V{len(workspace.views) + 1}"
    workspace.views.append(view)
    return {"view": view}


METHODS: Mapping[str, Callable[[Workspace, Args], Answer]] = {
    "apps.connections.open": lambda workspace, args: {},
    "auth.test": _auth_test,
    "chat.postEphemeral": _post_ephemeral,
    "chat.postMessage": _post_message,
    "conversations.history": _history,
    "conversations.info": _info,
    "conversations.join": _join,
    "conversations.members": _members,
    "conversations.replies": _replies,
    "files.completeUploadExternal": _complete_upload,
    "files.getUploadURLExternal": _upload_url,
    "users.conversations": _mine,
    "users.info": _user,
    "views.open": _open_view,
    "views.publish": _publish_view,
}


async def arguments(request: web.Request) -> dict[str, Any]:
    """Query, form or JSON; the fields that a form carries as JSON text are parsed."""
    args: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        args |= await request.json()
    else:
        args |= dict(await request.post())
    for name in ("blocks", "metadata"):
        if isinstance(args.get(name), str):
            args[name] = json.loads(args[name])
    return args
