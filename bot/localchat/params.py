"""Parameters of one Bot API call, whichever way they travelled."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from bot.localchat.errors import bad_request

TRUE_WORDS = {"true", "1", "yes", "y", "t"}


@dataclass(frozen=True)
class Upload:
    """One uploaded file of a multipart request."""

    name: str
    mime_type: str
    body: bytes


@dataclass(frozen=True)
class Params:
    """Typed access; PTB sends everything but plain text as JSON inside a form field.

    Absent and empty numbers, flags and objects give ``None`` or the default, as Telegram does.
    """

    values: dict[str, Any]
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        value = self.values.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str, default: int | None = None) -> int | None:
        value = self.values.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f'invalid parameter "{name}" specified') from None

    def boolean(self, name: str, default: bool = False) -> bool:
        value = self.values.get(name)
        if value is None or value == "":
            return default
        return value if isinstance(value, bool) else str(value).lower() in TRUE_WORDS

    def obj(self, name: str) -> dict[str, Any] | None:
        value = self._json(name)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"can't parse {name} JSON object")
        return value

    def array(self, name: str) -> list[Any] | None:
        value = self._json(name)
        if value is not None and not isinstance(value, list):
            raise bad_request(f"expected an Array of {name}")
        return value

    def upload(self, name: str) -> Upload | None:
        """The file sent as field ``name`` itself or as ``attach://other_field``."""
        reference = self.text(name)
        if reference.startswith("attach://"):
            return self.uploads.get(reference.removeprefix("attach://"))
        return self.uploads.get(name)

    def _json(self, name: str) -> Any:
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None
