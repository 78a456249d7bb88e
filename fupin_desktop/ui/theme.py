"""Colours and sizes of the window: light and high-contrast, text 小/中/大, filled into ``resources/style/app.qss``."""

from __future__ import annotations

import sys
from enum import StrEnum
from types import SimpleNamespace
from typing import NamedTuple

from PySide6.QtGui import QBrush, QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from fupin_desktop.paths import resources
from fupin_desktop.ui import fonts


class TextSize(StrEnum):
    """Size of the window's text; the value is what the settings file keeps."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"

    @property
    def label(self) -> str:
        """The word shown to the clerk."""
        return {"small": "小", "medium": "中", "large": "大"}[self.value]

    @property
    def points(self) -> float:
        """Base font size, pt."""
        return {"small": 10.5, "medium": 11.25, "large": 12.0}[self.value]


class Colours(SimpleNamespace):
    """One set of colours; each name can be used in the style sheet as ``@name``.

    No tuple with names: Python compiles the type of each of its fields, 1 ms of a start for these.
    """

    desk: str
    paper: str
    head: str
    border: str
    line: str
    control: str
    disabled: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_dark: str
    accent_mid: str
    accent_soft: str
    on_accent: str
    groove: str
    must: str
    must_soft: str
    principle: str
    principle_soft: str
    good: str
    good_soft: str
    info: str
    info_soft: str
    plain_soft: str


LIGHT = Colours(
    desk="#e8ebf0", paper="#ffffff", head="#f4f6f9", border="#d6dbe2", line="#e6e9ee", control="#b9c1cc",
    disabled="#6d7784",
    text="#1b2430", muted="#5f6b7a", faint="#667282",
    accent="#1b6b50", accent_dark="#14523d", accent_mid="#5aa588", accent_soft="#e1f0ea", on_accent="#ffffff",
    groove="#edf0f3",
    must="#ab2318", must_soft="#fdeae8", principle="#8f5200", principle_soft="#fcf2e0",
    good="#1c6e38", good_soft="#e4f4e9", info="#1c57a5", info_soft="#e4eefb", plain_soft="#eceff4",
)

CONTRAST = Colours(
    desk="#ffffff", paper="#ffffff", head="#ffffff", border="#000000", line="#000000", control="#000000",
    disabled="#6b6b6b",
    text="#000000", muted="#000000", faint="#1a1a1a",
    accent="#003d2a", accent_dark="#000000", accent_mid="#2f6f58", accent_soft="#c9f5e0", on_accent="#ffffff",
    groove="#ffffff",
    must="#8f0000", must_soft="#ffffff", principle="#5c3300", principle_soft="#ffffff",
    good="#00461d", good_soft="#ffffff", info="#00277a", info_soft="#ffffff", plain_soft="#ffffff",
)

TONES = ("must", "principle", "good", "info")


class Theme(NamedTuple):
    """What the clerk chose: text size and contrast."""

    size: TextSize = TextSize.SMALL
    contrast: bool = False

    @property
    def colours(self) -> Colours:
        """The colours of this theme."""
        return CONTRAST if self.contrast else LIGHT

    @property
    def lines(self) -> dict[str, int]:
        """Pixels that a text has in height: in a ``row`` of fields and buttons, as a ``line``, as a ``note``."""
        base, note = self.points() / 0.75, self.points("note") / 0.75
        return {"row": int(base * 1.7 + 1.2), "line": int(base * 1.5), "note": int(note * 1.5)}

    def points(self, role: str = "base") -> float:
        """Font size of a role (``note``, ``base``, ``title``, ``figure``) in pt; never below 9."""
        base = self.size.points
        return max(9.0, {"note": base - 1.5, "base": base, "title": base + 0.5, "figure": base * 1.75}[role])


STYLE = "fusion"

_SPI_GETHIGHCONTRAST, _HIGH_CONTRAST_ON = 0x42, 1

_current = Theme()


def current() -> Theme:
    """The theme in force."""
    return _current


def colour(name: str) -> QColor:
    """A colour of the theme in force by its name, e.g. ``accent``."""
    return QColor(getattr(_current.colours, name))


def brush(ink: QColor) -> QBrush:
    """A brush of a colour, out of a palette: other ways to make one make Qt's namespace, see ``widgets.traits``."""
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, ink)
    return palette.base()


def tone(name: str) -> tuple[QColor, QColor]:
    """Text and background colour of a tone: ``must``, ``principle``, ``good``, ``info`` or ``plain``."""
    if name in TONES:
        return colour(name), colour(f"{name}_soft")
    return colour("muted"), colour("plain_soft")


def font(role: str = "base", *, bold: bool = False) -> QFont:
    """A font of the theme in force, for painters."""
    made = QFont(QApplication.font())
    made.setPointSizeF(_current.points(role))
    made.setBold(bold)
    return made


def with_contrast_of_system(chosen: Theme) -> Theme:
    """The theme chosen, in high contrast where the whole system is."""
    return chosen._replace(contrast=chosen.contrast or _system_contrast())


def _system_contrast() -> bool:
    """Whether Windows' high contrast is on; other systems do not tell."""
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        class HighContrast(ctypes.Structure):
            _fields_ = [("size", wintypes.UINT), ("flags", wintypes.DWORD), ("scheme", wintypes.LPWSTR)]

        found = HighContrast(size=ctypes.sizeof(HighContrast))
        told = ctypes.windll.user32.SystemParametersInfoW(
            _SPI_GETHIGHCONTRAST, found.size, ctypes.byref(found), 0
        )
        return bool(told and found.flags & _HIGH_CONTRAST_ON)
    return False


def apply(app: QApplication, theme: Theme) -> None:
    """Put a theme on the whole application, whose style is ``STYLE``; one that it bears already restyles nothing."""
    global _current
    if theme == _current and app.styleSheet():
        return
    _current = theme
    fonts.put(app, fonts.base_font(theme.points()))
    app.setPalette(_palette(theme.colours))
    app.setStyleSheet(style_sheet(theme))
    fonts.put_back(app)  # on Windows a new sheet brings the system's own fonts of menus and messages back


def style_sheet(theme: Theme) -> str:
    """The style sheet with the theme's colours and sizes filled in."""
    values = dict(vars(theme.colours))
    values |= {f"{role}_pt": f"{theme.points(role):g}pt" for role in ("note", "base", "title", "figure")}
    values |= {f"{name}_px": f"{pixels}px" for name, pixels in theme.lines.items()}
    values["icons"] = (resources() / "icons").as_posix()
    text = (resources() / "style" / "app.qss").read_text(encoding="utf-8")
    for name in sorted(values, key=len, reverse=True):  # ``accent_dark`` before ``accent``, with which it begins
        text = text.replace(f"@{name}", values[name])
    return text


def _palette(colours: Colours) -> QPalette:
    """Fusion's palette, so that what the style sheet leaves alone fits too."""
    roles = {
        QPalette.ColorRole.Window: colours.desk, QPalette.ColorRole.Base: colours.paper,
        QPalette.ColorRole.AlternateBase: colours.head, QPalette.ColorRole.Button: colours.paper,
        QPalette.ColorRole.Text: colours.text, QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.ButtonText: colours.text, QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.on_accent, QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.LinkVisited: colours.accent_dark, QPalette.ColorRole.PlaceholderText: colours.faint,
        QPalette.ColorRole.ToolTipBase: colours.paper, QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.Mid: colours.border, QPalette.ColorRole.Light: colours.paper,
    }
    palette = QPalette()
    for role, value in roles.items():
        palette.setColor(role, QColor(value))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.disabled))
    return palette
