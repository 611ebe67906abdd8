"""What the progress screen makes of the numbers; pure."""

from __future__ import annotations

from knowledge.learning.data import learning, skills
from knowledge.learning.report import Report, in_words, picture, strong, to_practise, weak

REPORT = Report(
    name="小林",
    drills=12,
    streak=4,
    days=(True, False),
    trend=(50, 60),
    skills={"explores": 40.4, "technique": 80.0},
    objections={"no_need": 30.0, "next_time": 75.0, "too_expensive": 59.9, "ask_discount": 60.0},
)
TITLES = {
    "no_need": "不需要",
    "next_time": "下次再说",
    "too_expensive": "太贵了",
    "ask_discount": "便宜些",
    "other": "另",
}


def test_weak_is_below_and_strong_is_from_there() -> None:
    assert weak(REPORT.objections, 60) == ["no_need", "too_expensive"]
    assert strong(REPORT.objections, 60) == ["next_time", "ask_discount"]


def test_after_the_weakest_comes_what_was_never_practised() -> None:
    assert to_practise(REPORT, TITLES, learning(), 3) == ["no_need", "too_expensive", "other"]
    assert to_practise(REPORT, TITLES, learning(), 1) == ["no_need"]


def test_the_picture_holds_every_title_and_none_for_what_was_not_practised() -> None:
    data = picture(REPORT, skills(), TITLES, learning().picture)
    assert data["title"] == "小林的练习"
    assert data["summary"] == "连续 4 天 · 共 12 局"
    assert data["objections"][0] == ["不需要", 30.0]
    assert data["objections"][-1] == ["另", None]
    assert [value for _, value in data["skills"]].count(None) == len(skills()) - 2


def test_somebody_without_a_name_is_spoken_to() -> None:
    nameless = Report("", 0, 0, (), (), {}, {})
    assert picture(nameless, skills(), TITLES, learning().picture)["title"] == "你的练习"


def test_in_words_every_skill_stands_once() -> None:
    line = in_words(REPORT, skills(), learning().picture)
    assert "问出原因 40" in line
    assert "接住感受 还没练" in line
    assert line.count("·") == len(skills()) - 1
