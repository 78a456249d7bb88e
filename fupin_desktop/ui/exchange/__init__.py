"""Dialogs of 数据交换: to the stick, the package, the new clerk."""
