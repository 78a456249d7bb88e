"""What is done with projects of the pool besides keeping their records."""
