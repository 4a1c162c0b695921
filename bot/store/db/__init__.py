"""The database: engine, schema, migrations, locks."""
