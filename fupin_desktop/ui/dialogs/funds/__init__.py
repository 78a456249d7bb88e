"""Dialogs about fund sources and the entries of the ledger."""
