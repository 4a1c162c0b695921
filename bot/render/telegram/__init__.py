"""Messages for Telegram."""
