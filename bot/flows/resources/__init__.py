"""Who helps beside the lessons: a catalogue with filters."""
