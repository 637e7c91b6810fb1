"""Papers for work: a CV, a letter, a skills profile, made of tapped answers."""
