"""Forms drawn in a spreadsheet program: the marks in their cells read, and a form definition made of them."""
