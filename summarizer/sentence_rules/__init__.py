"""Rules on single sentences: which can stand alone, and which belong to the page."""
