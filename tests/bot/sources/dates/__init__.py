"""Tests of bot.sources.dates."""
