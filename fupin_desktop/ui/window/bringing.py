"""A tab that is chosen on the strip comes to the front; one that was never seen is made first."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QTabBar

from fupin_desktop.ui.tabs.base import OfficeTab


class Bringer(QObject):
    """Brings the tabs of a strip to the front, with the keyboard.

    Making a tab takes its time and filling it takes its own: between the two the window does what else is asked.

    Args:
        strip: The strip, whose places are those of the keys.
        keys: Keys of the tabs, in order.
        made: The tabs there are, by key.
        make: Makes a tab.
        show: Shows one at once.
    """

    def __init__(
        self, strip: QTabBar, keys: tuple[str, ...], made: Mapping[str, OfficeTab],
        make: Callable[[str], OfficeTab], show: Callable[[str], OfficeTab],
    ) -> None:
        super().__init__(strip)
        self._strip, self._keys, self._made, self._make, self._show = strip, keys, made, make, show
        self._coming = -1
        strip.currentChanged.connect(self._follow)
        strip.tabBarClicked.connect(self.bring)

    def bring(self, place: int) -> None:
        """Bring the tab at a place to the front; nothing where there is none."""
        if not 0 <= place < len(self._keys):
            return
        if self._keys[place] in self._made:
            self._coming = -1
            self._show(self._keys[place]).take_keyboard()
            return
        self._coming = place
        self._strip.setCurrentIndex(place)
        QTimer.singleShot(1, self, lambda: self._arrive(place))  # 0 would let no key and no click in between
        self._make(self._keys[place])

    def _arrive(self, place: int) -> None:
        """Show a tab that was made, unless another was chosen meanwhile."""
        if place == self._coming == self._strip.currentIndex():
            self.bring(place)

    def _follow(self, place: int) -> None:
        """Another tab is in front on the strip: show it, unless it is on its way."""
        if place != self._coming:
            self._coming = -1
            self._show(self._keys[place])
