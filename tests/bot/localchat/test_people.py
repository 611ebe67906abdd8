"""The people file, and the bounds that keep memory small."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.localchat import LocalTelegram, state
from bot.localchat.files import FileStore, image_size
from bot.localchat.media import plain_png
from bot.localchat.page_view import split_text
from bot.localchat.people import PEOPLE_FILE, PeopleError, load_roster


def test_the_people_of_the_product() -> None:
    roster = load_roster()
    assert [person.name for person in roster.people] == ["小林", "老周", "王经理"]
    assert roster.groups[0].members == (1001, 1002, 1003)
    assert len(roster.examples) == 3
    assert roster.hint


def test_all_problems_are_named_at_once(tmp_path: Path) -> None:
    wrong = PEOPLE_FILE.read_text(encoding="utf-8")
    wrong = wrong.replace("name: 销售教练", "").replace("xiaolin", "小林").replace("-1001", "1001")
    path = tmp_path / "people.yml"
    path.write_text(wrong.replace("owner: 1003", "owner: 9"), encoding="utf-8")
    with pytest.raises(PeopleError) as caught:
        load_roster(path)
    for part in ("bot: name is missing", "person 1001: username", "unknown people 9", "negative"):
        assert part in str(caught.value)


def test_old_messages_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "MAX_MESSAGES_PER_CHAT", 3)
    server = LocalTelegram("1:t")
    for number in range(5):
        server.send_text(1001, f"第 {number}")
    assert [m["text"] for m in server.messages(1001)] == ["第 2", "第 3", "第 4"]


def test_old_files_leave() -> None:
    files = FileStore(max_total_bytes=10)
    first, second = files.add(b"a" * 6, "a.txt", "documents"), files.add(b"b" * 6, "b", "documents")
    assert files.get(first.file_id) is None
    assert files.by_path(second.path) == second


def test_picture_sizes() -> None:
    jpeg = b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x11\x08\x00\x20\x00\x30" + bytes(12)
    assert image_size(plain_png(7, 5)) == (7, 5)
    assert image_size(jpeg) == (48, 32)
    assert image_size(b"GIF89a\x02\x00\x03\x00") == (2, 3)
    assert image_size(b"%PDF") is None


@pytest.mark.parametrize(
    "text",
    ["短", "字" * 9000, "一行\n" * 3000, "😀" * 5000, "word " * 2000],
    ids=["short", "unbroken", "lines", "emoji", "words"],
)
def test_long_texts_are_split_without_loss(text: str) -> None:
    parts = split_text(text)
    assert all(1 <= len(part.encode("utf-16-le")) // 2 <= 4096 for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_addresses_need_a_started_server() -> None:
    with pytest.raises(RuntimeError, match="start"):
        assert LocalTelegram("1:t").base_url
