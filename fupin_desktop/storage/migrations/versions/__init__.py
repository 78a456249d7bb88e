"""One module for each version of the data file."""
