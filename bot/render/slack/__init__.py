"""Messages for Slack."""
