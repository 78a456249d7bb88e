"""The two pictures of the setup, drawn in the program's own colours: beside the first page, and above the others."""

from __future__ import annotations

import os
from pathlib import Path

from folder import TIME
from native import ICON, TITLE
from PIL import Image, ImageDraw, ImageFont
from wheels import ROOT

SIDE, HEAD = (164, 314), (150, 57)
"""The sizes that NSIS has room for, in pixels at 96 dpi."""
_FACE = ROOT / "resources" / "fonts" / "FpHei.ttf"
_UPPER, _LOWER, _PALE = (27, 107, 80), (20, 82, 61), (225, 240, 234)
_SUBTITLES = ("台账 · 奖补 · 申报", "公示 · 资金 · 季报")


def draw(folder: Path) -> dict[str, Path]:
    """Draw both; the same bytes each time, and of the same moment, which NSIS keeps beside them.

    Args:
        folder: Where they are written.

    Returns:
        The files by what NSIS calls them, ``WELCOME`` and ``HEADER``.
    """
    made = {"WELCOME": folder / "welcome.bmp", "HEADER": folder / "header.bmp"}
    _side().save(made["WELCOME"])
    _head().save(made["HEADER"])
    for path in made.values():
        os.utime(path, (TIME, TIME))
    return made


def _icon(size: int) -> Image.Image:
    with Image.open(ICON.with_suffix(".png")) as picture:
        return picture.convert("RGBA").resize((size, size), Image.Resampling.LANCZOS)


def _side() -> Image.Image:
    width, height = SIDE
    picture = Image.new("RGB", SIDE)
    pen = ImageDraw.Draw(picture)
    for y in range(height):
        pen.line([(0, y), (width, y)], fill=_between(y / (height - 1)))
    icon = _icon(96)
    picture.paste(icon, ((width - 96) // 2, 44), icon)
    _middle(pen, 156, TITLE, 19, "white")
    for number, line in enumerate(_SUBTITLES):
        _middle(pen, 192 + 20 * number, line, 12, _PALE)
    return picture


def _between(share: float) -> tuple[int, int, int]:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(_UPPER, _LOWER, strict=True))
    return red, green, blue


def _middle(pen: ImageDraw.ImageDraw, y: int, text: str, size: int, colour: str | tuple[int, int, int]) -> None:
    face = ImageFont.truetype(str(_FACE), size)
    pen.text(((SIDE[0] - pen.textlength(text, font=face)) / 2, y), text, font=face, fill=colour)


def _head() -> Image.Image:
    picture = Image.new("RGB", HEAD, "white")
    icon = _icon(44)
    picture.paste(icon, (HEAD[0] - 44 - 8, (HEAD[1] - 44) // 2), icon)
    return picture
