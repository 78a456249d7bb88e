"""Long trials of the program against whatever comes in: run by hand, with limits on time and memory."""
