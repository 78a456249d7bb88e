"""Carrying data to others (数据交换): chosen papers and lists to a stick, everything to another computer or clerk."""
