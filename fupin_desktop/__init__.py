"""产业扶贫工作台: one township office's workbench for industry-based poverty alleviation."""

__version__ = "0.1.0"
RELEASED = 2026
"""Year of this version; a clock far from it is doubted."""
