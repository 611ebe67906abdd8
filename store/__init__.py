"""What must outlive a restart: SQLite through sqlite-utils, shared by `bot/` and `dialogues/`; no Rasa, no Telegram."""
