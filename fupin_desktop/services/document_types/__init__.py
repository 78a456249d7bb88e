"""The types of documents: one file for each form, named like it, with its ``TYPE``."""
