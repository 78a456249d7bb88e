"""Fonts and renderers: settled pages and grids as PDF and xlsx."""
