"""Slack in several workspaces, each of which installs the app on the bot's own page."""
