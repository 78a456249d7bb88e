"""What ``{{…}}`` in a cell stands for: a field by name or label, a list's column, a sum, a field of one's own."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from fupin_desktop.documents.definition.form import Field, FormDefinition
from fupin_desktop.documents.definition.formats import FORMATS, NUMERIC
from fupin_desktop.domain.text import clean

_MARK = re.compile(r"(?:\{\{|｛｛)([^{}｛｝]*)(?:\}\}|｝｝)")
_COLON = re.compile("[:：]")
_OWN = ("own", "自定")
_SUM = ("sum", "合计")
_INDEX = ("index", "序号")
_TYPES = {
    "": "text", "文字": "text", "长文字": "long", "金额": "money", "面积": "area", "数量": "quantity", "个数": "count",
    "日期": "date", "电话": "phone", "是否": "yes_no",
}
TYPE_WORDS = tuple(filter(None, _TYPES))
"""Words for the types of own fields."""


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell's text with its marks understood.

    Attributes:
        text: Template of the form file, braces of the cell doubled.
        field: The one field the cell holds; empty for text, or several.
        total: The list's column that is summed here; empty for none.
        of_list: The list its columns, or its sum, belong to; empty for none.
        marked: Whether it holds a mark at all.
    """

    text: str
    field: str = ""
    total: str = ""
    of_list: str = ""
    marked: bool = False


class MarkError(ValueError):
    """A mark that stands for nothing; the message is a Chinese sentence without full stop."""


class Marks:
    """Understands the marks of one workbook for one form.

    Attributes:
        fields: The form's fields, with the own ones that were met.
        met: Names of the fields met.
    """

    def __init__(self, base: FormDefinition) -> None:
        self.fields: dict[str, Field] = dict(base.fields)
        self.met: set[str] = set()
        self._own_allowed = base.entry
        self._labels = _by_label(base.fields)
        self._typed: set[str] = set()

    def read(self, source: str) -> CellText:
        """A cell's text.

        Raises:
            MarkError: A mark stands for nothing.
        """
        text, at = "", 0
        found: list[CellText] = []
        for hit in _MARK.finditer(source):
            text += _escaped(source[at : hit.start()])
            at = hit.end()
            one = self._mark(clean(hit[1]))
            found.append(one)
            text += one.text
        text += _escaped(source[at:])
        if not found:
            return CellText(text)
        lists = {one.of_list for one in found if one.of_list}
        if len(lists) > 1:
            raise MarkError("一格里有两个列表的栏")
        alone = len(found) == 1 and not _MARK.sub("", source).strip()
        if found[0].total and not alone:
            raise MarkError("合计要单独占一格")
        of_list = next(iter(lists), "")
        return replace(found[0], of_list=of_list) if alone else CellText(text, of_list=of_list, marked=True)

    def _mark(self, words: str) -> CellText:
        """One mark."""
        if not words:
            raise MarkError("{{}} 里没有写字段")
        head, *rest = (part.strip() for part in _COLON.split(words))
        if head in _OWN:
            return self._own(rest)
        if head in _SUM and rest:
            return self._sum(rest[0])
        if head in _INDEX:
            return CellText("{index}", marked=True)
        return self._field(head, rest)

    def _field(self, head: str, rest: list[str]) -> CellText:
        form = rest[0] if rest else ""
        if form and form not in FORMATS:
            raise MarkError(f"没有“{form}”这种格式")
        of_list, name = self._found(head)
        self.met |= {of_list, name} if not of_list else {of_list}
        place = "{" + name + (f":{form}" if form else "") + "}"
        return CellText(place, "" if form else name, "", of_list, marked=True)

    def _sum(self, words: str) -> CellText:
        of_list, name = self._found(words)
        if not of_list:
            raise MarkError(f"“{words}”不是列表里的栏，不能合计")
        if self.fields[of_list].fields[name].type not in NUMERIC:
            raise MarkError(f"“{words}”不是数字，不能合计")
        return CellText("", "", name, of_list, marked=True)

    def _found(self, words: str) -> tuple[str, str]:
        """List (empty for none) and name of a field told by name or label."""
        head, dot, column = (part.strip() for part in words.partition("."))
        name = head if head in self.fields else self._labels.get(head, "")
        if not name:
            raise MarkError(f"没有“{words}”这个字段{self._near(head)}")
        field = self.fields[name]
        if not dot:
            if field.type == "list":
                raise MarkError(f"“{words}”是列表，要写成 {{{{{head}.栏}}}}, 栏有：{_columns(field)}")
            return "", name
        if field.type != "list":
            raise MarkError(f"“{head}”不是列表，后面不能有“.{column}”")
        inner = column if column in field.fields else _by_label(field.fields).get(column, "")
        if not inner:
            raise MarkError(f"“{head}”没有“{column}”这一栏，有的是：{_columns(field)}")
        return name, inner

    def _near(self, word: str) -> str:
        names = difflib.get_close_matches(word, [*self.fields, *self._labels], n=3, cutoff=0.5)
        return f"，相近的有：{'、'.join(names)}" if names else ""

    def _own(self, rest: list[str]) -> CellText:
        """A field of the office's own: ``own:名称`` or ``own:名称:类型``, choices parted by strokes."""
        label = rest[0] if rest else ""
        if not label:
            raise MarkError("自定字段要写名称，如 {{own:机耕路里程}}")
        if not self._own_allowed:
            raise MarkError("这张表由程序填写，不能增加字段")
        word = rest[1] if len(rest) > 1 else ""
        choices = tuple(dict.fromkeys(filter(None, (part.strip() for part in word.split("/"))))) if "/" in word else ()
        if not choices and word not in _TYPES:
            raise MarkError(f"“{word}”不是字段类型，可以写：{'、'.join(TYPE_WORDS)}，或用 / 分开的选项")
        name = own_name(label)
        field = Field(name, label, "choice" if choices else _TYPES[word], choices=choices)
        if word and name in self._typed and self.fields[name] != field:
            raise MarkError(f"自定字段“{label}”两处写的类型不同")
        if word:
            self._typed.add(name)
        if word or name not in self.fields:
            self.fields[name] = field
        self.met.add(name)
        return CellText("{" + name + "}", name, marked=True)


def own_name(label: str) -> str:
    """The name of an own field: the same for the same label, whatever else the sheet holds."""
    return f"own_{sha256(label.encode()).hexdigest()[:8]}"


def _by_label(fields: Mapping[str, Field]) -> dict[str, str]:
    """Names by label; a label that two fields share tells neither."""
    labels = [clean(field.label) for field in fields.values()]
    return {
        clean(field.label): name for name, field in fields.items() if labels.count(clean(field.label)) == 1
    }


def _columns(field: Field) -> str:
    return "、".join(f"{name} ({inner.label})" for name, inner in field.fields.items())


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
