"""Strangers, by every entrance; the first manager's code; links of invitations. The engine hears members only."""

from __future__ import annotations

from typing import Any

import pytest
from sqlite_utils import Database

from bot.conversation import texts
from bot.handlers.entrance import FIRST_STEP
from store import claims, invites, people, teams
from store.clock import utc_now
from tests.bot.small_bot import SmallBot

STRANGER = 900_001


class Stranger:
    """Somebody whom nobody let in, on the bot's own door."""

    def __init__(self, bot: SmallBot) -> None:
        self.bot = bot
        bot.telegram.add_person(STRANGER, "外人")

    async def says(self, text: str, chat_id: int | None = None) -> list[str]:
        """What the bot says to it."""
        before = len(self._heard(chat_id))
        await self.bot.handled(self.bot.telegram.send_text(STRANGER, text, chat_id=chat_id))
        return self._heard(chat_id)[before:]

    async def sends(self, update: dict[str, Any]) -> None:
        await self.bot.handled(self.bot.telegram.send_raw(update))

    def _heard(self, chat_id: int | None) -> list[str]:
        messages = self.bot.telegram.messages(chat_id or STRANGER)
        return [message["text"] for message in messages if message["from"]["is_bot"]]


@pytest.fixture
def stranger(small_bot: SmallBot) -> Stranger:
    return Stranger(small_bot)


@pytest.fixture
def token(small_bot: SmallBot, database: Database) -> str:
    """Of a link for one rep into the team 华东."""
    boss = people.admit(database, "1", "王总", people.ADMIN, utc_now())
    team = teams.create(database, "华东", utc_now())
    return invites.token(invites.create(database, boss, people.REP, team.id, 7, 1, utc_now()))


async def test_a_stranger_hears_one_polite_line_and_no_more(stranger: Stranger, database: Database) -> None:
    assert await stranger.says("太贵了") == [texts()["stranger"]]
    for text in ("在吗", "/start", "/help", "/team", "/too_expensive", "/claims", "/startle me"):
        assert await stranger.says(text) == []
    for kind in ("photo", "voice", "location"):
        await stranger.bot.handled(stranger.bot.telegram.send_media(STRANGER, kind))
    assert stranger._heard(None) == [texts()["stranger"]]
    assert stranger.bot.engine.asked == []
    assert str(STRANGER) not in {row["id"] for row in database["people"].rows}


async def test_a_strangers_edit_and_press_reach_nothing(stranger: Stranger) -> None:
    message = await stranger.bot.asks("在吗", [("换一招", "/next_technique")])
    person = stranger.bot.telegram.world.person(STRANGER)
    forged = {**message, "chat": {"id": STRANGER, "type": "private"}}
    for number in range(2):
        query = {"id": f"77{number}", "from": person, "message": forged, "chat_instance": "1", "data": "/help"}
        await stranger.sends({"callback_query": query})
    sent = stranger.bot.telegram.send_text(STRANGER, "太贵了")
    await stranger.bot.handled(sent)
    await stranger.bot.handled(stranger.bot.telegram.edit_text(STRANGER, sent["message"]["message_id"], "太贵啦"))
    assert [text for _, text in stranger.bot.engine.asked] == ["在吗"]
    assert stranger._heard(None) == []
    answers = [call.params.get("text") for call in stranger.bot.telegram.calls_of("answerCallbackQuery")]
    assert answers == [texts()["stranger"], None], "the press is answered, with words the first time"


async def test_a_stranger_in_a_group_of_members(stranger: Stranger) -> None:
    group = -900_002
    stranger.bot.telegram.add_group(group, "华东一队", [stranger.bot.person, STRANGER])
    assert await stranger.says("@seed_coach_bot 太贵了", group) == [texts()["stranger"]]
    assert await stranger.says("@seed_coach_bot 太贵了", group) == []
    assert await stranger.says("/help@seed_coach_bot", group) == []
    assert stranger.bot.engine.asked == []


async def test_a_vote_of_a_stranger_is_not_taken(stranger: Stranger) -> None:
    user = stranger.bot.telegram.world.person(STRANGER)
    await stranger.sends(
        {"poll_answer": {"poll_id": "1", "user": user, "option_ids": [0], "option_persistent_ids": []}}
    )
    assert stranger.bot.engine.asked == []


async def test_a_removed_member_is_a_stranger_at_once(small_bot: SmallBot, database: Database) -> None:
    await small_bot.says("在吗")
    people.remove(database, str(small_bot.person), utc_now())
    await small_bot.says("还在吗")
    assert small_bot.said() == ["第 1 个回答", texts()["stranger"]]


async def test_people_of_the_local_page_are_strangers_on_telegram(small_bot: SmallBot, database: Database) -> None:
    people.admit(database, str(small_bot.person), "机主", people.ADMIN, utc_now(), local=True)
    await small_bot.says("在吗")
    assert small_bot.said() == [texts()["stranger"]]


# Ways in ---------------------------------------------------------------------------------------


async def test_a_link_lets_in_and_the_engine_takes_over(stranger: Stranger, token: str, database: Database) -> None:
    assert await stranger.says(f"/start {token}") == [texts()["joined"].format(team="华东"), "第 1 个回答"]
    assert stranger.bot.engine.asked == [(str(STRANGER), FIRST_STEP)], "the token is not handed on"
    assert await stranger.says("太贵了") == ["第 2 个回答"]


async def test_a_link_does_nothing_in_a_group(stranger: Stranger, token: str, database: Database) -> None:
    group = -900_003
    stranger.bot.telegram.add_group(group, "华东一队", [stranger.bot.person, STRANGER])
    await stranger.says(f"/start@seed_coach_bot {token}", group)
    assert people.member(database, str(STRANGER)) is None


async def test_bad_links_are_refused_a_few_times_then_met_with_silence(stranger: Stranger, token: str) -> None:
    refused = [texts()["invite_refused"]]
    heard = [await stranger.says(f"/start {token[:-1]}{'1' * n}") for n in range(7)]
    assert heard == [refused] * 5 + [[]] * 2
    assert stranger.bot.engine.asked == []


async def test_the_code_makes_the_first_manager(stranger: Stranger, database: Database) -> None:
    code = claims.new_code(database, utc_now())
    assert await stranger.says("/claim ABCD") == [texts()["claim_refused"]]
    assert await stranger.says(f"/claim {code}") == [texts()["claimed"], "第 1 个回答"]
    claimed = people.member(database, str(STRANGER))
    assert claimed is not None
    assert claimed.role == people.ADMIN
    await stranger.bot.says(f"/claim {code}")
    assert stranger.bot.said() == [texts()["claim_refused"]], "it works once"


async def test_the_code_works_as_a_link(stranger: Stranger, database: Database) -> None:
    code = claims.new_code(database, utc_now())
    assert await stranger.says(f"/start claim-{code}") == [texts()["claimed"], "第 1 个回答"]
