"""The practical task of a module: away from the chat, noted with a day, shown to a counsellor."""
