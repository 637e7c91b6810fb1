"""Broadcasts: write in every language, choose who gets it and when, look at it, send it, watch it.
For admins.
"""
