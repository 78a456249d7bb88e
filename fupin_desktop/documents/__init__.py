"""What a document says (settled pages) and how it is drawn as PDF and xlsx."""
