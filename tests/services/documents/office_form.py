"""A form that the office alone has, and no type made for it: all there is of it is one ``form.toml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.services.documents.invented import FORM, VALUES

ROAD = "road_report"
TITLE = "机耕路建设申报表"
ROAD_VALUES: dict[str, Any] = {name: value for name, value in VALUES.items() if not name.startswith("pump")}


def road_text(**changes: str) -> str:
    """The form's text; keys of ``changes`` stand at its top, e.g. ``places``."""
    text = (FORM / "form.toml").read_text(encoding="utf-8")
    text = text.replace('id = "well_report"', f'id = "{ROAD}"').replace("灌溉井建设申报表", TITLE)
    text = text.replace(', bind = "well.litres"', "").replace("程序里没有这种表", "本单位自己的表")
    return text.replace("workbook = true\n", "".join(f'{key} = "{value}"\n' for key, value in changes.items()) + "workbook = true\n")


def put(data_folder: Path, text: str, form_id: str = ROAD) -> Path:
    """Put a form into a data folder by hand, as a clerk would in the file manager."""
    folder = data_folder / "forms" / form_id
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "form.toml").write_text(text, encoding="utf-8")
    return folder
