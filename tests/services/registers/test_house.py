"""No operation knows a register by name: what differs between registers stands in their descriptions."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import fupin_desktop
from fupin_desktop.services.registers import registry
from fupin_desktop.services.registers.columns import layout

ROOT = Path(fupin_desktop.__file__).parent
CONSTANTS = frozenset(name.upper() for name in registry.NAMES)
NAMED = re.compile(rf"\b({'|'.join(CONSTANTS)})\b")


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def compared(path: Path) -> list[str]:
    """Places where a register is compared with one that is named."""
    found = []
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)) if NAMED.search(text) else ():
        if isinstance(node, ast.Compare):
            names = {_name(side) for side in (node.left, *node.comparators)}
            same = any(isinstance(op, ast.Is | ast.IsNot | ast.Eq | ast.NotEq) for op in node.ops)
            if same and names & CONSTANTS and "kind" not in ast.unparse(node).lower():
                found.append(f"{path.name}:{node.lineno}")
    return found


def test_no_module_asks_whether_a_register_is_a_certain_one() -> None:
    paths = [path for path in ROOT.rglob("*.py") if path.parent.name != "kinds"]
    assert [place for path in paths for place in compared(path)] == []


def test_every_register_is_described_soundly() -> None:
    for register in registry.all():
        columns = layout(register)
        named = {key for group in register.layout.groups for key in group.columns}
        named |= set(register.layout.first) | {key for key, _word in register.layout.sums}
        named |= {one.column for filter_ in register.filters.values() for one in filter_.conditions}
        assert named <= columns.keys(), register
        required = {key for key, column in columns.items() if column.info.required and column.info.editable}
        assert required <= {key for group in register.layout.groups for key in group.columns}, register
        for child in register.children:
            assert child.parent is not None
            assert child.parent.entity is register.entity


def test_a_description_stays_short() -> None:
    for path in (ROOT / "services" / "registers" / "kinds").glob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 180, path
