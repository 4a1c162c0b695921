"""The local engine: sentences of the articles, chosen and shortened."""
