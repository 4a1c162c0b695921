"""The JSON API: what the pages show, for programs; it reads only."""
