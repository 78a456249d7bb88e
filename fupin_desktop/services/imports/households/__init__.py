"""Lists of households: one row an entry, a household or a person, gathered into households and set against the data."""
