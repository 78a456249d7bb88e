"""入库项目公示: projects before they enter the pool."""

from __future__ import annotations

from fupin_desktop.services.notices.paper_type import notice_type

TYPE = notice_type("notice_pool", "入库项目公示", 70)
