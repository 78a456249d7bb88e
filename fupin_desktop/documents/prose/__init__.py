"""Running text on paper: headings, paragraphs, lists, tables, examples and pictures, as the manual has them."""
