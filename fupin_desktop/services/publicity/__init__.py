"""Publicity (公示): notices of any kind, where they hang, objections, the result, and the filing that ends it."""
