"""Names that Windows takes."""

import pytest

from fupin_desktop.domain.file_names import LONGEST, clean, reserved


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("低岭村 公示 2026", "低岭村 公示 2026"),
        ('a\\b/c:d*e?f"g<h>i|j', "abcdefghij"),
        ("第一批. ", "第一批"),
        ("名册...", "名册"),
        (" 塘㙍镇\n名册\t", "塘㙍镇名册"),
        ("CON", "_CON"),
        ("con.2026", "_con.2026"),
        ("Lpt1 .old", "_Lpt1 .old"),
        ("console", "console"),
        ("名册\u00a0.\u3000", "名册"),
        ("con." + "长" * 200, "_con." + "长" * 115),
        ("???", "_"),
        ("", "_"),
    ],
)
def test_any_text_becomes_a_name(text, name):
    assert clean(text) == name
    assert not reserved(clean(text))


def test_the_ending_stays_and_a_long_name_is_cut():
    assert clean("公示", ".pdf") == "公示.pdf"
    assert clean("nul", ".xlsx") == "_nul.xlsx"
    name = clean("长" * 300, ".xlsx")
    assert len(name) == LONGEST
    assert name.endswith("长.xlsx")


@pytest.mark.parametrize("name", ["con", "PRN", "aux.txt", "COM1", "com¹", "lpt9.xlsx", " nul "])
def test_names_of_devices(name):
    assert reserved(name)


@pytest.mark.parametrize("name", ["com", "com10", "lpt", "context", "低岭村"])
def test_names_that_only_look_like_devices(name):
    assert not reserved(name)
