"""Decides which events of a day are news on a topic, in which order, and by which words."""
