"""The seed's practices and tools, row by row, with the tests that show each."""
