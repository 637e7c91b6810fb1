"""The track for employers: a link, a checklist, a paper for an organisation."""
