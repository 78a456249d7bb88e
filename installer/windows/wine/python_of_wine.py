"""For tests under Wine 8 only, never handed out: what Python asks of Windows 10 and Wine 8 has not.

It lies there as ``sitecustomize``, which Python loads at its start.
"""

import _winapi

# shutil.copy2 asks for it, and a function that Wine lacks ends the process; without it files are copied as elsewhere.
del _winapi.CopyFile2
