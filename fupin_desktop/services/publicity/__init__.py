"""How far the publicity (公示) of something has come, asked by all that must not happen before its time."""
