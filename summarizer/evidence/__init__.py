"""Is a bullet proved by what it cites?"""
