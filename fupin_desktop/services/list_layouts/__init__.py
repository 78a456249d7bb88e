"""Layouts of lists that other systems hand out and take, and what their columns say that no register holds."""
