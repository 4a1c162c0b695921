"""Which topics a text is about."""
