"""Many texts at once for `coach parse` and `coach ask`, by the bot's own model and engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bot.engine import EmbeddedEngine, Engine, Reply
from dialogues.own_content import loadable_model
from dialogues.quiet import load_rasa
from dialogues.training import train
from nlu.registry import Registry, registry

FALLBACK = "nlu_fallback"
# From this confidence on, a text may (also) be a description or a gesture, and its style or signal is reported.
LIKELY = 0.1
# A button with this payload opens the next page of the same answer.
NEXT_PAGE = "/show_page"


async def parse_all(texts: Sequence[str], write: Callable[[dict[str, Any]], None]) -> None:
    """Label, confidence, all objections, style and signal of each text, in order."""
    rasa = load_rasa(train())
    for text in texts:
        write(_row(text, await rasa.parse(text), registry()))


def _row(text: str, parsed: dict[str, Any], known: Registry) -> dict[str, Any]:
    ranking = [entry for entry in parsed.get("intent_ranking", []) if entry["name"] != FALLBACK]
    best: dict[str, Any] = ranking[0] if ranking else {"name": "out_of_scope", "confidence": 0.0}
    entities = {entity["entity"]: entity["value"] for entity in reversed(parsed.get("entities", []))}
    label = known.label(best["name"])
    objections = [best["name"], entities.get("second_objection")] if best["name"] in known.objections else []
    likely = {entry["name"] for entry in ranking if entry["confidence"] >= LIKELY}
    variants = {intent: value for intent, value in parsed.get("variants", {}).items() if intent in likely}
    signal = variants.get("report_signal")
    return {
        "text": text,
        "label": label,
        "confidence": round(best["confidence"], 4),
        "labels": [name for name in objections if name] or [label],
        "style": entities.get("style") or variants.get("describe_customer"),
        "signal": signal and signal == "positive",
    }


async def ask_all(questions: Sequence[str], write: Callable[[dict[str, Any]], None]) -> None:
    """The bot's whole reply to each question, every question from a new person."""
    engine = EmbeddedEngine.load(loadable_model())
    for number, question in enumerate(questions):
        replies = await whole_answer(engine, f"ask-{number}", question)
        write(
            {
                "q": question,
                "reply": "\n".join(reply.text for reply in replies),
                "sources": list(dict.fromkeys(row for reply in replies for row in reply.sources)),
                "answered": all(reply.answered for reply in replies),
            }
        )


async def whole_answer(engine: Engine, sender_id: str, text: str) -> list[Reply]:
    """The replies to a text, with all further pages of a long one."""
    replies = await engine.answer(sender_id, text.strip().lstrip("/") or " ")
    pages = list(replies)
    while pages:
        payload = next((b.payload for b in pages[-1].buttons if b.payload.startswith(NEXT_PAGE)), None)
        if payload is None:
            break
        pages = await engine.answer(sender_id, payload)
        replies = [*replies, *pages]
    return replies
