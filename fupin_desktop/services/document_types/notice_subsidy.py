"""贷款贴息公示: subsidies of interest."""

from __future__ import annotations

from fupin_desktop.services.notices.paper_type import notice_type

TYPE = notice_type("notice_subsidy", "贷款贴息公示", 74)
