"""From a message's text to intent, entities, customer style and signal.

`classifier.py` is the statistical model, `entities.py` finds names and amounts, `components/` are their Rasa
adapters, `intents.yml` is the registry of intents, `data/` holds the training utterances.
"""
