"""Sources are looked at when they are due: asked, read, stored. What to do is decided elsewhere."""
