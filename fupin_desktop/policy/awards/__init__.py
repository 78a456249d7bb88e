"""The award calculation (奖补测算) of a scheme: every household's award with its working, exact to the 分.

The steps, their order and their rounding are written down in the manual, ``resources/manual/calculation.html``. Equal
input gives equal output, whatever the order of the households. ``calculator`` computes, ``solve`` searches a standard.
"""
