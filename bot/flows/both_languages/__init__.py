"""A card in two languages: that of the country, and one's own below it."""
