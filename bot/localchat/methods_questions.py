"""Bot API methods around polls and the answers to callback and inline queries."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from bot.localchat import limits
from bot.localchat.context import Api
from bot.localchat.entities import utf16_len
from bot.localchat.errors import bad_request
from bot.localchat.params import Params
from bot.localchat.state import Json, Poll, Query

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def send_poll(api: Api, params: Params) -> Json:
    chat = api.chat(params)
    data = _poll_data(api, params)
    api.reachable(params)
    message = api.deliver(chat, params, {"poll": data})
    api.world.polls[data["id"]] = Poll(data, chat["id"], message["message_id"])
    return message


def stop_poll(api: Api, params: Params) -> Json:
    message = api.own_message(params)
    poll = api.world.polls.get(message.get("poll", {}).get("id", ""))
    if poll is None:
        raise bad_request("message with poll to stop not found")
    if poll.data["is_closed"]:
        raise bad_request("poll has already been closed")
    poll.data["is_closed"] = True
    api.world.change(message, {"reply_markup": limits.reply_markup(params)})
    api.world.poll_changed(poll)
    api.queue.push("poll", poll.data)
    return poll.data


def _poll_data(api: Api, params: Params) -> Json:
    question, options = limits.poll_texts(params)
    quiz = params.text("type") == "quiz"
    number = api.world.next_id()
    data: Json = {
        "id": f"5{number:012d}",
        "question": question,
        # persistent_id and the two fields below are required since Bot API 9.6 and 10.0.
        "options": [{"persistent_id": f"o{i}", "text": text, "voter_count": 0} for i, text in enumerate(options)],
        "total_voter_count": 0,
        "is_closed": params.boolean("is_closed"),
        "is_anonymous": params.boolean("is_anonymous", True),
        "type": "quiz" if quiz else "regular",
        "allows_multiple_answers": params.boolean("allows_multiple_answers"),
        "allows_revoting": params.boolean("allows_revoting", not quiz),
        "members_only": False,
    }
    return {**data, **_quiz_fields(params, len(options))} if quiz else data


def _quiz_fields(params: Params, count: int) -> Json:
    correct = params.array("correct_option_ids")
    if correct is None:
        single = params.integer("correct_option_id")
        correct = [] if single is None else [single]
    if not correct or not all(isinstance(i, int) and 0 <= i < count for i in correct):
        raise bad_request("wrong correct option ID specified")
    text, entities = limits.explanation(params)
    fields: Json = {"correct_option_ids": correct}
    if text:
        fields |= {"explanation": text, "explanation_entities": entities}
    return fields


def answer_callback(api: Api, params: Params) -> bool:
    query = _open_query(api, api.world.callbacks, params.text("callback_query_id"))
    text = params.text("text")
    if utf16_len(text) > limits.MAX_ALERT:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answer = {"text": text, "show_alert": params.boolean("show_alert")}
    api.world.emit(
        "callback",
        query.chat_id or 0,
        person_id=query.person_id,
        message_id=query.message_id,
        text=text,
        show_alert=query.answer["show_alert"],
    )
    return True


def answer_inline(api: Api, params: Params) -> bool:
    query = _open_query(api, api.world.inline, params.text("inline_query_id"))
    results = limits.inline_results(params)
    query.answer = {"results": results, "next_offset": params.text("next_offset")}
    api.world.emit("inline", query.person_id, results=results)
    return True


def _open_query(api: Api, queries: OrderedDict[str, Query], query_id: str) -> Query:
    """The query, when it exists, is young enough and has no answer yet."""
    query = queries.get(query_id)
    if query is None or query.answer is not None:
        raise bad_request(TOO_OLD)
    if api.world.clock() - query.asked_at > api.query_timeout_s:
        raise bad_request(TOO_OLD)
    return query


METHODS: dict[str, Callable[[Api, Params], Json | bool]] = {
    "sendPoll": send_poll,
    "stopPoll": stop_poll,
    "answerCallbackQuery": answer_callback,
    "answerInlineQuery": answer_inline,
}
