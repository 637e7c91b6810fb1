"""Staff record cards in the chat; a second person hears each one before learners do."""
