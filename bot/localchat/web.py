"""What every route shares: only this computer, only this site, no cached answers.

A page on the internet that a browser has open can send requests to 127.0.0.1. The Host check
stops rebinding of a foreign name; the Origin check stops forms and scripts of other sites.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from tornado.web import RequestHandler

if TYPE_CHECKING:
    from bot.localchat.server import Server

logger = logging.getLogger(__name__)

HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
}


class LocalHandler(RequestHandler):
    """Refuses foreign hosts and origins before anything else happens."""

    server: Server

    def initialize(self, server: Server) -> None:
        self.server = server

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        host, origin = self.request.headers.get("Host", ""), self.request.headers.get("Origin")
        if host not in self.server.hosts:
            self.refuse(403, "unknown host")
        elif origin is not None and origin not in {f"http://{name}" for name in self.server.hosts}:
            self.refuse(403, "foreign origin")

    def refuse(self, status: int, reason: str) -> None:
        self.set_status(status)
        self.finish_json({"ok": False, "error_code": status, "description": reason})

    def finish_json(self, body: Any) -> None:
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps(body, ensure_ascii=False))

    def log_exception(self, kind: Any, value: Any, trace: Any) -> None:
        """Log without the request, whose address may hold the bot's token."""
        logger.error("%s failed", type(self).__name__, exc_info=(kind, value, trace))

    def write_error(self, status_code: int, **details: Any) -> None:
        """An unexpected error: a plain answer, details stay in this process's log."""
        self.finish_json({"ok": False, "error_code": status_code, "description": self._reason})
