"""The typefaces that papers are set in: which characters each has, and how wide they are."""
