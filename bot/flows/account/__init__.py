"""Language, connected phones and pages, privacy: what belongs to one person."""
