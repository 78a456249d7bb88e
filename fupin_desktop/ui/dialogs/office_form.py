"""The fields of the office: used by the first-start wizard and by the settings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from fupin_desktop.domain.regions import County, load_regions
from fupin_desktop.errors import Situation
from fupin_desktop.paths import resources
from fupin_desktop.services.offices import OfficeForm

PHONES = (
    ("objection_village", "村级监督电话"), ("objection_town", "镇(街)监督电话"),
    ("objection_county", "市(县)扶贫办电话"), ("objection_discipline", "纪检监察电话"),
)
REST = (("address", "办公地址"), ("board_place", "公示栏地点"))


class OfficeFields(QWidget):
    """County, town, name, clerk; with ``full`` also phones for objections, address, notice board.

    Signals:
        edited: Something was typed or chosen.
    """

    edited = Signal()

    def __init__(self, *, full: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counties = _regions()
        self._form = OfficeForm()
        self._named_by_hand = False
        self.county, self.town = self._combo([county.name for county in self._counties]), self._combo([])
        self.name, self.clerk = QLineEdit(), QLineEdit()
        self.name.setPlaceholderText("例如 塘㙍镇扶贫办")
        self.lines = {"name": self.name, "clerk": self.clerk}
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(9)
        layout.addRow("市(县、区)", self.county)
        layout.addRow("镇(街)", self.town)
        layout.addRow("单位名称", self.name)
        layout.addRow("经办人", self.clerk)
        for key, title in (*PHONES, *REST) if full else ():
            self.lines[key] = QLineEdit()
            layout.addRow(title, self.lines[key])
        self.county.currentTextChanged.connect(self._county_chosen)
        self.town.currentTextChanged.connect(self._town_chosen)
        self.name.textEdited.connect(self._name_typed)
        for line in self.lines.values():
            line.textChanged.connect(lambda _text: self.edited.emit())
        self._county_chosen(self.county.currentText())

    def set_form(self, form: OfficeForm) -> None:
        """Fill the fields."""
        self._form = form
        self._named_by_hand = bool(form.name)
        self.county.setCurrentText(form.county)
        self.town.setCurrentText(form.town)
        for key, line in self.lines.items():
            line.setText(getattr(form, key))

    def form(self) -> OfficeForm:
        """What is in the fields; codes from the list of places where the names are in it."""
        county = self._county()
        town = county.town(self.town.currentText().strip()) if county else None
        typed: dict[str, Any] = {key: line.text().strip() for key, line in self.lines.items()}
        return replace(
            self._form, county=self.county.currentText().strip(), county_code=county.code if county else "",
            town=self.town.currentText().strip(), town_code=town.code if town else "", **typed,
        )

    def complete(self) -> bool:
        """Whether what papers need is there."""
        form = self.form()
        return all((form.county, form.town, form.name, form.clerk))

    def _combo(self, names: list[str]) -> QComboBox:
        made = QComboBox()
        made.setEditable(True)
        line = made.lineEdit()
        assert line is not None
        line.setPlaceholderText("请选择，名单里没有的直接填写")
        made.addItems(names)
        return made

    def _county(self) -> County | None:
        wanted = self.county.currentText().strip()
        return next((county for county in self._counties if county.name == wanted), None)

    def _county_chosen(self, _name: str) -> None:
        county, before = self._county(), self.town.currentText()
        self.town.clear()
        self.town.addItems([town.name for town in county.towns] if county else [])
        self.town.setCurrentIndex(-1)  # no town is proposed: its name would be on every paper
        self.town.setEditText(before if county is None else "")
        self.edited.emit()

    def _town_chosen(self, name: str) -> None:
        """Propose the office's name after its town, until the clerk types another."""
        if not self._named_by_hand:
            self.name.setText(f"{name}扶贫办" if name else "")
        self.edited.emit()

    def _name_typed(self, text: str) -> None:
        self._named_by_hand = bool(text)


def _regions() -> tuple[County, ...]:
    """The counties offered; without the file of places everything can still be typed."""
    try:
        return load_regions(resources() / "regions")
    except Situation:
        return ()
