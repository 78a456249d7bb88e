"""Reads the rows and cells of a form's tables, and checks that they fill their columns and name known fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from fupin_desktop.documents.definition.form import Cell, Field, Row, Style
from fupin_desktop.documents.definition.formats import FORMATS, NUMERIC, Template
from fupin_desktop.domain.strict_toml import Table

INDEX = Field("index", "序号", "count")
"""The position of a record in its list, from 1."""
OPINION = {"name": Field("name", "负责人", "text"), "date": Field("date", "日期", "date")}
"""What the lines at the foot of a sign-off box can name."""
_FOOT = ("（盖章）", "负责人签名：{name}", "{date}")
_ROLES = ("fixed", "heading", "each", "subtotal", "page_total", "total")


class Scope(NamedTuple):
    """The fields a template can name, innermost list last.

    Attributes:
        levels: The form's fields, then those of each list entered.
        counted: Level of the list whose positions ``{index}`` counts; 0 for none.
        lists: Names of the lists entered.
    """

    levels: tuple[Mapping[str, Field], ...]
    counted: int = 0
    lists: tuple[str, ...] = ()

    def find(self, name: str) -> tuple[Field, int] | None:
        """A field by name and the level it lives on, looked up from the innermost list outwards."""
        for level in range(len(self.levels) - 1, -1, -1):
            if name in self.levels[level]:
                return self.levels[level][name], level
        return (INDEX, self.counted) if name == "index" and self.counted else None

    def known(self, table: Table, key: str) -> str:
        """The optional name of a field at a key."""
        name = table.text(key, "")
        if name and self.find(name) is None:
            table.fail(key, f"没有“{name}”这个字段")
        return name

    def into(self, table: Table, key: str) -> tuple[str, Scope]:
        """The optional name of a list at a key, and the scope inside it."""
        name = table.text(key, "")
        if not name:
            return "", self
        found = self.find(name)
        if found is None or found[0].type != "list":
            table.fail(key, f"“{name}”不是列表字段")
        return name, self.inside(name)

    def inside(self, name: str, *, counted: bool = True) -> Scope:
        """The scope inside a list; ``counted`` lets ``{index}`` count it."""
        found = self.find(name)
        assert found is not None
        return Scope(
            (*self.levels, found[0].fields), len(self.levels) if counted else self.counted, (*self.lists, name)
        )


def read_template(table: Table, key: str, scope: Scope, *, last: bool = False) -> Template:
    """The template at a key, its fields and formats known.

    Args:
        table: Where it stands.
        key: Its key.
        scope: Fields it can name.
        last: Whether the table holds nothing else.
    """
    template = checked_template(table, key, table.text(key), scope)
    if last:
        table.done()
    return template


def checked_template(table: Table, key: str, source: str, scope: Scope) -> Template:
    """A template whose fields and formats are known.

    Raises:
        BadDefinition: Its braces do not pair, or it names what is not there.
    """
    try:
        template = Template(source)
    except ValueError as error:
        table.fail(key, str(error))
    for place in template.places:
        found = scope.find(place.name)
        if found is None:
            table.fail(key, f"没有“{place.name}”这个字段")
        _check_printed(table, key, found[0])
        if place.form and place.form not in FORMATS:
            table.fail(key, f"没有“{place.form}”这种格式")
        if found[0].type == "list" and not place.form:
            table.fail(key, f"“{place.name}”是列表，不能直接填写")
    return template


def _check_printed(table: Table, key: str, field: Field) -> None:
    """Only fields that are printed have a place on paper."""
    if not field.printed:
        table.fail(key, f"“{field.name}”写了 printed = false，不能放在纸上")


def read_rows(part: Table, styles: Mapping[str, Style], scope: Scope, columns: int) -> tuple[Row, ...]:
    """The rows of a table part.

    Raises:
        BadDefinition: A rule of the format is broken, or the cells do not fill the columns exactly.
    """
    covered = [0] * columns
    rows = []
    for table in part.tables("rows"):
        row = _row(table, styles, scope)
        _fill(table, row, covered)
        rows.append(row)
        table.done()
    if any(covered):
        part.fail("rows", "有单元格向下跨到了表格以外")
    return tuple(rows)


def _fill(table: Table, row: Row, covered: list[int]) -> None:
    """Put a row's cells into the columns that are still free; ``covered`` counts rows taken from above."""
    at = 0
    for cell in row.cells:
        while at < len(covered) and covered[at]:
            at += 1
        if at + cell.span > len(covered) or any(covered[at : at + cell.span]):
            table.fail("cells", f"单元格超出了表格的 {len(covered)} 列，或与上面跨行的单元格重叠")
        covered[at : at + cell.span] = [cell.rows] * cell.span
        at += cell.span
    if not all(covered):
        table.fail("cells", f"单元格没有填满表格的 {len(covered)} 列")
    covered[:] = [rows - 1 for rows in covered]


