"""Channels, their subscriptions, topics, briefings and told stories."""
