"""Printing through the system's print dialog: what is printed is the PDF."""
