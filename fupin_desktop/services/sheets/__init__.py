"""The one reader of spreadsheets: containers read safely, heading finder, data rows without foot and totals."""
