"""A field for an exact decimal with arrows, and a slider beside it; no binary float on the way."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QAbstractSpinBox, QSlider, QWidget

from fupin_desktop.domain.numbers import parse_number
from fupin_desktop.domain.text import clean
from fupin_desktop.override import override
from fupin_desktop.ui.widgets.boxes import hbox

ZERO = Decimal(0)
_PER_CENT = 100
_WIDEST = 300
_LONGEST = 12
"""Digits before the point; longer numbers are no amounts."""


class DecimalSpin(QAbstractSpinBox):
    """A decimal not below 0.

    Signals:
        value_changed: The value is another one.
    """

    value_changed = Signal()

    def __init__(
        self, value: Decimal, *, step: Decimal = Decimal(10), places: int = 2, most: Decimal | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._value, self._step, self._most = value, step, most
        self._unit = Decimal(1).scaleb(-max(places, _places(value)))
        self.lineEdit().setAlignment(Qt.AlignmentFlag.AlignRight)
        self.lineEdit().textEdited.connect(self._typed)
        self.editingFinished.connect(self._show)
        self._show()

    @property
    def value(self) -> Decimal:
        """The value."""
        return self._value

    def set_value(self, value: Decimal) -> None:
        """Take a value, rounded to the places shown (those of the first value at least) and kept within bounds."""
        kept = self._bounded(value)
        if kept != self._value:
            self._value = kept
            self._show()
            self.value_changed.emit()

    def _bounded(self, value: Decimal) -> Decimal:
        kept = max(ZERO, value.quantize(self._unit))
        return kept if self._most is None else min(kept, self._most)

    def _show(self) -> None:
        with QSignalBlocker(self.lineEdit()):
            self.lineEdit().setText(_shown(self._value))

    def _typed(self, text: str) -> None:
        try:
            value = self._bounded(parse_number(text, "").value)
        except ValueError:
            return
        if value != self._value:
            self._value = value
            self.value_changed.emit()

    # ---- Qt's spin box ----
    @override
    def stepBy(self, steps: int) -> None:
        """Arrows and wheel."""
        self.set_value(self._value + self._step * steps)

    @override
    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """Whether an arrow leads anywhere."""
        found = QAbstractSpinBox.StepEnabledFlag.StepNone
        if self._most is None or self._value < self._most:
            found |= QAbstractSpinBox.StepEnabledFlag.StepUpEnabled
        return found | QAbstractSpinBox.StepEnabledFlag.StepDownEnabled if self._value > ZERO else found

    @override
    def validate(self, text: str, place: int) -> object:
        """Digits and one point; what is half typed may stand."""
        state = QValidator.State
        typed = clean(text).replace(",", "")
        whole = typed.partition(".")[0]
        good = (typed.replace(".", "", 1).isdecimal() and len(whole) <= _LONGEST) or typed in ("", ".")
        return (state.Acceptable if good and typed not in ("", ".") else state.Intermediate if good else state.Invalid,
                text, place)


class Turner(QWidget):
    """A decimal with a slider from 0 to three times its first value.

    Signals:
        value_changed: The value is another one.
    """

    value_changed = Signal()

    def __init__(self, value: Decimal, *, share: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = value
        step = Decimal("0.01") if share else max(Decimal(1), (value / 20).quantize(Decimal(1)))
        self.spin = DecimalSpin(value, step=step, places=4 if share else 2, most=Decimal(1) if share else None)
        self.spin.setFixedWidth(120)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName("拖动调整")
        widest = int(_PER_CENT / value) if share and value > 0 else _WIDEST
        self.slider.setRange(0, widest)
        self.slider.setValue(_PER_CENT)
        self.slider.setEnabled(value > ZERO)
        self.slider.setMinimumWidth(96)
        hbox((self.slider, 1), self.spin, on=self, margins=0)
        self.slider.valueChanged.connect(self._slid)
        self.spin.value_changed.connect(self._spun)

    @property
    def value(self) -> Decimal:
        """The value."""
        return self.spin.value

    def reset(self) -> None:
        """Back to the first value."""
        self.spin.set_value(self._first)

    def _slid(self, per_cent: int) -> None:
        self.spin.set_value(self._first * per_cent / _PER_CENT)
        self._show(per_cent)  # a value rounded to the places shown does not turn the slider back

    def _spun(self) -> None:
        if self._first > ZERO:
            self._show(round(self.spin.value * _PER_CENT / self._first))
        self.value_changed.emit()

    def _show(self, per_cent: int) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(per_cent)


def _shown(value: Decimal) -> str:
    """In groups of three, without the noughts that a step leaves behind the point: 186,000, 0.5, 96."""
    whole, _point, rest = f"{value:,f}".partition(".")
    return f"{whole}.{rest.rstrip('0')}".rstrip(".")


def _places(value: Decimal) -> int:
    """Digits behind the point of a value as it was given."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
