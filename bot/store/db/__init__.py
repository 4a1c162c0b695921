"""The database: engine, schema, migration, locks."""
