"""Rasa adapters of `nlu/`: one component a file."""
