"""Notices (公示) of any kind: settled, posted, objected to, concluded, filed; ``publicity`` tells how far each is."""
