"""Telegram, the local chat and the command line; nothing of sales.

The path of one message, file by file:

1. `handlers/messages.py` takes the update (`handlers/buttons.py` a pressed button, `handlers/commands.py` a command,
   `handlers/votes.py` a vote on a quiz),
2. `conversation.py` notes the person and asks the engine,
3. `engine.py` hands the text to Rasa, in this process or over HTTP,
4. Rasa understands it (`nlu/`), decides (`dialogues/rules`) and runs an action (`dialogues/actions/`),
5. the action looks up `knowledge/`, notes the question in `store/` and utters a reply of `dialogues/domain/`,
6. `rendering.py` turns the reply into texts and keyboards within Telegram's limits, `pictures/` draws, `sending.py`
   sends.
"""
