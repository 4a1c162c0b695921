"""Cleaning of untrusted bytes and text."""
