"""Messengers. Each knows its own limits and nobody else does: parse what came, render what is said,
send it.
"""
