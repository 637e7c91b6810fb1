"""The bot in the terminal."""
