"""The named operations of the office, one module per noun."""
