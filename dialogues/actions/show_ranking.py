"""team: who improved and who practised most in four weeks; who does not want to be shown is not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Dict, List, Text

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from dialogues.actions._members import speaker
from dialogues.actions._personal import among_others
from dialogues.actions._reply import button, say
from dialogues.labels import label
from store import people, preferences, team_progress, teams
from store.clock import utc_now
from store.database import database

PERIOD = timedelta(days=28)
PLACES = 5


class ActionShowRanking(Action):
    def name(self) -> Text:
        return "action_show_ranking"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[Text, Any]) -> List[EventType]:
        person = speaker(tracker)
        if person is None:
            dispatcher.utter_message(response="utter_managers_only")
            return []
        if among_others(dispatcher, tracker):
            return []
        names = {each.id: each.name for each in _shown(person)}
        since = utc_now() - PERIOD
        gains = [(p, gain) for p, gain in team_progress.improvement(database(), list(names), since).items() if gain > 0]
        practice = team_progress.answers(database(), list(names), since)
        improved = [f"{names[p]} +{gain:.0f}" for p, gain in sorted(gains, key=lambda each: -each[1])]
        diligent = [
            label("times", what=names[p], count=n) for p, n in sorted(practice.items(), key=lambda each: -each[1])
        ]
        say(
            dispatcher,
            "utter_ranking" if improved or diligent else "utter_no_ranking",
            (),
            [button(label("start_drill"), "start_drill"), button(label("settings"), "show_settings")],
            improved="、".join(improved[:PLACES]),
            diligent="、".join(diligent[:PLACES]),
        )
        return []


def _shown(viewer: people.Person) -> List[people.Person]:
    """The reps of the viewer's teams who let themselves be shown."""
    own = teams.managed_by(database(), viewer) if viewer.manages else teams.of(database(), viewer.id)
    found = (people.member(database(), each) for each in teams.member_ids(database(), [team.id for team in own]))
    members = [each for each in found if each and each.role == people.REP and each.local == viewer.local]
    return [each for each in members if preferences.of(database(), each.id).leaderboard]
