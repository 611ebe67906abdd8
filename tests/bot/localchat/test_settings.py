"""The bot's own settings, and what it can learn about chats."""

from __future__ import annotations

import pytest
from telegram import (
    Bot,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
)
from telegram.error import BadRequest

from bot.localchat import LocalTelegram

pytestmark = pytest.mark.asyncio
PERSON, MANAGER, GROUP = 1001, 1003, -1001000000001


async def test_who_the_bot_is(bot: Bot) -> None:
    me = await bot.get_me()
    assert me.is_bot
    assert me.username == "seed_coach_bot"
    assert me.can_read_all_group_messages is False
    assert await bot.log_out()
    assert await bot.close()


async def test_the_narrowest_command_list_is_shown(server: LocalTelegram, bot: Bot) -> None:
    await bot.set_my_commands([("help", "能做什么")])
    await bot.set_my_commands([("drill", "练习")], scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands([("team", "团队")], scope=BotCommandScopeChat(MANAGER))
    shown = [server.world.commands_for(chat)[0]["command"] for chat in (GROUP, PERSON, MANAGER)]
    assert shown == ["help", "drill", "team"]
    (team,) = await bot.get_my_commands(scope=BotCommandScopeChat(MANAGER))
    assert team.description == "团队"
    await bot.delete_my_commands(scope=BotCommandScopeChat(MANAGER))
    assert server.world.commands_for(MANAGER)[0]["command"] == "drill"


@pytest.mark.parametrize("command", [("Help", "大写"), ("太贵", "中文"), ("a" * 33, "长"), ("a", " ")])
async def test_commands_that_are_refused(bot: Bot, command: tuple[str, str]) -> None:
    with pytest.raises(BadRequest, match="(?i)bot_command"):
        await bot.set_my_commands([command])


async def test_a_scope_needs_a_known_chat(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.set_my_commands([("a", "b")], scope=BotCommandScopeChat(31337))


async def test_descriptions_and_menu(server: LocalTelegram, bot: Bot) -> None:
    assert await bot.set_my_description("长介绍")
    assert await bot.set_my_short_description("短介绍")
    assert await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert server.world.profile["description"] == "长介绍"
    with pytest.raises(BadRequest, match="(?i)too_long"):
        await bot.set_my_short_description("字" * 121)


async def test_chats_and_members(bot: Bot) -> None:
    private, group = await bot.get_chat(PERSON), await bot.get_chat(GROUP)
    assert (private.type, private.first_name) == ("private", "小林")
    assert (group.type, group.title) == ("supergroup", "华东一队")
    statuses = [(await bot.get_chat_member(GROUP, who)).status for who in (MANAGER, PERSON, bot.id)]
    assert statuses == ["creator", "member", "member"]
    assert (await bot.get_chat_member(PERSON, MANAGER)).status == "left"
    with pytest.raises(BadRequest, match="(?i)participant_id_invalid"):
        await bot.get_chat_member(GROUP, 31337)


async def test_an_administrator_hears_and_deletes(server: LocalTelegram, bot: Bot) -> None:
    server.add_person(2001, "小张")
    server.add_group(-1009, "培训", [2001], bot_is_admin=True)
    sent = server.send_text(2001, "随便聊聊", -1009)
    assert "update_id" in sent
    assert (await bot.get_chat_member(-1009, bot.id)).status == "administrator"
    assert await bot.delete_message(-1009, sent["message"]["message_id"])
