"""Pages of digests, stories and topics for readers, and of the bot's state for its operator."""
