"""`coach chat`: pictures and quizzes in words, and numbers that choose."""

from __future__ import annotations

import io

from rich.console import Console

from bot.engine import Button, Picture, Quiz, Reply
from bot.terminal import _is_choice, _show


def shown(reply: Reply) -> tuple[str, list[Button]]:
    """What stands in the terminal, and what the numbers mean."""
    written = io.StringIO()
    buttons = _show(Console(file=written, width=200), [reply])
    return written.getvalue(), buttons


def test_a_quiz_is_answered_by_number() -> None:
    quiz = Quiz("先做什么？", ("降价", "提问"), 1, "", "/affirm", "/deny")
    text, buttons = shown(Reply("🧠 先做什么？", (Button("不练了", "/cancel"),), quiz=quiz))
    assert "🧠 先做什么？" in text
    assert "[1] 降价  [2] 提问  [3] 不练了" in text
    assert [button.payload for button in buttons] == ["/deny", "/affirm", "/cancel"]
    assert _is_choice("2", buttons)
    assert not _is_choice("4", buttons)


def test_a_picture_is_told_in_words() -> None:
    text, _ = shown(Reply("连续 3 天", picture=Picture("progress", "问出原因 40", {})))
    assert "连续 3 天" in text
    assert "问出原因 40" in text
