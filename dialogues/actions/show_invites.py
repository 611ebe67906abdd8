"""people: the links that still let somebody in; revoke one, which asks once."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions import _context as context
from dialogues.actions._members import manager
from dialogues.actions._paging import page_buttons, page_of
from dialogues.actions._reply import button, say
from dialogues.labels import label, labels
from store import audit, invites, people, teams
from store.clock import utc_now
from store.database import database


class ActionShowInvites(Action):
    def name(self) -> Text:
        return "action_show_invites"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        person = manager(dispatcher, tracker)
        if person is None:
            return []
        own = {team.id: team for team in teams.managed_by(database(), person)}
        found = invites.open_in(database(), list(own), utc_now())
        chosen = next((invite for invite in found if invite.id == context.entity(tracker, "invite")), None)
        if chosen and context.entity(tracker, "sure"):
            _revoke(dispatcher, person, chosen)
        elif chosen:
            _ask(dispatcher, chosen, own[chosen.team_id])
        else:
            _list(dispatcher, found, own, context.entity(tracker, "page"))
        return []


def _list(
    dispatcher: CollectingDispatcher, found: List[invites.Invite], own: Dict[int, teams.Team], page: str | None
) -> None:
    shown, number, last = page_of(found, page)
    rows = [
        f"{place}. {own[invite.team_id].name}·{labels('roles')[invite.role]}：{invite.used}/{invite.uses}"
        for place, invite in enumerate(shown, start=1)
    ]
    buttons = [
        button(label("revoke_number", number=place), "show_invites", invite=i.id)
        for place, i in enumerate(shown, start=1)
    ]
    response = "utter_invites" if found else "utter_no_invites"
    more = [*page_buttons("show_invites", number, last), button(label("invite_again"), "invite")]
    say(dispatcher, response, (), [*buttons, *more], rows_of_list="\n".join(rows))


def _ask(dispatcher: CollectingDispatcher, invite: invites.Invite, team: teams.Team) -> None:
    choices = [button(label("revoke"), "show_invites", invite=invite.id, sure=1), button(label("keep"), "show_invites")]
    say(dispatcher, "utter_revoke_sure", (), choices, team=team.name, used=invite.used, uses=invite.uses)


def _revoke(dispatcher: CollectingDispatcher, person: people.Person, invite: invites.Invite) -> None:
    now = utc_now()
    with database().atomic():
        invites.revoke(database(), invite.id, now)
        audit.record(database(), person.id, "revoke", now, invite.id, None, invite.team_id)
    say(dispatcher, "utter_revoked", (), [button(label("links"), "show_invites")])
