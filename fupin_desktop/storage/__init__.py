"""The data file: entities, the store, the change log, backups. The only layer that defines SQL tables."""
