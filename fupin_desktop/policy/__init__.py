"""Policy parameters with citations, award schemes, their calculation and checks; standard library alone."""
