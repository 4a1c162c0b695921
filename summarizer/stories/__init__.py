"""Articles on one event, put together."""
