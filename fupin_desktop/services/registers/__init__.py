"""The editable registers (农户台账): households, planting and breeding items, persons."""
