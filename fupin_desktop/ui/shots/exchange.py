"""Pictures of the dialogs of 数据交换."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

if TYPE_CHECKING:
    from fupin_desktop.ui.main_window import MainWindow


def hand_out(window: MainWindow) -> QDialog:
    """A stick is plugged in, and the quarter's tables are ticked."""
    from pathlib import Path

    from fupin_desktop.services.exchange.model import Drive
    from fupin_desktop.ui.exchange.hand_out import HandOutDialog

    stick = Drive(Path("E:\\"), "KINGSTON", 12_400_000_000, "FAT32")
    dialog = HandOutDialog(window.shell, frozenset({"register:households"}), "第四季度报送", lambda: [stick])
    dialog.receiver.setCurrentText("吴川市扶贫办")
    return dialog


def carried(window: MainWindow) -> QDialog:
    """All of it is on the stick."""
    from pathlib import Path

    from fupin_desktop.domain.exchange import HandoverKind
    from fupin_desktop.services.exchange.outgoing import Carried
    from fupin_desktop.services.handovers import Handed
    from fupin_desktop.services.workbench import Change
    from fupin_desktop.ui.exchange.hand_out import CarriedDialog

    folder = "20261121_塘㙍镇扶贫办_第四季度报送(内部资料)"
    handed = Handed(
        1, 2026, HandoverKind.STICK, "第四季度报送", "吴川市扶贫办", "", window.shell.today, "", "", folder, "", ()
    )
    told = f"18 个文件 1.5 MB 已写到“{folder}”，逐个读回核对一致。可以安全拔出U盘。"
    change = Change("", "", frozenset(), (), "")
    return CarriedDialog(window.shell, Carried(Path("E:\\") / folder, handed, told, change))


def package(window: MainWindow) -> QDialog:
    """Everything for a new computer."""
    from pathlib import Path

    from fupin_desktop.services.exchange.model import Drive
    from fupin_desktop.ui.exchange.package import PackageDialog

    dialog = PackageDialog(window.shell, lambda: [Drive(Path("E:\\"), "KINGSTON", 12_400_000_000, "exFAT")])
    dialog.receiver.setText("新电脑")
    return dialog


def successor(window: MainWindow) -> QDialog:
    """A new clerk, and what is open."""
    from fupin_desktop.ui.exchange.successor import SuccessorDialog

    dialog = SuccessorDialog(window.shell)
    dialog.successor.setText("王小芳")
    return dialog


PICTURES = {
    "dialog_hand_out": hand_out, "dialog_carried": carried, "dialog_package": package, "dialog_successor": successor,
}  # fmt: skip
