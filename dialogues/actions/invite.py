"""people: make an invitation: team and role, then days and uses, then the link."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Dict, List, NamedTuple, Optional, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._members import manager
from dialogues.actions._reply import button, say
from dialogues.labels import label, labels
from store import audit, bot_names, invites, people, preferences, teams
from store.clock import utc_now
from store.database import database

DAYS, USES = (1, 7, 30), (1, 10, 50)
MAKE = "ok"


class Terms(NamedTuple):
    """What a button carries: `<team>.<role>.<days>.<uses>[.ok]`."""

    team: teams.Team
    role: str
    days: int = 7
    uses: int = 1
    make: bool = False

    def changed(self, **values: Any) -> str:
        """The same with other values, as a button carries it."""
        wanted = self._replace(**values)
        parts = [wanted.team.id, wanted.role, wanted.days, wanted.uses, *([MAKE] if wanted.make else [])]
        return ".".join(map(str, parts))


class ActionInvite(Action):
    def name(self) -> Text:
        return "action_invite"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        person = manager(dispatcher, tracker)
        if person is None:
            return []
        terms = _terms(person, context.entity(tracker, "terms"))
        if terms is None:
            _offer_teams(dispatcher, person)
        elif terms.make:
            _make(dispatcher, person, terms, utc_now())
        else:
            _offer_terms(dispatcher, terms)
        return []


def may_give(person: people.Person) -> tuple[str, ...]:
    """The roles that a person may give: nobody gives more than the own one."""
    return people.ROLES[: people.ROLES.index(person.role) + 1]


def _terms(person: people.Person, given: Optional[str]) -> Optional[Terms]:
    """The terms that a button carries, where they are within what this manager may give."""
    team_id, _, rest = (given or "").partition(".")
    role, *numbers = rest.split(".")
    own = {str(team.id): team for team in teams.managed_by(database(), person)}
    if team_id not in own or role not in may_give(person):
        return None
    if not numbers:
        return Terms(own[team_id], role)
    days, uses, *made = numbers if len(numbers) > 1 else (*numbers, "")
    if days not in map(str, DAYS) or uses not in map(str, USES):
        return None
    return Terms(own[team_id], role, int(days), int(uses), made == [MAKE])


def _offer_teams(dispatcher: CollectingDispatcher, person: people.Person) -> None:
    own = teams.managed_by(database(), person)
    choices = [
        button(f"{team.name}·{labels('roles')[role]}", "invite", terms=f"{team.id}.{role}")
        for team in own[:20]
        for role in may_give(person)
    ]
    new = [button(label("new_team"), "rename", what="team")] if person.role == people.ADMIN else []
    response = "utter_invite_whom" if own else "utter_no_team"
    say(dispatcher, response, (), [*choices, *new, button(label("links"), "show_invites")])


def _offer_terms(dispatcher: CollectingDispatcher, terms: Terms) -> None:
    days = [button(label("days", count=n), "invite", terms=terms.changed(days=n)) for n in DAYS if n != terms.days]
    uses = [
        button(label("people_count", count=n), "invite", terms=terms.changed(uses=n)) for n in USES if n != terms.uses
    ]
    make = button(label("make_link"), "invite", terms=terms.changed(make=True))
    say(
        dispatcher,
        "utter_invite_terms",
        (),
        [make, *days, *uses],
        team=terms.team.name,
        role=labels("roles")[terms.role],
        days=terms.days,
        uses=terms.uses,
    )


def _make(dispatcher: CollectingDispatcher, person: people.Person, terms: Terms, now: datetime) -> None:
    with database().atomic():
        invite = invites.create(database(), person, terms.role, terms.team.id, terms.days, terms.uses, now)
        detail = f"{terms.role}, {terms.days} days, {terms.uses} uses"
        audit.record(database(), person.id, "invite", now, invite.id, detail, terms.team.id)
    ends = preferences.of(database(), person.id).local(datetime.fromisoformat(invite.expires_at))
    say(
        dispatcher,
        "utter_invite_made",
        (),
        [button(label("revoke_this"), "show_invites", invite=invite.id), button(label("links"), "show_invites")],
        team=terms.team.name,
        role=labels("roles")[terms.role],
        uses=terms.uses,
        ends=f"{ends:%m-%d %H:%M}",
        link=bot_names.deep_link(database(), invites.token(invite), local=person.local),
    )
