"""Pairs of a learner and a mentor: proposed by a counsellor, begun with two yeses, ended by one."""
