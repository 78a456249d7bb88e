"""The button of a paper, with what can be done with it."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QPushButton

from fupin_desktop.ui.paper_actions import PaperActions
from fupin_desktop.ui.widgets.labels import button


def paper_button(text: str, papers: PaperActions) -> QPushButton:
    """A button whose menu previews, prints and saves a paper."""
    made = button(text)
    menu = QMenu(made)
    for word, act in (
        ("预览…", papers.preview), ("打印…", papers.print), ("PDF…", papers.save_pdf), ("xlsx…", papers.save_xlsx),
    ):  # fmt: skip
        menu.addAction(word, act)
    made.setMenu(menu)
    return made
