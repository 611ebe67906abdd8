"""Rasa actions: one a file, named after what it does; sentences are in `dialogues/domain/`, content in `knowledge/`."""
