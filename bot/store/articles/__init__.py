"""Articles, stories and search."""
