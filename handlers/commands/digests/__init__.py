"""Commands about the digests of a chat."""
