"""Commands about what a chat is told at once: watched words and followed stories."""
