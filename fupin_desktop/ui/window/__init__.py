"""The window around the tabs: its menus and what they do, its bars, and how it behaves."""
