"""Message entities: read from HTML, and found in plain text.

Offsets and lengths count UTF-16 units: https://core.telegram.org/api/entities#entity-length
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from bot.localchat.errors import ApiError, bad_request

Entity = dict[str, Any]

TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "code": "code", "pre": "pre", "a": "text_link", "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
}  # fmt: skip
START_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
END_TAG = re.compile(r"</([a-zA-Z][a-zA-Z0-9-]*)\s*>")
ATTRIBUTE = re.compile(r"([a-zA-Z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
CHARACTER = re.compile(r"&(lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

# What Telegram finds by itself in any text. A command needs no letter, digit or slash before it.
FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"，。！？；、（）《》「」]+)"
    r"|(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/])"
    r"|(?<![A-Za-z0-9_@])(?P<mention>@[A-Za-z0-9_]{4,32})(?!\w*@)"
    r"|(?<![\w#])(?P<hashtag>#\w*[^\W\d]\w*)"
)
HIDES_OTHERS = {"code", "pre", "text_link"}


def utf16_len(text: str) -> int:
    """Length in UTF-16 units: an emoji outside the basic plane counts two."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def utf16_slice(text: str, offset: int, length: int) -> str:
    raw = text.encode("utf-16-le")
    return raw[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")


@dataclass
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int


@dataclass
class _HtmlReader:
    """Reads one text from left to right; ``out`` is the visible text so far."""

    source: str
    out: list[str] = field(default_factory=list)
    units: int = 0
    stack: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def read(self) -> tuple[str, list[Entity]]:
        position = 0
        while position < len(self.source):
            position = self._step(position)
        if self.stack:
            raise _unparsable(f"Can't find end tag corresponding to start tag {self.stack[-1].tag}")
        order = sorted(self.entities, key=lambda e: (e["offset"], -e["length"]))
        return "".join(self.out), order

    def _step(self, position: int) -> int:
        char = self.source[position]
        if char == "<":
            return self._tag(position)
        if char == "&" and (match := CHARACTER.match(self.source, position)):
            self._add(_character(match[1], self._bytes(position)))
            return match.end()
        self._add(char)
        return position + 1

    def _tag(self, position: int) -> int:
        if self.source.startswith("</", position):
            return self._end(position)
        match = START_TAG.match(self.source, position)
        if match is None:
            raise _unparsable(f"Unclosed start tag at byte offset {self._bytes(position)}")
        tag = match[1].lower()
        attributes = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in ATTRIBUTE.finditer(match[2])}
        if tag not in TAGS and not (tag == "span" and attributes.get("class") == "tg-spoiler"):
            where = self._bytes(position)
            raise _unparsable(f'Unsupported start tag "{tag}" at byte offset {where}')
        self.stack.append(_Open(tag, attributes, self.units))
        return match.end()

    def _end(self, position: int) -> int:
        match, where = END_TAG.match(self.source, position), self._bytes(position)
        if match is None:
            raise _unparsable(f"Unclosed end tag at byte offset {where}")
        if not self.stack:
            raise _unparsable(f"Unexpected end tag at byte offset {where}")
        opened, tag = self.stack.pop(), match[1].lower()
        if opened.tag != tag:
            raise _unparsable(f'Unmatched end tag at byte offset {where}, expected "</{opened.tag}>", found "</{tag}>"')
        self._close(opened)
        return match.end()

    def _close(self, opened: _Open) -> None:
        length = self.units - opened.offset
        entity: Entity = {
            "type": TAGS.get(opened.tag, "spoiler"), "offset": opened.offset, "length": length,
        }  # fmt: skip
        if opened.tag == "a":
            url = opened.attributes.get("href", "")
            if not url.startswith(("http://", "https://", "tg://")):
                return  # Telegram shows a link without a proper address as plain text.
            entity["url"] = url
        if opened.tag == "code" and self.stack and self.stack[-1].tag == "pre":
            language = opened.attributes.get("class", "").removeprefix("language-")
            self.stack[-1].attributes["language"] = language
            return
        if opened.tag == "pre" and opened.attributes.get("language"):
            entity["language"] = opened.attributes["language"]
        if length > 0:
            self.entities.append(entity)

    def _add(self, text: str) -> None:
        self.out.append(text)
        self.units += utf16_len(text)

    def _bytes(self, position: int) -> int:
        return len(self.source[:position].encode())


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Visible text and its entities; ``can't parse entities`` for what Telegram refuses."""
    return _HtmlReader(source).read()


def find_entities(text: str, known: list[Entity] | None = None) -> list[Entity]:
    """``known`` plus links, commands, mentions and hashtags found in ``text``, in order."""
    entities = list(known or [])
    hidden = [e for e in entities if e["type"] in HIDES_OTHERS]
    for match in FOUND.finditer(text):
        kind = match.lastgroup or ""
        offset, length = utf16_len(text[: match.start()]), utf16_len(match[0])
        if not any(e["offset"] < offset + length and offset < e["offset"] + e["length"]
                   for e in hidden):  # fmt: skip
            entities.append({"type": kind, "offset": offset, "length": length})
    return sorted(entities, key=lambda e: (e["offset"], -e["length"]))


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Drop white space around ``text``, as Telegram does, and move the entities along."""
    lead = utf16_len(text) - utf16_len(text.lstrip())
    trimmed = text.strip()
    size = utf16_len(trimmed)
    moved: list[Entity] = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        end = min(size, entity["offset"] + entity["length"] - lead)
        if end > start:
            moved.append({**entity, "offset": start, "length": end - start})
    return trimmed, moved


def _character(name: str, where: int) -> str:
    if name in NAMED:
        return NAMED[name]
    code = int(name[2:], 16) if name[1] == "x" else int(name[1:])
    if not 0 < code < 0x110000 or 0xD800 <= code < 0xE000:
        raise _unparsable(f"Invalid character reference at byte offset {where}")
    return chr(code)


def _unparsable(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")
