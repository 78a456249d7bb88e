"""A large award register as a spreadsheet program writes it: one .xlsx, shared strings, a row for each household."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from fupin_desktop.domain.bank import luhn_ok
from fupin_desktop.domain.identity import check_digit
from fupin_desktop.services.samples.town import read, sample_files
from tests.benchmarks.measuring import OUT

# Every column of the register as the manual describes it and the export writes it.
HEADINGS = (
    "户编号", "户主姓名", "户主证件号码", "镇(街)", "行政村", "村民小组", "户类别", "家庭人口数", "参与情况",
    "全户种养面积(亩)", "本年已奖补(元)", "优先顺序", "开户银行", "账户名", "银行卡号", "联系电话", "产品", "产业类别",
    "计量单位", "申报数量", "验收数量", "计划数量", "种养面积(亩)", "核定成本(元)", "成本依据", "收入(元)", "其他补助(元)",
    "基地类型", "补助年次", "备注",
)  # fmt: skip
PLACE = "塘㙍镇"
_CLASSES = ("脱贫户", "脱贫户", "脱贫户", "监测户", "边缘户", "贫困户", "一般户")
_PRODUCTS = (("水稻", "粮油"), ("番薯", "粮油"), ("莲藕", "蔬菜"), ("花生", "粮油"))
_FIRST_BIRTH = date(1946, 1, 1)

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
    "</Types>"
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def register_file(households: int) -> Path:
    """The register of so many households; written once and kept in out/bench."""
    path = OUT / f"register-{households}.xlsx"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        _write(part, _rows(households))
        part.replace(path)
    return path


def _rows(households: int) -> Iterator[tuple[str | int | float, ...]]:
    random = Random(households)
    names = read(sample_files(), "names")
    surnames = "".join(names["surnames"].split())
    villages = [row["name"] for row in read(sample_files(), "town")["village"]]
    yield HEADINGS
    for number in range(households):
        name = random.choice(surnames) + random.choice(names["elder_first"]) + random.choice(names["elder_male"])
        product, group = random.choice(_PRODUCTS)
        quantity = random.randint(3, 160) / 10
        yield (
            f"H{number:07d}", name, _id_number(number), PLACE, villages[number * len(villages) // households],
            random.choice(names["villager_groups"]), random.choice(_CLASSES), random.randint(1, 7),
            random.choice(("参与", "参与", "分散参与", "未参与")), quantity, 0, number + 1, "吴川农村商业银行", name,
            _account(number), f"138{number:08d}", product, group, "亩", quantity, quantity, quantity, quantity,
            random.randint(900, 90000) / 10, "收据", random.randint(1000, 90000), 0, "分散种植", 1, "",
        )  # fmt: skip


def _id_number(number: int) -> str:
    """Different for each number: days of birth first, then order numbers."""
    day, order = number % 20000, 100 + number // 20000
    first17 = f"440883{_FIRST_BIRTH + timedelta(days=day):%Y%m%d}{order}"
    return first17 + check_digit(first17)


def _account(number: int) -> str:
    body = f"629999{number:012d}"
    return next(body + digit for digit in "0123456789" if luhn_ok(body + digit))


def _write(path: Path, rows: Iterator[tuple[str | int | float, ...]]) -> None:
    strings: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS.format(f'<Relationship Id="r1" Type="{_RELATION}/officeDocument" Target="xl/workbook.xml"/>'))
        package.writestr(
            "xl/workbook.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}"><sheets>'
            '<sheet name="奖补登记表" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        package.writestr(
            "xl/_rels/workbook.xml.rels",
            _RELATIONS.format(
                f'<Relationship Id="r1" Type="{_RELATION}/worksheet" Target="worksheets/sheet1.xml"/>'
                f'<Relationship Id="r2" Type="{_RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
            ),
        )
        with package.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for place, row in enumerate(rows, 1):
                sheet.write(_row(place, row, strings).encode())
            sheet.write(b"</sheetData></worksheet>")
        items = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
        package.writestr("xl/sharedStrings.xml", f'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="{_MAIN}">{items}</sst>')


def _row(place: int, row: tuple[str | int | float, ...], strings: dict[str, int]) -> str:
    cells = []
    for column, value in enumerate(row):
        name = f"{get_column_letter(column + 1)}{place}"
        if value == "":
            continue
        if isinstance(value, str):
            cells.append(f'<c r="{name}" t="s"><v>{strings.setdefault(value, len(strings))}</v></c>')
        else:
            cells.append(f'<c r="{name}"><v>{value!r}</v></c>')
    return f'<row r="{place}">{"".join(cells)}</row>'
