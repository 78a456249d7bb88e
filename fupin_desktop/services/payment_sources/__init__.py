"""The kinds of lists that payment batches pay: one file for each, with its ``SOURCE``."""
