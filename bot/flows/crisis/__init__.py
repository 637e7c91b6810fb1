"""Words of crisis: a card that says where help is. Nothing is kept, nobody is told unasked."""
