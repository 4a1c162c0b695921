"""Parsers of command arguments: every word is understood, or UsageError is raised.

All functions are pure; `now`, the channel's zone and its topics are arguments.
"""
