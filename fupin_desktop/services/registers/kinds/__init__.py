"""One module for each register of the office; its ``REGISTER`` describes it."""
