"""The editor of an award scheme, page by page."""
