"""A counsellor's groups: making one, inviting, seeing who needs a call, writing, meeting, printing.
Only one's own groups.
"""
