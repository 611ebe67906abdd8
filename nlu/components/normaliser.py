"""First component of the pipeline: every text in its normal form, in training and in use."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.language import normalise


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class Normaliser(GraphComponent):
    """Full-width, traditional script, emoji, stretched characters and spaces, so that nothing after it sees them.

    A button's payload (`/intent{…}`) stays as it is; Rasa reads it after the pipeline.
    """

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Normaliser:
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            if message.get(TEXT) and not message.get(TEXT).startswith(INTENT_MESSAGE_PREFIX):
                # Nothing typed may turn into a button's payload, for example a full-width slash.
                text = normalise(message.get(TEXT)).lstrip(INTENT_MESSAGE_PREFIX + " ")
                message.set(TEXT, text or message.get(TEXT), add_to_output=True)
        return messages
