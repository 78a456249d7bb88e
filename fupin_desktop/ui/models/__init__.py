"""Qt item models over the office's operations."""
