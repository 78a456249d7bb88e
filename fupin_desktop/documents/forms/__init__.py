"""Forms as data: their definition, its strict reading, and the filling with values."""
