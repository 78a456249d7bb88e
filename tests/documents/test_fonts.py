"""The chain of faces: who draws what, what nobody draws."""

from __future__ import annotations

import shutil
import struct
import zlib
from pathlib import Path

import pytest
import uharfbuzz as hb

from fupin_desktop.documents.faces.fonts import FAMILIES, Face, NoGlyphError, chain, face, missing_glyph, printable
from fupin_desktop.documents.faces.outlines import Outlines
from fupin_desktop.paths import resources


def drawn_by(family: str, character: str) -> str:
    return chain(family).find(character)[0].name


@pytest.mark.parametrize("family", FAMILIES)
def test_each_family_draws_han_with_its_own_face(family: str) -> None:
    assert drawn_by(family, "贫") == FAMILIES[family]
    assert drawn_by(family, "㙍") == FAMILIES[family]


@pytest.mark.parametrize("character", "A7%,.（）“”¥")
def test_fangsong_takes_latin_and_brackets_from_song(character: str) -> None:
    assert drawn_by("fangsong", character) == "FpSong"


@pytest.mark.parametrize("character", ["𠅤", "䶮", "㛃", "𬭳"])
@pytest.mark.parametrize("family", FAMILIES)
def test_rare_names_are_drawn_in_every_family(family: str, character: str) -> None:
    found, glyph, advance = chain(family).find(character)
    assert glyph > 0
    assert advance == 1000
    assert found.glyph(character) == glyph


def test_the_last_face_draws_what_song_has_not() -> None:
    assert drawn_by("song", "\U0002a6a5") == "FpRare"


def test_a_character_of_no_face_is_named_with_its_code_point() -> None:
    with pytest.raises(NoGlyphError) as caught:
        chain("song").width("好\U0003134a")
    assert caught.value.character == "\U0003134a"
    told = missing_glyph("\U0003134a", "“低岭村 某某”的“户主”")
    assert "U+3134A" in str(told)
    assert "低岭村 某某" in str(told)


def test_an_empty_outline_is_no_glyph_but_a_blank_is_one() -> None:
    song = face("FpSong")
    assert song.glyph(" ") is not None
    assert song.glyph("\u3000") is not None
    assert song.glyph("\u200b") is None


@pytest.mark.parametrize(("typed", "same"), [("\uf900", "豈"), ("\u2f42", "文")])
def test_compatibility_ideographs_are_drawn_as_the_character_they_stand_for(typed: str, same: str) -> None:
    assert chain("song").find(typed) == chain("song").find(same)


def test_widths_are_sums_of_advances() -> None:
    song = chain("song")
    assert song.width("产业扶贫") == 4
    assert song.width("12") == pytest.approx(song.advances["1"] + song.advances["2"])
    assert song.width("") == 0


def test_printable_drops_what_has_no_shape_and_keeps_the_rest() -> None:
    assert printable("吴\u200b华\ufeff契\U000e0100\x07") == "吴华契"
    assert printable("一\t二\u00a0三\n四") == "一 二 三\n四"
    assert printable("豈") == "豈", "compatibility ideographs stay as typed"


@pytest.mark.parametrize("name", sorted({*FAMILIES.values(), "FpRare"}))
def test_a_subset_draws_the_same_glyphs_and_no_others(name: str) -> None:
    whole = face(name)
    glyphs = [glyph for character in "贫困户Ab1，、𠅤" if (glyph := whole.glyph(character)) is not None]
    program = whole.subset(glyphs)
    content = zlib.decompress(program.packed)
    assert len(content) == program.length < 20_000
    part = hb.Face(content)
    assert part.glyph_count == len(glyphs) + 1, "these and .notdef"
    assert part.upem == hb.Face(whole.path.read_bytes()).upem
    old, new = hb.Font(hb.Face(whole.path.read_bytes())), hb.Font(part)
    for at, glyph in enumerate([0, *glyphs]):
        assert new.get_glyph_extents(at) == old.get_glyph_extents(glyph)
        assert new.get_glyph_h_advance(at) == old.get_glyph_h_advance(glyph)
        assert drawn(new, at) == drawn(old, glyph)


def drawn(font: hb.Font, glyph: int) -> list[object]:
    """The strokes of a glyph."""
    pen: list[object] = []
    font.draw_glyph_with_pen(glyph, _Pen(pen))
    return pen


class _Pen:
    """Writes down what is drawn."""

    def __init__(self, seen: list[object]) -> None:
        self._seen = seen

    def moveTo(self, *points: object) -> None:
        self._seen.append(("move", points))

    def lineTo(self, *points: object) -> None:
        self._seen.append(("line", points))

    def qCurveTo(self, *points: object) -> None:
        self._seen.append(("curve", points))

    def curveTo(self, *points: object) -> None:
        self._seen.append(("cubic", points))

    def closePath(self) -> None:
        self._seen.append("close")


def test_a_composed_glyph_brings_its_parts() -> None:
    outlines = Outlines(face("FpFangSong").path)
    composed = next(at for at in range(outlines.count) if outlines.is_composed(at))
    program = outlines.font_file([composed])
    part = hb.Face(zlib.decompress(program.packed))
    assert part.glyph_count > 2
    whole = hb.Font(hb.Face(face("FpFangSong").path.read_bytes()))
    assert drawn(hb.Font(part), 1) == drawn(whole, composed)


def test_the_sums_of_a_font_file_are_right() -> None:
    content = zlib.decompress(face("FpSong").subset([face("FpSong").glyph("贫") or 0]).packed)
    assert len(content) % 4 == 0
    total = sum(struct.unpack(f">{len(content) // 4}I", content)) & 0xFFFFFFFF
    assert total == 0xB1B0AFBA


def test_fonts_can_lie_in_a_folder_with_a_chinese_name(tmp_path: Path) -> None:
    folder = tmp_path / "产业扶贫工作台"
    folder.mkdir()
    shutil.copy(resources() / "fonts" / "FpHei.ttf", folder)
    assert Face(folder / "FpHei.ttf").glyph("贫") == face("FpHei").glyph("贫")
