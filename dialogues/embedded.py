"""Rasa inside this process: model, policies and actions without a server, a port or JSON over HTTP.

This, `quick_rules.py` and `tracker_store.py` touch Rasa's internals; written for Rasa 3.6.21.
"""

from __future__ import annotations

import asyncio
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Dict, List, Tuple, Union

from rasa.core.actions.action import Action, RemoteAction
from rasa.core.actions.constants import SELECTIVE_DOMAIN
from rasa.core.channels.channel import CollectingOutputChannel, OutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.nlg import NaturalLanguageGenerator, TemplatedNaturalLanguageGenerator
from rasa.core.policies.ensemble import DefaultPolicyPredictionEnsemble
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import TrackerStore
from rasa.engine.constants import PLACEHOLDER_TRACKER
from rasa.engine.loader import load_predict_graph_runner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from dialogues import own_content
from dialogues.quick_rules import QuickRunner
from dialogues.search import warm_up
from dialogues.tracker_store import FactsTrackerStore

# What Rasa's RulePolicy gives for a rule that fits.
CERTAIN = 1.0


class InProcessActions(EndpointConfig):
    """The action server's own executor in this process, in the place of the server's address.

    Rasa itself calls it for slots that an action fills; `InProcessAction` is the quick way for all other actions.
    """

    def __init__(self) -> None:
        super().__init__("in-process", **{SELECTIVE_DOMAIN: True})
        self._executor = ActionExecutor()
        self._executor.register_package("dialogues.actions")

    async def request(self, method: str = "post", json: Any = None, **kwargs: Any) -> Dict[str, Any]:
        """Run one action call, as the server would for the same JSON."""
        return await self._executor.run(json) or {}


class InProcessAction(RemoteAction):
    """A custom action run in this process.

    Leaves out what costs most of a remote action's time: the whole history and domain as JSON, and a JSON schema
    checked anew at every call.
    """

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
        assert self.action_endpoint is not None
        result: Dict[str, Any] = await self.action_endpoint.request(json=call)
        said = await self._utter_responses(result.get("responses", []), output_channel, nlg, tracker)
        return [*said, *deserialise_events(result.get("events", []))]


class InProcessProcessor(MessageProcessor):
    """Rasa's message processor with custom actions run in this process, and the rules asked before the stories.

    Where a rule says what comes next, no story can say otherwise: a rule's confidence is the highest there is and its
    priority above a story's. Replaying the conversation for the stories then costs most of a prediction for nothing.
    """

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        if isinstance(action, RemoteAction):
            action = InProcessAction(action.name(), self.action_endpoint)
        return await super()._run_action(action, tracker, output_channel, nlg, prediction)

    @staticmethod
    def _load_model(model_path: Union[str, Path]) -> Tuple[str, ModelMetadata, GraphRunner]:
        with TemporaryDirectory() as folder:
            loaded = load_predict_graph_runner(Path(folder), Path(model_path), LocalModelStorage, QuickRunner)
        return Path(model_path).name, *loaded

    def _predict_next_with_tracker(self, tracker: DialogueStateTracker) -> PolicyPrediction:
        if tracker.followup_action is None:
            prediction = self._by_rule(tracker)
            if prediction.max_confidence == CERTAIN:
                return prediction
        return super()._predict_next_with_tracker(tracker)

    def _by_rule(self, tracker: DialogueStateTracker) -> PolicyPrediction:
        """What the rules alone say; below `CERTAIN` where none fits."""
        found = self.graph_runner.run(inputs={PLACEHOLDER_TRACKER: tracker}, targets=[self._rules])
        ensemble = DefaultPolicyPredictionEnsemble()
        return ensemble.combine_predictions([found[self._rules]], tracker, self.domain)

    @cached_property
    def _rules(self) -> str:
        """The name of the rules' node in the model's graph."""
        nodes = self.model_metadata.predict_schema.nodes
        return next(name for name, node in nodes.items() if node.uses is RulePolicy)


class EmbeddedRasa:
    """One loaded model, which can be exchanged; answers messages and parses texts."""

    def __init__(self, model: Path) -> None:
        own_content.refresh()
        warm_up()
        self._locks = InMemoryLockStore()
        self._actions = InProcessActions()
        self.processor = self._loaded(model, FactsTrackerStore())

    def _loaded(self, model: Path, tracker_store: TrackerStore) -> InProcessProcessor:
        nlg = TemplatedNaturalLanguageGenerator({})
        processor = InProcessProcessor(
            model_path=model,
            tracker_store=tracker_store,
            lock_store=self._locks,
            generator=nlg,
            action_endpoint=self._actions,
        )
        tracker_store.domain = processor.domain
        nlg.responses = processor.domain.responses
        return processor

    async def exchange(self, model: Path) -> None:
        """Answer with another model, or with this one read anew, from the next message on.

        Meanwhile, and for messages that are under way, the old one answers; conversations go on where they are.
        """
        self.processor = await asyncio.to_thread(self._loaded, model, self.processor.tracker_store)

    async def answer(self, sender_id: str, text: str) -> List[Dict[str, Any]]:
        """Messages for one turn, in the form of Rasa's REST channel; one turn at a time for each sender."""
        channel = CollectingOutputChannel()
        async with self._locks.lock(sender_id):
            own_content.refresh()
            await self.processor.handle_message(UserMessage(_typed(text), channel, sender_id))
        return channel.messages

    async def parse(self, text: str) -> Dict[str, Any]:
        """What the understanding makes of a text: intent, ranking, entities."""
        return await self.processor.parse_message(UserMessage(_typed(text)))


def _typed(text: str) -> str:
    """Rasa strips a message and then obeys a leading slash; only a text that begins with one is a payload."""
    return text if text.startswith(INTENT_MESSAGE_PREFIX) else text.strip().lstrip(INTENT_MESSAGE_PREFIX + " ")
