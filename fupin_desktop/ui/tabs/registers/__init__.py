"""The tab 农户台账: the registers as tables, typed into directly."""
