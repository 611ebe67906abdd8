"""Rasa inside this process: model, policies and actions without a server, a port or JSON over HTTP.

The only place where the product touches Rasa's internals; written for Rasa 3.6.21.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Dict, List, Optional

from rasa.core.actions.action import Action, RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel, OutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.nlg import NaturalLanguageGenerator, TemplatedNaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa_sdk.executor import ActionExecutor

from dialogues.search import search
from dialogues.tracker_store import FactsTrackerStore

LOGGER = logging.getLogger(__name__)


class InProcessAction(RemoteAction):
    """A custom action run by the action server's own executor, in this process.

    Leaves out what costs most of a remote action's time: the whole history and domain as JSON, and a JSON schema
    checked anew at every call.
    """

    def __init__(self, name: str, executor: ActionExecutor) -> None:
        super().__init__(name, None)
        self._executor = executor

    async def run(
        self,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> List[Event]:
        call = {
            "next_action": self.name(),
            "sender_id": tracker.sender_id,
            "tracker": tracker.current_state(EventVerbosity.NONE) | {"events": []},
            "domain": {},
        }
        result: Dict[str, Any] = await self._executor.run(call) or {}
        said = await self._utter_responses(result.get("responses", []), output_channel, nlg, tracker)
        return [*said, *deserialise_events(result.get("events", []))]


class InProcessProcessor(MessageProcessor):
    """Rasa's message processor with custom actions run in this process."""

    executor: ActionExecutor

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        if isinstance(action, RemoteAction):
            action = InProcessAction(action.name(), self.executor)
        return await super()._run_action(action, tracker, output_channel, nlg, prediction)


class EmbeddedRasa:
    """One loaded model; answers messages and parses texts."""

    def __init__(self, model: Path) -> None:
        search()  # made now, so that the first question need not wait
        executor = ActionExecutor()
        executor.register_package("dialogues.actions")
        self._locks = InMemoryLockStore()
        tracker_store = FactsTrackerStore()
        nlg = TemplatedNaturalLanguageGenerator({})
        self.processor = InProcessProcessor(
            model_path=model, tracker_store=tracker_store, lock_store=self._locks, generator=nlg
        )
        self.processor.executor = executor
        tracker_store.domain = self.processor.domain
        nlg.responses = self.processor.domain.responses

    async def answer(self, sender_id: str, text: str) -> List[Dict[str, Any]]:
        """Messages for one turn, in the form of Rasa's REST channel; one turn at a time for each sender."""
        channel = CollectingOutputChannel()
        async with self._locks.lock(sender_id):
            await self.processor.handle_message(UserMessage(text, channel, sender_id))
        return channel.messages

    async def parse(self, text: str) -> Dict[str, Any]:
        """What the understanding makes of a text: intent, ranking, entities."""
        return await self.processor.parse_message(UserMessage(text))
