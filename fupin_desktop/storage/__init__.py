"""The data file: entities, session, migrations, change log, backups and lock."""
