"""Hands updates to the bot, as Telegram does: long polling, or POSTs to a webhook.

Updates go to a webhook one after another, whatever ``max_connections`` says: their order is then
certain, and one person at a keyboard needs no more.
"""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from tornado.httpclient import AsyncHTTPClient, HTTPRequest

from bot.localchat.context import Api
from bot.localchat.errors import ApiError, bad_request
from bot.localchat.params import Params
from bot.localchat.state import Json

MAX_POLL_S = 50
MAX_BATCH = 100
MAX_RETRY_S = 30.0
SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
OTHER_POLL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


@dataclass
class Webhook:
    url: str
    secret: str
    max_connections: int
    last_error_date: int | None = None
    last_error_message: str = ""


class Delivery:
    """Long polling and webhook over one update queue.

    ``retry_s`` is the first pause after a failed webhook delivery; it doubles up to half a
    minute.
    """

    def __init__(self, api: Api, retry_s: float = 1.0) -> None:
        self._api, self._queue = api, api.queue
        self._retry_s = retry_s
        self._poll: asyncio.Future[None] | None = None
        self._news = asyncio.Event()
        self._webhook: Webhook | None = None
        self._task: asyncio.Task[None] | None = None
        api.queue.on_change = self._wake

    @property
    def is_polled(self) -> bool:
        return self._poll is not None and not self._poll.done()

    async def call(self, name: str, params: Params) -> list[Json] | Json | bool:
        """Carry out getUpdates or a webhook method; ``name`` in Telegram's spelling."""
        if name == "getUpdates":
            return await self.get_updates(params)
        if name == "setWebhook":
            return await self._set_webhook(params)
        if name == "deleteWebhook":
            await self._remove_webhook(params.boolean("drop_pending_updates"))
            return True
        return self._info()

    async def stop(self) -> None:
        self._end_poll(None)
        await self._remove_webhook(False)

    async def get_updates(self, params: Params) -> list[Json]:
        """Updates at once, or as soon as one arrives within ``timeout`` seconds.

        A second request ends the first with 409, as with Telegram.
        """
        if self._webhook is not None:
            raise ApiError(409, WEBHOOK_ACTIVE)
        self._end_poll(ApiError(409, OTHER_POLL))
        self._queue.set_allowed(params.array("allowed_updates"))
        self._queue.confirm(params.integer("offset"))
        limit = min(max(params.integer("limit") or MAX_BATCH, 1), MAX_BATCH)
        timeout_s = min(params.integer("timeout") or 0, MAX_POLL_S)
        if not len(self._queue) and timeout_s > 0:
            await self._wait_for_update(timeout_s)
        return self._queue.take(limit)

    async def _wait_for_update(self, timeout_s: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        self._api.world.emit("polled", 0)
        try:
            await asyncio.wait_for(poll, timeout_s)
        except asyncio.TimeoutError:
            pass  # Nothing happened in that time: an empty list is the normal answer.
        finally:
            if self._poll is poll:
                self._poll = None

    def _end_poll(self, error: ApiError | None) -> None:
        """Let a waiting getUpdates return, with ``error`` when given."""
        if self._poll is not None and not self._poll.done():
            if error is None:
                self._poll.set_result(None)
            else:
                self._poll.set_exception(error)

    def _wake(self) -> None:
        self._news.set()
        self._end_poll(None)

    async def _set_webhook(self, params: Params) -> bool:
        url, secret = params.text("url"), params.text("secret_token")
        if not url:
            await self._remove_webhook(params.boolean("drop_pending_updates"))
            return True
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if not SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        await self._remove_webhook(params.boolean("drop_pending_updates"))
        self._end_poll(ApiError(409, "Conflict: terminated by setWebhook request"))
        self._queue.set_allowed(params.array("allowed_updates"))
        self._webhook = Webhook(url, secret, params.integer("max_connections") or 40)
        self._task = asyncio.create_task(self._push_all(self._webhook))
        return True

    async def _remove_webhook(self, drop_pending: bool) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._task, self._webhook = None, None
        if drop_pending:
            self._queue.drop()

    def _info(self) -> Json:
        hook = self._webhook
        info: Json = {
            "url": hook.url if hook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._queue),
        }
        if hook:
            info["max_connections"] = hook.max_connections
            if hook.last_error_date:
                info["last_error_date"] = hook.last_error_date
                info["last_error_message"] = hook.last_error_message
        if self._queue.allowed:
            info["allowed_updates"] = self._queue.allowed
        return info

    async def _push_all(self, hook: Webhook) -> None:
        client = AsyncHTTPClient(force_instance=True)
        pause_s = self._retry_s
        try:
            while True:
                self._news.clear()
                waiting = self._queue.take(1)
                if not waiting:
                    await self._news.wait()
                elif await self._post(client, hook, waiting[0]):
                    self._queue.drop(waiting[0]["update_id"])
                    pause_s = self._retry_s
                else:
                    await asyncio.sleep(pause_s)
                    pause_s = min(pause_s * 2, MAX_RETRY_S)
        finally:
            client.close()

    async def _post(self, client: AsyncHTTPClient, hook: Webhook, update: Json) -> bool:
        """One delivery; what went wrong is kept for getWebhookInfo."""
        headers = {"Content-Type": "application/json"}
        if hook.secret:
            headers[SECRET_HEADER] = hook.secret
        request = HTTPRequest(
            hook.url,
            "POST",
            headers,
            json.dumps(update, ensure_ascii=False),
            follow_redirects=False,
        )
        try:
            response = await client.fetch(request, raise_error=False)
        except Exception as error:  # Any trouble on the line is the webhook's, and is retried.
            return self._failed(hook, f"Connection failed: {type(error).__name__}")
        if 200 <= response.code < 300:
            return True
        return self._failed(hook, f"Wrong response from the webhook: {response.code} {response.reason}")

    def _failed(self, hook: Webhook, message: str) -> bool:
        hook.last_error_date, hook.last_error_message = self._api.world.now(), message
        return False
