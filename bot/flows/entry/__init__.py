"""Where to begin: who one is, and a check that proposes a path."""
