"""What translators save, read so that no file can stop anything: a slip is a sentence, what is
whole goes on.
"""
