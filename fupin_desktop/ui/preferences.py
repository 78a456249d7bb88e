"""What this PC remembers between starts: the data folder, the text size, the window's place.

Kept in a small TOML file per user, beside no personal data: one key with a JSON value a line, which is TOML too and
needs no parser at the start. What is damaged in it, or missing, is at its default; the other lines count as ever: who
loses the size of a dialog must not lose the way to the data.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from fupin_desktop.paths import on_this_stick, rename, settings_file

if TYPE_CHECKING:
    from fupin_desktop.ui.theme import Theme

_SMALL = "small"


class Preferences(SimpleNamespace):
    """The remembered choices of one user of this PC.

    Attributes:
        data_folder: The office's data folder; empty before the first start.
        text_size: Code of ``TextSize``.
        contrast: Whether the high-contrast colours are used.
        last_folder: Folder of the last file dialog.
        geometry: The window's place and size as Qt writes it, base64.
        register_columns: Columns and widths of the register tables, JSON.
        fine_print: Whether pages are sent to the printer at the fine resolution.
        recent: Paths of the files chosen last, JSON.
        dialog_sizes: Sizes that the clerk gave to dialogs, JSON.
        handed_to: Stick or folder that something was handed out to last.
        lock_after: Minutes without a key or click after which encrypted data are locked; 0 for never.

    No dataclass: what those are made with reads source code, and takes longer to load than all the settings.
    """

    data_folder: str
    text_size: str
    contrast: bool
    last_folder: str
    geometry: str
    register_columns: str
    fine_print: bool
    lock_after: int
    recent: str
    dialog_sizes: str
    handed_to: str

    def __init__(
        self, data_folder: str = "", text_size: str = _SMALL, contrast: bool = False, last_folder: str = "",
        geometry: str = "", register_columns: str = "", fine_print: bool = False, lock_after: int = 10,
        recent: str = "", dialog_sizes: str = "", handed_to: str = "",
    ) -> None:
        super().__init__(
            data_folder=data_folder, text_size=text_size, contrast=contrast, last_folder=last_folder,
            geometry=geometry, register_columns=register_columns, fine_print=fine_print, lock_after=lock_after,
            recent=recent, dialog_sizes=dialog_sizes, handed_to=handed_to,
        )

    @property
    def sizes(self) -> dict[str, tuple[int, int]]:
        """Sizes of dialogs by name; none where what was kept is damaged."""
        try:
            found = json.loads(self.dialog_sizes) if self.dialog_sizes else {}
            return {str(name): (int(wide), int(high)) for name, (wide, high) in found.items()}
        except (ValueError, TypeError, AttributeError, OverflowError):
            return {}

    @property
    def theme(self) -> Theme:
        """The theme these choices ask for."""
        from fupin_desktop.ui.theme import TextSize, Theme  # not before Qt is wanted

        known = {size.value for size in TextSize}
        return Theme(TextSize(self.text_size) if self.text_size in known else TextSize.SMALL, self.contrast)


def load(path: Path | None = None) -> Preferences:
    """Read the remembered choices; what cannot be read is left at its default."""
    try:
        # At ends of lines alone: a name may hold U+0085 or U+2028, where splitlines() would tear it.
        lines = (path or settings_file()).read_bytes().split(b"\n")
    except OSError:
        return Preferences()
    found = Preferences(**_known(dict(filter(None, map(_choice, lines)))))
    found.data_folder = on_this_stick(found.data_folder)
    return found


def save(preferences: Preferences, path: Path | None = None) -> bool:
    """Write the choices beside and rename.

    Returns:
        False where the PC does not let us; the choices then last until the window is closed.
    """
    target = path or settings_file()
    lines = [f"{key} = {_toml(value)}" for key, value in vars(preferences).items()]
    beside = target.with_name(target.name + ".new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text("\n".join(lines) + "\n", encoding="utf-8")
        rename(beside, target)
    except OSError:
        return False
    return True


def _choice(line: bytes) -> tuple[str, Any] | None:
    """Key and value of a line; None where it holds none, or is damaged."""
    try:
        key, mark, value = line.decode().partition("=")
        return (key.strip(), json.loads(value)) if mark else None
    except (ValueError, RecursionError):
        return None


def _known(data: dict[str, Any]) -> dict[str, Any]:
    """Only the keys we know, with values of the right type."""
    kinds = {name: type(default) for name, default in vars(Preferences()).items()}
    return {key: value for key, value in data.items() if key in kinds and type(value) is kinds[key]}


def _toml(value: str | bool) -> str:
    """A TOML basic string or boolean; JSON's escapes are TOML's for all that can stand here."""
    return json.dumps(value, ensure_ascii=False)
