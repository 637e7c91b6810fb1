"""One figure a file, run by `make bench`. These machines are noisy: what counts is the ratio of
things measured in one run.
"""
