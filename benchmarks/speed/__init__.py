"""Time and memory, beside peers and as the store grows."""
