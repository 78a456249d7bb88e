"""The numbers of a village are read as counts are everywhere."""

from __future__ import annotations

import pytest

from fupin_desktop.services import villages
from fupin_desktop.ui.dialogs.village import VillageDialog
from fupin_desktop.ui.shell import Shell


def typed(shell: Shell, text: str) -> tuple[VillageDialog, str]:
    key = villages.all(shell.bench)[0].key
    dialog = VillageDialog(shell, key)
    dialog.fields["total_households"].setText(text)
    dialog.save()
    return dialog, key


@pytest.mark.parametrize(("text", "count"), [("9,999", 9999), ("９８００户", 9800), ("9999.0", 9999), ("", None), ("无", None)])
def test_a_count_is_read_in_every_notation(shell: Shell, text: str, count: int | None) -> None:
    _dialog, key = typed(shell, text)
    found = villages.form(shell.bench, key)
    assert found is not None
    assert found.total_households == count


def test_what_is_no_count_is_told(shell: Shell) -> None:
    dialog, _key = typed(shell, "十二")
    assert dialog.fault.text() == "“总户数”应填写整数。"
