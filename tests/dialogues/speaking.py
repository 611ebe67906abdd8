"""Actions made to speak without a model: the real action server, domain and rendering of replies."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa_sdk.executor import ActionExecutor

from bot.engine import EmbeddedEngine, Reply
from dialogues.check import FOLDER


@lru_cache(maxsize=1)
def domain() -> Domain:
    return Domain.load(str(FOLDER / "domain"))


@lru_cache(maxsize=1)
def executor() -> ActionExecutor:
    made = ActionExecutor()
    made.register_package("dialogues.actions")
    return made


async def spoken(
    action: str,
    intent: str = "help",
    text: str | None = None,
    entities: dict[str, str] | None = None,
    slots: dict[str, Any] | None = None,
    sender: str = "tests",
) -> list[Reply]:
    """What a rep reads when `action` runs after a message.

    Args:
        intent: Of the message.
        text: Of the message; a button's payload unless given.
        entities: Of the message, by name.
        slots: Set before the action runs.
        sender: Whose conversation it is.
    """
    tracker = DialogueStateTracker(sender, domain().slots)
    found = [{"entity": name, "value": value} for name, value in (entities or {}).items()]
    message = UserUttered(text or f"/{intent}", {"name": intent}, found, {"intent_ranking": [{"name": intent}]})
    tracker.update(message, domain())
    for name, value in (slots or {}).items():
        tracker.update(SlotSet(name, value), domain())
    call = {
        "next_action": action,
        "sender_id": tracker.sender_id,
        "tracker": tracker.current_state() | {"events": []},
        "domain": {},
    }
    result = await executor().run(call)
    assert result is not None
    messages: list[dict[str, Any]] = []
    for response in result["responses"]:
        messages += await _messages(dict(response), tracker)
    # The engine tidies what Rasa sends; here it gets these messages instead.
    return await EmbeddedEngine(lambda sender_id, text: _ready(messages)).answer(tracker.sender_id, message.text or "")


async def _messages(response: dict[str, Any], tracker: DialogueStateTracker) -> list[dict[str, Any]]:
    """One utterance as Rasa's REST channel sends it: the text with buttons, then the custom part."""
    name, buttons = response.pop("response"), response.pop("buttons", [])
    if name is None:
        return [{"custom": response["custom"]}]
    draft = await TemplatedNaturalLanguageGenerator(domain().responses).generate(name, tracker, "collector", **response)
    assert draft is not None, f"{name} is no reply of the domain"
    text = {"text": draft["text"], "buttons": [*draft.get("buttons", []), *buttons]}
    return [text, {"custom": draft["custom"]}] if draft.get("custom") else [text]


async def _ready(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return messages
