"""The line above the award table while a scheme is published: which calculation is shown, and what would differ now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fupin_desktop.services.awards import ComparedRow, StoredRun
from fupin_desktop.ui.widgets.boxes import hbox
from fupin_desktop.ui.widgets.labels import label, link, say


class PostedBar(QWidget):
    """Hidden while the calculation shown is that of the register as it is now.

    Signals:
        differences_asked: The households that would get something else now are to be shown.
        list_asked: The posted list is to be corrected by the calculation as it would be now.
        correction_asked: A corrected scheme is to be made beside the posted one.
    """

    differences_asked = Signal()
    list_asked = Signal()
    correction_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = label("", "strong", wrap=True)
        self.differences = link("看差异…", self.differences_asked.emit)
        self.list = link(
            "更正名单…", self.list_asked.emit, tip="台账或验收数量错的：保存现在的测算，到“公示备案”张贴更正公示"
        )
        self.correction = link(
            "另拟更正方案…", self.correction_asked.emit, tip="方案错的：照抄为新的一份，重新议定、测算和公示"
        )
        hbox((self.text, 1), self.differences, self.list, self.correction, on=self, margins=(12, 0, 12, 8), spacing=12)
        self.hide()

    def show_differing(self, posted: StoredRun | None, differing: Sequence[ComparedRow]) -> None:
        """Tell how many posted awards the register would change now."""
        self.setVisible(posted is not None)
        if posted is None:
            return
        now = f"按现在的台账重算，有 {len(differing)} 户不同" if differing else "按现在的台账重算，逐户相同"
        say(self.text, f"这里是 {posted.at:%Y-%m-%d %H:%M} 测算、已经公示的结果，不再改动；{now}。")
        self.differences.setVisible(bool(differing))
        self.list.setVisible(bool(differing))
        self.correction.setVisible(bool(differing))
