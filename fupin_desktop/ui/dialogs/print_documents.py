"""批量打印: which documents, as how many jobs of the printer, and whether they leave the office."""

from __future__ import annotations

from PySide6.QtWidgets import QRadioButton, QWidget

from fupin_desktop.ui.dialogs.many_documents import AIR, ManyDocumentsDialog


class PrintDocumentsDialog(ManyDocumentsDialog):
    """Asks how many documents are printed; the printer's own dialog follows.

    Args:
        word: What such a document is called.
        chosen: Number of chosen documents.
        listed: Number of listed documents.
    """

    def __init__(self, word: str, chosen: int, listed: int, parent: QWidget | None = None) -> None:
        super().__init__("批量打印", "下一步…", word, chosen, listed, parent)
        self.apart = QRadioButton("每份一个打印任务 (可以随时取消，已打印的不重复)")
        self.together = QRadioButton("全部合成一个打印任务 (同一种纸的连着印，不会插进别人的文件)")
        self.apart.setChecked(True)
        self._groups.append(self._grouped(self.apart, self.together))
        note = "已批准的按批准时存档的原样打印；不合规定的带“草稿”字样。"
        self._lay_out(self.apart, self.together, AIR, self.copy, note=note)
