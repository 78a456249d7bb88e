"""使用手册: its pages, search over all of them, the same as one PDF, and the quick start."""
