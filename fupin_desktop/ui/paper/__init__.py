"""The paper: forms on screen as they print, with entry fields in their cells."""
