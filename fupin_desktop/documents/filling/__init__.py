"""The values of a form: read from what is typed, checked, shown in its places."""
