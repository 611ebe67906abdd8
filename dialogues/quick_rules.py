"""Rasa's rules, found by an index: the decision is Rasa's own, only rules that cannot fit are not looked at.

Rasa compares every rule with the conversation at every prediction, some hundreds of them. A rule can fit only where its
last state has the conversation's previous action and, where it asks for one, the intent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any, List, Optional, Set

from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.graph import ExecutionContext, GraphNodeHook, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import PREVIOUS_ACTION, USER
from rasa.shared.nlu.constants import INTENT

State = Mapping[str, Mapping[str, Any]]


class QuickRules(RulePolicy):
    """Of a trained model only: its rules do not change any more."""

    def _get_possible_keys(self, lookup: dict[str, str], states: Sequence[State]) -> Set[str]:
        index = self._index(lookup)
        previous, intent = _mark(states[-1])
        near = {*index[previous, intent], *index[previous, None]}
        possible: Set[str] = super()._get_possible_keys({key: lookup[key] for key in near}, states)
        return possible

    def _index(self, lookup: dict[str, str]) -> defaultdict[tuple[Hashable, Hashable], list[str]]:
        """Rules by what their last state must find; made at the first need."""
        indexes: dict[int, Any] = self.__dict__.setdefault("_indexes", {})
        if id(lookup) not in indexes:
            made: defaultdict[tuple[Hashable, Hashable], list[str]] = defaultdict(list)
            for key in lookup:
                made[_mark(self._rule_key_to_state(key)[-1])].append(key)
            indexes[id(lookup)] = made
        return indexes[id(lookup)]


class QuickRunner(DaskGraphRunner):
    """Runs a trained model with `QuickRules` in the place of Rasa's rules."""

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: Optional[List[GraphNodeHook]] = None,
    ) -> DaskGraphRunner:
        nodes = {
            name: replace(node, uses=QuickRules) if node.uses is RulePolicy else node
            for name, node in graph_schema.nodes.items()
        }
        return super().create(GraphSchema(nodes), model_storage, execution_context, hooks)


def _mark(state: State) -> tuple[Hashable, Hashable]:
    """Previous action and intent of a state; None for what it does not say, and both None at a conversation's start."""
    previous = state.get(PREVIOUS_ACTION)
    return (tuple(previous.items()), state.get(USER, {}).get(INTENT)) if previous else (None, None)
