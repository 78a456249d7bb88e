"""Reading a raw cell into an exact value, one reader a kind of value; what is wrong with the cell comes beside it.

A raw cell is a text that somebody typed or pasted, or whatever a workbook holds. The readers know nothing of fields,
registers or forms: they are told what the value is called. ``services.values`` puts them to the fields of a record,
``documents.filling`` to those of a paper, so that one text means one value everywhere in the program.
"""
