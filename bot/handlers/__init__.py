"""What comes in from Telegram, one kind of update a file."""
