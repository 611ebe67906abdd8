"""The one error of the local Bot API: what Telegram would answer."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """A refused call, in Telegram's own form.

    ``code`` is the HTTP status and ``error_code``; ``retry_after`` is in seconds.
    """

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def to_json(self) -> dict[str, Any]:
        """The answer's body: https://core.telegram.org/bots/api#making-requests"""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad_request(reason: str) -> ApiError:
    return ApiError(400, f"Bad Request: {reason}")


def too_many_requests(retry_after: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after)
