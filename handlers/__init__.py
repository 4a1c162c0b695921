"""The commands that people type in a chat, and their answers."""
