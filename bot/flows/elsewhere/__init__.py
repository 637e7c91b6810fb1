"""A moderated group outside of this service: offered on request, and never joined for anybody."""
