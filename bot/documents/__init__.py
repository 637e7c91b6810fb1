"""Facts of what is handed over, and its making."""
