"""Fonts on the screen: the system's Chinese font where there is one, the bundled ones where not or for rare characters.

The bundled fonts are large, so each is loaded only when a text needs it; loaded fonts join the fallback chain at once.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QApplication

from fupin_desktop.paths import resources

PREFERRED = ("Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "SimSun")
BUNDLED = (("FpHei.ttf", "FP Hei"), ("FpSong.ttf", "FP Song"), ("FpRare.ttf", "FP Rare"))

# Windows gives each of these a font of its own, small and without Chinese, whatever the application's font is.
_OWN_FONTS = (
    "QMenu", "QMenuBar", "QMessageBox", "QTipLabel", "QStatusBar", "QAbstractItemView", "QListView",
    "QHeaderView", "QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QToolButton", "QComboBox",
    "QDockWidgetTitle", "QMdiSubWindowTitleBar",
)  # fmt: skip
_FIRST_HAN = 0x2E80
_OF_WINDOWS = ("msyh.ttc", "msyh.ttf", "simsun.ttc")
"""Files of the Chinese fonts that Windows has; Wine has none of them."""

_loaded: set[str] = set()
_shown: set[str] = set()


def engine_words() -> list[str]:
    """Words for the application, by which Qt draws as on Linux where a Windows has no Chinese font of its own.

    Windows draws its own fonts best. The bundled ones look alike either way, and Wine draws them ten times as slowly.
    """
    if sys.platform == "win32" and "QT_QPA_PLATFORM" not in os.environ:
        there = Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        if not any((there / name).is_file() for name in _OF_WINDOWS):
            return ["-platform", "windows:fontengine=freetype"]
    return []


def base_font(points: float) -> QFont:
    """The window's font at a size in pt, with the whole fallback chain named."""
    known = set(QFontDatabase.families())  # hasFamily() asks the system for other names of each, 1 ms a name on Linux
    chosen = [name for name in PREFERRED if name in known][:1]
    made = QFont()
    made.setFamilies([*chosen, *(family for _, family in BUNDLED)])
    made.setPointSizeF(points)
    if not chosen:
        _load("FpHei.ttf")
    return made


def put(app: QApplication, font: QFont) -> None:
    """Give the application a font, and the kinds of widget for which the system has one of its own."""
    app.setFont(font)
    for name in _OWN_FONTS:
        app.setFont(font, name)  # type: ignore[arg-type]  # it takes text alone, whatever its signature says


def put_back(app: QApplication) -> None:
    """Give the kinds of widget the application's font again where the system has given them its own.

    Windows does so when its look changes, and Qt does there when the application gets another style sheet.
    """
    font = app.font()
    if any(QApplication.font(name) != font for name in _OWN_FONTS):  # type: ignore[call-overload]
        put(app, font)


def ensure(text: str) -> None:
    """Make sure that every character of a text can be shown; call it with whatever goes on screen.

    Costs a set difference for characters met before, so it may be called for each window of rows.
    """
    new = {char for char in set(text) - _shown if ord(char) >= _FIRST_HAN}
    if not new:
        return
    for file, _ in BUNDLED:
        if not (missing := _missing(new)):
            break
        _load(file)
    else:
        missing = _missing(new)
    _shown.update(new - missing)


def can_show(text: str) -> bool:
    """Whether no character of a text would be drawn as an empty box with what is loaded now."""
    return not _missing(set(text))


def _missing(chars: set[str]) -> set[str]:
    # A fresh font: one that was used before a font was loaded may go on with the old chain.
    metrics = QFontMetrics(_fresh(QApplication.font()))
    return {char for char in chars if not metrics.inFontUcs4(ord(char))}


def _load(file: str) -> None:
    """Load a bundled font once and let what is already on screen use it."""
    if file in _loaded:
        return
    _loaded.add(file)
    if QFontDatabase.addApplicationFont(str(resources() / "fonts" / file)) < 0:
        return
    app = QApplication.instance()
    if isinstance(app, QApplication) and app.font().families():
        put(app, _fresh(app.font()))


def _fresh(like: QFont) -> QFont:
    """The same font made anew."""
    made = QFont(like.families())
    made.setPointSizeF(like.pointSizeF())
    return made