def _row(table: Table, styles: Mapping[str, Style], scope: Scope) -> Row:
    """One row."""
    role = table.choice("role", _ROLES, "fixed")
    when = scope.known(table, "when")
    each, inner = scope.into(table, "each")
    within, _ = inner.into(table, "within")
    innermost = inner.inside(within, counted=role == "fixed") if within else inner
    if role in ("each", "subtotal", "page_total", "total") and not each:
        table.fail("each", "列表行和合计行必须写明是哪个列表")
    if within and role not in ("each", "fixed"):
        table.fail("within", "只有列表行和普通行可以有下级列表")
    if each and role == "fixed":
        table.fail("each", "普通行不能有列表；列表行要写 role = \"each\"")
    cell_scope = scope if role in ("page_total", "total", "heading") else innermost
    style = table.choice("style", styles)
    sums = inner.levels[-1] if each else {}
    cells = tuple(
        _cell(cell, styles, style, cell_scope, sums, within=bool(within)) for cell in table.tables("cells")
    )
    if role != "fixed" and any(cell.rows > 1 for cell in cells) and role != "heading":
        table.fail("cells", "列表行和合计行的单元格不能跨行")
    height, keep, least = table.length("height"), table.flag("keep"), table.whole("min_rows", 0, least=0)
    if least and not (role == "each" or within):
        table.fail("min_rows", "只有列表行可以规定最少行数")
    together = table.whole("together", 0, least=0)
    if together and role != "each":
        table.fail("together", "只有列表行可以规定最后几条同页")
    return Row(role, height, cells, each, within, keep, when, least, together)


_OWN_FORMATS = {"yuan": ("money",)}
"""Formats in which a cell can show a field of these types and still hold it."""


def _cell(
    table: Table, styles: Mapping[str, Style], row_style: str, scope: Scope, sums: Mapping[str, Field], *, within: bool
) -> Cell:
    """One cell."""
    kinds = [key for key in ("text", "field", "total", "running") if table.has(key)]
    if len(kinds) != 1:
        table.fail("", "单元格必须有、且只能有 text、field、total、running 中的一项")
    kind = kinds[0]
    content, name = _content(table, kind, scope, sums)
    found = [scope.find(place.name) for place in content.places]
    innermost = len(scope.levels) - 1
    under = table.has("under")
    cell = Cell(
        content=content,
        field=name if kind == "field" else "",
        total=name if kind == "total" else "",
        running=name if kind == "running" else "",
        span=table.whole("span", 1),
        rows=table.whole("rows", 1),
        style=styles[table.choice("style", styles, row_style)],
        border=table.flag("border", default=True),
        foot=_foot(table, scope, name if kind == "field" else ""),
        under=read_template(table, "under", scope) if under else None,
        under_style=styles[table.choice("under_style", styles)] if under else Style(),
        per_item=within and any(hit is not None and hit[1] == innermost for hit in found),
    )
    table.done()
    return cell


def _foot(table: Table, scope: Scope, field: str) -> tuple[Template, ...]:
    """The lines at the bottom right of a box; an opinion's are 盖章, signature and date where none are given."""
    found = scope.find(field) if field else None
    opinion = found is not None and found[0].type == "opinion"
    lines = table.texts("foot") if table.has("foot") or not opinion else _FOOT
    names = Scope((OPINION,)) if opinion else scope
    return tuple(checked_template(table, "foot", line, names) for line in lines)


def _format(table: Table, field: Field) -> str:
    """In which other way than its type's a cell shows its field: ``:yuan``; empty for its own."""
    form = table.choice("format", ("", *_OWN_FORMATS), "")
    if form and field.type not in _OWN_FORMATS[form]:
        table.fail("format", f"“{field.label}”不是金额，不能写成“{form}”")
    return f":{form}" if form else ""


def _content(table: Table, kind: str, scope: Scope, sums: Mapping[str, Field]) -> tuple[Template, str]:
    """What a cell shows, as a template, and the field's name where it shows one."""
    if kind == "text":
        return read_template(table, "text", scope), ""
    if kind == "field":
        name = table.text("field")
        found = scope.find(name)
        if found is None or found[0].type == "list":
            table.fail("field", f"没有“{name}”这个字段")
        _check_printed(table, "field", found[0])
        return Template("{" + name + _format(table, found[0]) + "}"), name
    name = table.text(kind)
    if name not in sums or sums[name].type not in NUMERIC:
        table.fail(kind, f"列表里没有“{name}”这个数字字段，不能合计")
    return Template(""), name
