"""The engine that lets a language model write."""
