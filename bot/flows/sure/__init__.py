"""How sure somebody is of what a module teaches, before and after it: for themselves alone."""
