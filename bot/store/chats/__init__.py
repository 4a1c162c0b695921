"""Channels, their subscriptions and what they were told."""
