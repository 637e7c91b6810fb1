"""Questions from other programs and to them: GIFT and Moodle XML, in and out.

A file is read into `Asked`, which has the shape of Moodle's questions; `cards.exchange.ours` turns
these into questions of ours and back, `cards.exchange.deck_markdown` into a file that an author
goes on writing. Whatever finds no place is named with its line.
"""
