"""表彰公示: who is to be commended."""

from __future__ import annotations

from fupin_desktop.services.notices.paper_type import notice_type

TYPE = notice_type("notice_commendation", "表彰公示", 75)
