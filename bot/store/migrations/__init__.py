"""How a database, empty or older, comes to have the tables of `bot.store.db.schema`."""
