"""Text into lines, lines into a PDF: scripts, fonts, archive form."""
