"""季度报表: the two quarterly tables, their days and collection sheets."""
