"""A paper packed for another process is the same file, and a sign it cannot print is told of in the same words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fupin_desktop.documents.definition.loader import usable_form
from fupin_desktop.documents.drawing.pdf import pdf_bytes
from fupin_desktop.documents.packed_paper import Packed, pack, packed_pdf
from fupin_desktop.errors import MissingGlyph
from fupin_desktop.paths import forms
from fupin_desktop.services.document_types.award_working import AwardWorking
from tests.documents.papers import award_working_form, household, working


def packed(paper: AwardWorking) -> Packed:
    return Packed("award_working", None, pack(usable_form("award_working"), paper), paper.made_on, paper.draft, "脚注")


@pytest.mark.parametrize("draft", [False, True])
def test_the_file_is_the_same(draft: bool):
    paper = replace(working(*(household(f"吴{at}", at % 9) for at in range(450))), draft=draft)
    assert packed_pdf(packed(paper)) == pdf_bytes(award_working_form(paper).stamped("脚注"))


def test_a_household_with_a_sign_of_no_font_is_named():
    paper = working(household())
    paper = replace(paper, households=(household()._replace(record="低岭村 甲", reason="字\ue863"),))
    with pytest.raises(MissingGlyph) as here:
        award_working_form(paper)
    with pytest.raises(MissingGlyph) as there:
        packed_pdf(packed(paper))
    assert str(there.value) == str(here.value)
    assert "低岭村 甲" in str(here.value)


def test_an_own_form_is_used(tmp_path: Path):
    text = (forms() / "award_working" / "form.toml").read_text(encoding="utf-8").replace("（逐户）", "（我县）")
    folder = tmp_path / "award_working"
    folder.mkdir()
    (folder / "form.toml").write_text(text, encoding="utf-8")
    paper = working(household())
    own = packed(paper)._replace(forms=tmp_path)
    assert packed_pdf(own) != packed_pdf(packed(paper))
