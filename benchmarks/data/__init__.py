"""Scripts that make data files of the bot from public data."""
