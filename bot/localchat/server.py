"""The HTTP side: ``/bot<token>/<method>``, ``/file/bot<token>/<path>`` and the page's routes."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import hmac
import ipaddress
import json
import secrets
import socket
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from bot.localchat.context import Api
from bot.localchat.delivery import Delivery
from bot.localchat.errors import ApiError
from bot.localchat.faults import Fault, Faults
from bot.localchat.files import MAX_DOWNLOAD_BYTES
from bot.localchat.inbound import Inbound
from bot.localchat.methods import DELIVERY, METHODS, spelling
from bot.localchat.params import Params, Upload
from bot.localchat.web import LocalHandler

# https://core.telegram.org/bots/api#sending-files: 50 MB, and a little for the form around it.
MAX_BODY_BYTES = 52 * 1024 * 1024
MAX_CALLS = 10_000
# These stay text even when they look like JSON or a number.
TEXTS = {
    "text", "caption", "question", "explanation", "description", "short_description",
    "callback_query_id", "inline_query_id", "file_id", "secret_token",
}  # fmt: skip


@dataclass
class Call:
    """One call by the bot: ``error`` is set once it was refused, ``done`` once it is answered."""

    method: str
    params: dict[str, Any]
    error: ApiError | None = None
    done: bool = False
    result: Any = None


@dataclass
class Server:
    """Serves one bot; ``start`` binds, ``stop`` ends every open request."""

    token: str
    api: Api
    delivery: Delivery
    inbound: Inbound
    faults: Faults
    examples: tuple[str, ...] = ()
    hint: str = ""
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=MAX_CALLS))
    hosts: set[str] = field(default_factory=set)
    port: int = 0
    session: str = field(default_factory=lambda: secrets.token_hex(4))
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    _http: HTTPServer | None = None

    def start(self, host: str, port: int) -> int:
        """Listen on a loopback address; returns the port. ``ValueError`` for any other host."""
        address = "127.0.0.1" if host == "localhost" else host
        if not ipaddress.ip_address(address).is_loopback:
            raise ValueError(f"the local chat listens on this computer only, not on {host}")
        sockets = bind_sockets(port, address, family=socket.AF_INET)
        self.port = int(sockets[0].getsockname()[1])
        self.hosts = {f"{name}:{self.port}" for name in ("127.0.0.1", "localhost", address)}
        self._http = HTTPServer(self._application(), max_buffer_size=MAX_BODY_BYTES)
        self._http.add_sockets(sockets)
        return self.port

    async def stop(self) -> None:
        self.closing.set()
        await self.delivery.stop()
        if self._http is not None:
            self._http.stop()
            await self._http.close_all_connections()
            self._http = None

    def accepts(self, token: str) -> bool:
        return hmac.compare_digest(token.encode(), self.token.encode())

    async def run(self, name: str, params: Params) -> Any:
        """Carry out one method; ``name`` in Telegram's spelling."""
        if name.lower() in DELIVERY:
            return await self.delivery.call(name, params)
        return METHODS[name.lower()][1](self.api, params)

    def _application(self) -> Application:
        from bot.localchat.page_api import routes  # Here, for the page's routes know Server.

        own = {"server": self}
        return Application(
            [
                (r"/bot([^/]+)/([^/]+)", MethodHandler, own),
                (r"/file/bot([^/]+)/(.+)", FileHandler, own),
                *routes(self),
            ],
            # The bot's URLs hold its token: Tornado's own access log must not write them.
            log_function=lambda handler: None,
            default_handler_class=NotFoundHandler,
            default_handler_args=own,
        )


class MethodHandler(LocalHandler):
    """Answers one Bot API call."""

    async def get(self, token: str, name: str) -> None:
        await self._answer(token, name)

    async def post(self, token: str, name: str) -> None:
        await self._answer(token, name)

    async def _answer(self, token: str, name: str) -> None:
        proper = spelling(name)
        if not self.server.accepts(token):
            self._send_error(ApiError(401, "Unauthorized"))
        elif proper is None:
            self._send_error(ApiError(404, "Not Found"))
        else:
            await self._call(proper)

    async def _call(self, name: str) -> None:
        try:
            params = self._params()
        except ApiError as error:
            return self._send_error(error)
        call = Call(name, readable(params))
        self.server.calls.append(call)
        fault = self.server.faults.take(name, params.text("chat_id"))
        try:
            await self._carry_out(call, params, fault)
        except ApiError as error:
            call.error = error
            self._send_error(error)
        finally:
            call.done = True
            self.server.api.world.emit("call", 0)

    async def _carry_out(self, call: Call, params: Params, fault: Fault | None) -> None:
        if fault and fault.error:
            raise fault.error
        if fault and fault.kind == "refuse":
            return self._hang_up()
        result = await self.server.run(call.method, params)
        # A copy: the stored message may be edited before a test looks at the call.
        call.result = copy.deepcopy(result)
        if fault and fault.kind == "lose_reply":
            return self._hang_up()
        if fault and fault.kind == "delay":
            await self._pause(fault.seconds)
        self.finish_json({"ok": True, "result": call.result})

    async def _pause(self, seconds: float) -> None:
        """Wait, but not longer than the server lives."""
        with contextlib.suppress(asyncio.TimeoutError):  # the ordered delay is over
            await asyncio.wait_for(self.server.closing.wait(), seconds)

    def _hang_up(self) -> None:
        self.detach().close()

    def _send_error(self, error: ApiError) -> None:
        self.set_status(error.code)
        self.finish_json(error.to_json())

    def _params(self) -> Params:
        request = self.request
        values: dict[str, Any] = {
            name: given[-1].decode("utf-8", "replace") for name, given in request.arguments.items()
        }
        if request.headers.get("Content-Type", "").startswith("application/json"):
            values |= _json_body(request.body)
        uploads = {
            name: Upload(files[0].filename, files[0].content_type, files[0].body)
            for name, files in request.files.items()
        }
        return Params(values, uploads)


class NotFoundHandler(LocalHandler):
    """Every other path."""

    def prepare(self) -> None:
        super().prepare()
        if not self._finished:
            self.refuse(404, "Not Found")


class FileHandler(LocalHandler):
    """Hands out the files that getFile names."""

    def get(self, token: str, path: str) -> None:
        stored = self.server.api.world.files.by_path(path)
        if not self.server.accepts(token):
            self.refuse(401, "Unauthorized")
        elif stored is None or len(stored.body) > MAX_DOWNLOAD_BYTES:
            self.refuse(404, "Not Found")
        else:
            self.set_header("Content-Type", "application/octet-stream")
            self.finish(stored.body)


def _json_body(body: bytes) -> dict[str, Any]:
    try:
        values = json.loads(body or b"{}")
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise ApiError(400, "Bad Request: can't parse JSON object")
    return values


def readable(params: Params) -> dict[str, Any]:
    """Parameters as a test wants to compare them: ids as numbers, JSON as objects."""
    shown: dict[str, Any] = {}
    for name, value in params.values.items():
        shown[name] = value if name in TEXTS else _decoded(value)
    return shown | {name: upload.name for name, upload in params.uploads.items()}


def _decoded(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
