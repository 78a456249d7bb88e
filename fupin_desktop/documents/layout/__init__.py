"""What a filled form says, settled into pages of placed text and into one grid, before anything is drawn."""
