"""What the coach knows about selling; nothing of Telegram or Rasa.

`loader.py` reads and validates the YAML into the values of `models.py`; `advice.py` picks what to say to an objection;
`search.py` finds cards by meaning and words; `wording.py` fills open slots and cites sources.
"""
