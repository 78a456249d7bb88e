"""Workbooks as an office draws them, and the lines that LibreOffice prints of them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from pypdf import PdfReader
from pypdf.generic import ContentStream

DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
SOFFICE = shutil.which("soffice") if DEJAVU.is_dir() else None
THIN, THICK = Side(style="thin"), Side(style="medium")
POINT = 25.4 / 72

WIDTHS = [14, 11, 13, 9, 12.5, 16]
HEIGHTS = [36, 18, 21, 21, 30, 15, 15, 15, 60, 90, 90]
ROWS = {
    1: ["低岭村产业申报审批表"],
    2: ["申报单位：{{申报单位}}", "", "", "", "填报日期：", "{{reported_on}}"],
    3: ["村（居）委会", "{{village}}", "所属镇（街）", "{{town}}", "年度", "{{申报年度}}"],
    4: ["主要产品", "{{products}}", "产业类别", "{{industry_kind}}", "机耕路", "{{own:机耕路里程:数量}}"],
    5: ["申报面积", "合作社 {{area_cooperative}} 亩，大户 {{area_large}} 亩，合计 {{area_total}} 亩"],
    6: ["序号", "户主", "类别", "面积", "规模", ""],
    7: ["{{序号}}", "{{households.户主}}", "{{households.household_class}}", "{{households.area}}", "{{households.size}}", ""],
    8: ["合计", "", "", "{{合计:households.area}}", "", ""],
    9: ["扶持大户", "{{measures_large}}"],
    10: ["村委会\n意见", "{{opinion_village}}"],
    11: ["镇扶贫办\n意见", "{{opinion_town_office}}"],
}
MERGED = ("A1:F1", "B5:F5", "B9:F9", "B10:F10", "B11:F11")


def drawn(path: Path, *, change=None, default=("Calibri", 11), fit=True, rows=None, merged=MERGED) -> Path:
    """A form drawn in a workbook; ``change`` may alter the sheet before it is kept."""
    book = Workbook()
    book._fonts = IndexedList([Font(name=default[0], size=default[1])])
    sheet = book.active
    for at, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    for at, height in enumerate(HEIGHTS, 1):
        sheet.row_dimensions[at].height = height
    for row, texts in (rows or ROWS).items():
        for column, text in enumerate(texts, 1):
            sheet.cell(row, column, text or None)
    for area in merged:
        sheet.merge_cells(area)
    for row in range(3, 12):
        for column in range(1, 7):
            sheet.cell(row, column).border = Border(
                THICK if column == 1 else THIN, THICK if column == 6 else THIN,
                THICK if row == 3 else THIN, THICK if row == 11 else THIN,
            )
    sheet["A1"].font = Font(name="方正小标宋简体", size=20)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    sheet.page_setup.paperSize = 9
    sheet.print_options.horizontalCentered = True
    sheet.sheet_properties.pageSetUpPr.fitToPage = fit
    sheet.page_setup.fitToHeight = 0
    if change:
        change(sheet)
    book.save(path)
    return path


def printed(path: Path) -> tuple[list[float], list[float]]:
    """Ends of the lines of LibreOffice's first page, mm from the left and from the top."""
    subprocess.run(
        [SOFFICE, "--headless", f"-env:UserInstallation=file://{path.parent}/profile", "--convert-to", "pdf",
         "--outdir", str(path.parent), str(path)],
        check=True, capture_output=True, timeout=180,
    )
    return lines_of(path.with_suffix(".pdf"))


def few_fonts(folder: Path) -> Path:
    """A list of fonts for fontconfig with DejaVu Sans alone, the same on every PC."""
    listing = folder / "fonts.conf"
    listing.write_text(
        f"<fontconfig><dir>{DEJAVU}</dir><cachedir>{folder / 'fontcache'}</cachedir>"
        "<selectfont><rejectfont><glob>*Serif*</glob><glob>*Mono*</glob></rejectfont></selectfont></fontconfig>",
        encoding="utf-8",
    )
    return listing


def lines_of(pdf: Path) -> tuple[list[float], list[float]]:
    reader = PdfReader(pdf)
    page = reader.pages[0]
    high = float(page.mediabox.height)
    xs, ys, stack = set(), set(), [(1, 0, 0, 1, 0, 0)]
    for operands, name in ContentStream(page.get_contents(), reader).operations:
        if name == b"q":
            stack.append(stack[-1])
        elif name == b"Q":
            stack.pop()
        elif name == b"cm":
            stack[-1] = _times(tuple(map(float, operands)), stack[-1])
        elif name in (b"m", b"l", b"re"):
            numbers = tuple(map(float, operands))
            points = [numbers[:2]]
            if name == b"re":
                points.append((numbers[0] + numbers[2], numbers[1] + numbers[3]))
            for x, y in points:
                a, b, c, d, e, f = stack[-1]
                xs.add((a * x + c * y + e) * POINT)
                ys.add((high - (b * x + d * y + f)) * POINT)
    return sorted(xs), sorted(ys)


def _times(one, other):
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def nearest(edge: float, lines: list[float]) -> float:
    return min(abs(edge - line) for line in lines)
