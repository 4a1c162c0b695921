"""The feeds of a channel's topics: what its digests told, for feed readers."""
