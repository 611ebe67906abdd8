"""The daily set with things due: rows of earlier days in, buttons and words out; without a model."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlite_utils import Database

from bot.engine import Button
from bot.pictures import png
from knowledge.learning.data import learning, quizzes
from store import people, schedule
from store.clock import utc_now
from tests.dialogues.speaking import spoken
from tests.store.drilled import drilled

PERSON = "tests"
LONG_AGO = utc_now() - timedelta(days=40)


def missed(database: Database, quiz_id: str) -> None:
    schedule.rate(database, PERSON, schedule.quiz(quiz_id), "no", LONG_AGO)


async def test_a_missed_check_comes_back_as_a_drill_with_its_name(database: Database) -> None:
    schedule.rate_checks(database, PERSON, "too_expensive", {"explores": "no", "next_step": "partly"}, LONG_AGO)
    (reply,) = await spoken("action_show_today")
    assert "太贵了（问出原因、推进一步）" in reply.text
    assert ("练「太贵了」", '/start_drill{"named_objection":"too_expensive"}') in [
        (button.title, button.payload) for button in reply.buttons
    ]


async def test_checks_on_many_objections_become_two_drills(database: Database) -> None:
    for objection in ("too_expensive", "no_need", "next_time", "ask_discount"):
        schedule.rate_checks(database, PERSON, objection, {"explores": "no"}, LONG_AGO)
    (reply,) = await spoken("action_show_today")
    assert len([button for button in reply.buttons if button.title.startswith("练「")]) == 2
    assert "约 5 分钟" in reply.text


async def test_the_longest_due_question_is_asked_first(database: Database) -> None:
    schedule.rate(database, PERSON, schedule.quiz("names_echo"), "no", LONG_AGO + timedelta(days=1))
    missed(database, "names_breakdown")
    (reply,) = await spoken("action_ask_quiz")
    assert reply.quiz is not None
    assert reply.quiz.question == quizzes()["names_breakdown"].question
    assert reply.quiz.options[reply.quiz.correct] == "拆散法"
    assert reply.sources == ("S0-33",)


async def test_a_question_taken_out_of_the_data_is_not_due(database: Database) -> None:
    missed(database, "taken_out")
    (reply,) = await spoken("action_ask_quiz")
    assert reply.quiz is not None


async def test_when_all_was_asked_the_one_due_soonest_comes(database: Database) -> None:
    for quiz_id in quizzes():
        schedule.rate(database, PERSON, schedule.quiz(quiz_id), "yes", utc_now())
    schedule.rate(database, PERSON, schedule.quiz("names_echo"), "no", utc_now())
    (reply,) = await spoken("action_ask_quiz")
    assert reply.quiz is not None
    assert reply.quiz.question == quizzes()["names_echo"].question


async def test_an_answer_says_when_it_comes_back(database: Database) -> None:
    entities = {"quiz": "names_breakdown", "right": "yes"}
    (reply,) = await spoken("action_take_quiz_answer", "answer_quiz", entities=entities)
    assert "2 天后" in reply.text
    assert "看拆散法" in [button.title for button in reply.buttons]


async def test_the_last_of_the_set_is_celebrated_once(database: Database) -> None:
    texts: list[str] = []
    for quiz_id in list(quizzes())[: learning().set_items + 1]:
        entities = {"quiz": quiz_id, "right": "yes"}
        texts += [reply.text for reply in await spoken("action_take_quiz_answer", "answer_quiz", entities=entities)]
    assert sum("做完了" in text for text in texts) == 1


@pytest.mark.parametrize("right", ["yes", "no", "maybe"])
async def test_only_yes_counts_as_right(database: Database, right: str) -> None:
    await spoken("action_take_quiz_answer", "answer_quiz", entities={"quiz": "names_echo", "right": right})
    (row,) = database.table("reviews").rows
    assert row["verdict"] == ("yes" if right == "yes" else "no")


# Progress and history ---------------------------------------------------------------------------


async def test_progress_is_a_picture_with_the_weakest_one_tap_away(database: Database) -> None:
    people.remember(database, PERSON, "小林", LONG_AGO)
    drilled(database, PERSON, "too_expensive", [20], utc_now(), {"explores": "no", "technique": "yes"})
    drilled(database, PERSON, "no_need", [90], utc_now())
    (reply,) = await spoken("action_show_progress", "ask_progress")
    assert "多练练：太贵了" in reply.text
    assert "站得稳：不需要" in reply.text
    assert "连续 1 天" in reply.text
    assert reply.buttons[0] == Button("练「太贵了」", '/start_drill{"named_objection":"too_expensive"}')
    assert reply.picture is not None
    assert "方法用到位 100" in reply.picture.alt
    assert reply.picture.data["title"] == "小林的练习"
    assert reply.picture.data["trend"] == [20, 90]
    assert png(reply.picture).startswith(b"\x89PNG")


async def test_quizzes_alone_are_practice_too(database: Database) -> None:
    schedule.rate(database, PERSON, schedule.quiz("names_echo"), "yes", utc_now())
    (reply,) = await spoken("action_show_progress", "ask_progress")
    assert "连续 1 天" in reply.text
    assert "多练练" not in reply.text
    assert len([button for button in reply.buttons if button.title.startswith("练「")]) == 3


async def test_no_practice_is_no_reproach(database: Database) -> None:
    (reply,) = await spoken("action_show_progress", "ask_progress")
    assert reply.picture is None
    assert "还没有练习记录" in reply.text
    (reply,) = await spoken("action_show_history", "show_history")
    assert "还没有练过" in reply.text


async def test_past_drills_are_paged_and_opened_again(database: Database) -> None:
    numbers = [drilled(database, PERSON, "too_expensive", [50 + n], utc_now(), scenario="gone") for n in range(7)]
    (first,) = await spoken("action_show_history", "show_history")
    assert "（1/2）" in first.text
    assert first.text.count("太贵了") == 5
    assert first.buttons[0].payload == f'/show_score{{"drill":"{numbers[-1]}"}}'
    assert first.buttons[-1].payload == '/show_history{"page":"2"}'
    (second,) = await spoken("action_show_history", "show_history", entities={"page": "2"})
    assert second.text.count("太贵了") == 2
    assert "上一页" in second.buttons[-1].title


@pytest.mark.parametrize("page", ["0", "99", "x", "-1", "9" * 30])
async def test_a_page_that_does_not_exist_is_the_nearest(database: Database, page: str) -> None:
    drilled(database, PERSON, "too_expensive", [50], utc_now())
    (reply,) = await spoken("action_show_history", "show_history", entities={"page": page})
    assert "（1/1）" in reply.text


async def test_new_questions_are_about_what_is_weak(database: Database) -> None:
    drilled(database, PERSON, "need_authority", [10], utc_now())
    (reply,) = await spoken("action_ask_quiz", "ask_quiz")
    assert reply.quiz is not None
    about = {quiz.question for quiz in quizzes().values() if quiz.objection == "need_authority"}
    assert reply.quiz.question in about
