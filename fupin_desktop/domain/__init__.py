"""Value types and small rules of the trade; standard library alone."""
