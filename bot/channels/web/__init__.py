"""The bot as a web page: no script, no cookie."""
