"""The screens of a visit's review: the next question, and what was answered."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions import _customer as cards
from dialogues.actions._mentioned import buttons as customer_buttons
from dialogues.actions._reply import Button, button, say
from dialogues.actions._today import drill_button, zone_of
from dialogues.actions._words import wait_in
from dialogues.labels import label
from knowledge.learning.days import day_of
from knowledge.loader import knowledge
from knowledge.visit_review import visit_review
from knowledge.wording import cite
from store import customers, visits
from store.customers import Customer
from store.database import database
from store.visits import Visit

FORM, SLOT = "review_form", "review"
SHOW, FULL, SHARE, HIDE, DROP, SURE = "show", "full", "share", "hide", "drop", "sure"
SHOWN_CHARACTERS, DRILLS_OFFERED = 40, 2


def of_id(tracker: Tracker, visit_id: str | None) -> Visit | None:
    """The review of this id, if it is one of this person's."""
    number = context.number(visit_id)
    return visits.find(database(), context.person(tracker), number) if number else None


def is_whole(visit: Visit) -> bool:
    """Whether every question was answered or passed over."""
    return len(visit.answers) >= len(visit_review().questions)


def customer_of(visit: Visit) -> Customer | None:
    """The customer with a card at whom the visit was."""
    return customers.find(database(), visit.person_id, visit.customer_id) if visit.customer_id else None


def title_of(visit: Visit) -> str:
    """The customer's name, where there is one, and the day."""
    customer, day = customer_of(visit), day_of(visit.began_at, zone_of(visit.person_id))
    return f"{customer.name} · {cards.day_title(day)}" if customer else cards.day_title(day)


def go_on(dispatcher: CollectingDispatcher, visit: Visit) -> list[EventType]:
    """Ask the next question and wait for the answer; after the last one show the review."""
    if is_whole(visit):
        show(dispatcher, visit)
        return [SlotSet("words", None), SlotSet(SLOT, None)]
    questions, customer = visit_review().questions, customer_of(visit)
    number = len(visit.answers)
    say(
        dispatcher,
        "utter_visit_question",
        (),
        [button(label("skip_question"), "skip_question", visit=visit.id)],
        number=number + 1,
        count=len(questions),
        title=label("review_of", name=customer.name) if customer else label("plain_review"),
        ask=questions[number].ask,
        first=" " if number == 0 else None,
    )
    return [SlotSet(SLOT, str(visit.id)), *wait_in(FORM)]


def show(dispatcher: CollectingDispatcher, visit: Visit, *, full: bool = False) -> None:
    """Show a review to the rep whose it is."""
    reply = "utter_visit_shared" if visit.shared else "utter_visit"
    say(dispatcher, reply, visit_review().sources, _buttons(visit, full), **values(visit, full))


def values(visit: Visit, full: bool = False) -> dict[str, str | int | None]:
    """What the review holds; answers are shortened to fit a screen unless they are wanted in full."""
    heard = "、".join(f"「{knowledge().objections[name].title}」" for name in _heard(visit))
    return {
        "title": title_of(visit),
        "answers": "\n".join(_lines(visit, full)),
        "heard": heard,
        "source": cite(visit_review().sources, knowledge(), limit=1),
    }


def is_shortened(visit: Visit) -> bool:
    """Whether there is more than a screen shows."""
    return any(len(answer) > SHOWN_CHARACTERS for answer in visit.answers)


def _lines(visit: Visit, full: bool) -> list[str]:
    given = zip(visit_review().questions, visit.answers, strict=False)
    return [f"· {question.title}：{answer if full else _short(answer)}" for question, answer in given if answer]


def _short(answer: str) -> str:
    return answer if len(answer) <= SHOWN_CHARACTERS else answer[: SHOWN_CHARACTERS - 1] + "…"


def _heard(visit: Visit) -> list[str]:
    """Objections that the data still have, those heard last first: the last question asks for the cause."""
    return [name for name in reversed(visit.objections) if name in knowledge().objections][:DRILLS_OFFERED]


def _buttons(visit: Visit, full: bool) -> list[Button]:
    customer, heard = customer_of(visit), _heard(visit)
    missing = [] if is_whole(visit) else [button(label("go_on_answering"), "start_review", visit=visit.id)]
    more = (
        [button(label("in_full"), "show_review", visit=visit.id, do=FULL)] if is_shortened(visit) and not full else []
    )
    step = [button(label("set_next_step"), "add_note", note=cards.note(customer, cards.NEXT_STEP))] if customer else []
    share = button(label("unshare"), "show_review", visit=visit.id, do=HIDE)
    if not visit.shared:
        share = button(label("share_with_manager"), "show_review", visit=visit.id, do=SHARE)
    return [
        *missing,
        *map(drill_button, heard),
        *(customer_buttons(customer, next(iter(heard), None)) if customer else []),
        *step,
        *more,
        share,
        button(label("reviews"), "show_review"),
        button(label("delete"), "show_review", visit=visit.id, do=DROP),
    ]
