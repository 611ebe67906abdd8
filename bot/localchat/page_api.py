"""The chat page and its own routes: its state, its actions, its stream of events.

Nothing here holds or shows the bot's token. Actions are JSON POSTs; a browser sends JSON to
another site only after asking, and this server never allows that.
"""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tornado.iostream import StreamClosedError
from tornado.web import StaticFileHandler

from bot.localchat.errors import ApiError
from bot.localchat.page_view import event_for_page, split_text, state_for_page
from bot.localchat.server import Server
from bot.localchat.state import Json
from bot.localchat.web import HEADERS, LocalHandler

STATIC = Path(__file__).with_name("static")
# Proxies and browsers end silent connections; a comment line keeps the stream alive.
PING_S = 15.0
MAX_QUEUED_EVENTS = 1000
# Shown inside the page; everything else is offered as a download, so that no uploaded HTML or
# SVG runs as a page of this site.
SHOWN_TYPES = {"image/png", "image/jpeg", "image/gif", "image/webp"}


def routes(server: Server) -> list[tuple[Any, ...]]:
    own = {"server": server}
    static = {"server": server, "path": str(STATIC)}
    return [
        (r"/()", PageFile, {**static, "default_filename": "index.html"}),
        (r"/static/([a-z_]+\.(?:css|js|svg))", PageFile, static),
        (r"/page/state", StateHandler, own),
        (r"/page/events", EventsHandler, own),
        (r"/page/file/(\w+)", PictureHandler, own),
        (r"/page/(send|edit|press|vote|react|media)", ActionHandler, own),
        (r"/control/faults", FaultsHandler, own),
    ]


class PageFile(LocalHandler, StaticFileHandler):
    """index.html and what belongs to it."""

    def initialize(self, server: Server, path: str, default_filename: str | None = None) -> None:  # type: ignore[override]
        LocalHandler.initialize(self, server)
        StaticFileHandler.initialize(self, path, default_filename)

    def set_extra_headers(self, path: str) -> None:
        for name, value in HEADERS.items():
            self.set_header(name, value)


class StateHandler(LocalHandler):
    """Everything the page needs after loading or reconnecting."""

    def get(self) -> None:
        self.finish_json(state_for_page(self.server))


class EventsHandler(LocalHandler):
    """Server-sent events; a page that falls behind is cut off and loads the state again."""

    def prepare(self) -> None:
        super().prepare()
        self._events: asyncio.Queue[str | None] = asyncio.Queue()

    async def get(self) -> None:
        self.set_header("Content-Type", "text/event-stream")
        unsubscribe = self.server.api.world.subscribe(self._put)
        try:
            await self._send(": connected\n\n")
            await self._stream()
        except StreamClosedError:
            pass  # The page was closed: the normal end of a stream.
        finally:
            unsubscribe()

    async def _stream(self) -> None:
        while not self.server.closing.is_set():
            try:
                event = await asyncio.wait_for(self._events.get(), PING_S)
            except asyncio.TimeoutError:
                event = ": ping\n\n"
            if event is None:
                return
            await self._send(event)

    async def _send(self, chunk: str) -> None:
        self.write(chunk)
        await self.flush()

    def _put(self, event: Json) -> None:
        shown = event_for_page(self.server.api.world, event)
        if self._events.qsize() >= MAX_QUEUED_EVENTS:
            self._events.put_nowait(None)
        elif shown is not None:
            self._events.put_nowait(f"data: {json.dumps(shown, ensure_ascii=False)}\n\n")

    def on_connection_close(self) -> None:
        self._events.put_nowait(None)


class PictureHandler(LocalHandler):
    """Pictures to show and documents to download, by file id."""

    def get(self, file_id: str) -> None:
        stored = self.server.api.world.files.get(file_id)
        if stored is None:
            return self.refuse(404, "Not Found")
        shown = stored.mime_type in SHOWN_TYPES
        self.set_header("Content-Type", stored.mime_type if shown else "application/octet-stream")
        if not shown:
            self.set_header("Content-Disposition", "attachment")
        self.finish(stored.body)


class JsonHandler(LocalHandler):
    """A POST whose body is a JSON object."""

    def prepare(self) -> None:
        super().prepare()
        content_type = self.request.headers.get("Content-Type", "").partition(";")[0].strip()
        if not self._finished and self.request.method == "POST" and content_type != "application/json":
            self.refuse(415, "application/json expected")

    def json_body(self) -> dict[str, Any]:
        try:
            body = json.loads(self.request.body or b"{}")
        except RecursionError:
            raise ValueError("nested too deep") from None
        if not isinstance(body, dict):
            raise ValueError("a JSON object is expected")
        return body


class ActionHandler(JsonHandler):
    """What the person in front of the page does."""

    def post(self, name: str) -> None:
        actions: dict[str, Callable[[dict[str, Any]], Any]] = {
            "send": self._send_text, "edit": self._edit, "press": self._press,
            "vote": self._vote, "react": self._react, "media": self._media,
        }  # fmt: skip
        try:
            actions[name](self.json_body())
        except (KeyError, ValueError, TypeError, ApiError) as error:
            return self.refuse(400, str(error))
        self.finish_json({"ok": True})

    def _send_text(self, body: dict[str, Any]) -> None:
        for part in split_text(str(body["text"])):
            self.server.inbound.send_text(body["person_id"], part, body.get("chat_id"), body.get("reply_to"))

    def _edit(self, body: dict[str, Any]) -> None:
        self.server.inbound.edit_text(body["person_id"], body["message_id"], str(body["text"]))

    def _press(self, body: dict[str, Any]) -> None:
        self.server.inbound.press(body["person_id"], body["message_id"], str(body["data"]), body.get("chat_id"))

    def _vote(self, body: dict[str, Any]) -> None:
        self.server.inbound.vote(body["person_id"], body["message_id"], body["options"])

    def _react(self, body: dict[str, Any]) -> None:
        self.server.inbound.react(body["person_id"], body["message_id"], body.get("emoji"))

    def _media(self, body: dict[str, Any]) -> None:
        content = base64.b64decode(body["base64"]) if body.get("base64") else None
        self.server.inbound.send_media(
            body["person_id"],
            str(body["kind"]),
            body.get("chat_id"),
            caption=str(body.get("caption") or ""),
            body=content,
            name=body.get("name"),
        )


class FaultsHandler(JsonHandler):
    """POST orders a fault, see ``Faults.order``; DELETE forgets all of them."""

    def post(self) -> None:
        try:
            self.server.faults.order(self.json_body())
        except ValueError as error:
            return self.refuse(400, str(error))
        self.finish_json({"ok": True})

    def delete(self) -> None:
        self.server.faults.clear()
        self.finish_json({"ok": True})
