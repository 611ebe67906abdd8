"""What to practise next: quiz questions, the daily set, the numbers behind them; no Rasa, no Telegram, no database."""
