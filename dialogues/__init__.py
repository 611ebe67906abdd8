"""What to do next: Rasa's domain, rules and stories as data, and the actions that join them to the knowledge.

`embedded.py` runs Rasa and the actions inside this process; `tracker_store.py` keeps conversations flat and durable.
"""
