"""Write the registers and the ledger of ``resources/samples`` to try importing on: real-looking, untidy, partly wrong.

Run with .venv's Python: ``.venv/bin/python installer/make_samples.py``. The people come from the sample office.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import xlwt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from fupin_desktop import paths
from fupin_desktop.services.samples.town import Household, Plan, Town, read

FOLDER = paths.resources() / "samples"
TODAY = date(2026, 9, 30)
VILLAGE = "那罗村"

_TOP = ("序号", "家庭情况", "", "", "", "", "", "", "发放信息", "", "", "种养情况", "", "", "", "", "", "", "备注")
_HEADINGS = (
    "", "户主", "身份证号码", "村民小组", "脱贫属性", "人数", "是否参与", "联系电话", "开户行", "账户名", "一卡通账号",
    "种养项目", "单位", "申报数量", "验收数量", "成本（元）", "成本依据", "产值", "",
)  # fmt: skip
_WIDTHS = (5, 10, 22, 9, 12, 6, 9, 14, 24, 10, 24, 9, 6, 9, 9, 10, 18, 10, 16)
_CLASSES = {"监测户": "脱贫不稳定户", "边缘户": "边缘易致贫户", "脱贫户": "一般脱贫户", "贫困户": "建档立卡贫困户"}
_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


def main() -> None:
    """Write every sample register, and the ledger."""
    households = sample_households()
    write_award_register(households, FOLDER / "奖补登记表(待整理).xlsx")
    write_person_list(households[:20], FOLDER / "人口名单(系统导出).xls")
    write_ledger(FOLDER / "资金台账(待导入).xlsx")


def sample_households() -> list[Household]:
    """Forty-odd households of one village, drawn anew so that none is in the sample office already."""
    folder = FOLDER / "office"
    plans = [Plan("预备", "440883107999", 90, ["水稻"]), Plan(VILLAGE, "440883107902", 44, ["番薯", "水稻", "花生"])]
    drawn = Town(folder, TODAY, first_order=980).households(plans)
    names = read(folder, "names")["rare"]
    village = [household for household in drawn if household.village == VILLAGE]
    for household, name in zip(village[10:13], names, strict=False):
        household.family[0].name = name
    return village


def write_award_register(households: list[Household], path: Path) -> None:
    """The village's own award register: title rows, two heading rows, merged cells, a total, and mistakes."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "登记表"
    book.create_sheet("填表说明")["A1"] = "一户多个项目的，户主各栏合并单元格。"
    sheet.append(["附件2"])
    sheet.append([f"吴川市塘㙍镇{VILLAGE}2026年度产业奖补登记表"])
    sheet.append(["填报单位（盖章）：", "", f"{VILLAGE}村民委员会", "", "", "", "填报日期：２０２６年９月３０日"])
    sheet.append(list(_TOP))
    sheet.append(list(_HEADINGS))
    for number, household in enumerate(households, 1):
        _append_household(sheet, number, household)
    sheet.append([])
    sheet.append(["合计", f"{len(households)}户", *[""] * 11])
    _spoil(sheet)
    _dress(sheet)
    book.save(path)


def _append_household(sheet: Worksheet, number: int, household: Household) -> None:
    label = household.household_class.label if household.household_class else ""
    left = [
        number, household.name, household.head_id, household.group, _CLASSES.get(label, label), len(household.family),
        household.participation.label if household.participation else "", household.phone, household.bank_name,
        household.name, household.bank_account,
    ]  # fmt: skip
    first = sheet.max_row + 1
    for entry in household.entries or [None]:
        right: list[Any] = [""] * 7
        if entry:
            declared, accepted, cost, income = entry.declared, entry.accepted, entry.cost, entry.income
            right = [entry.product, entry.unit, declared, accepted, cost, entry.cost_evidence, income]
        sheet.append([*left, *right])
    if len(household.entries) > 1:
        for column in range(1, len(left) + 1):
            sheet.merge_cells(start_row=first, end_row=sheet.max_row, start_column=column, end_column=column)


def _spoil(sheet: Worksheet) -> None:
    """What goes wrong in such registers; each kind once."""
    rows = [row for row in range(6, sheet.max_row - 1) if sheet.cell(row, 2).value and sheet.cell(row, 12).value]
    at = iter(rows[1::2])

    def spoil(column: int, change: Any) -> None:
        cell = sheet.cell(next(at), column)
        cell.value = change(cell.value)

    spoil(14, lambda value: str(value).translate(_FULL_WIDTH))  # read as it is meant
    spoil(2, lambda value: f" {value[0]}　{value[1:]}\t")  # read as it is meant
    spoil(3, lambda value: f"{value[:17]}x" if value.endswith("X") else f"G{value}")  # read as it is meant
    spoil(3, lambda value: value[:17] + ("1" if value[17] != "1" else "2"))  # wrong check digit
    spoil(3, lambda value: float(value.replace("X", "0")))  # turned into a number by the spreadsheet
    spoil(3, lambda _value: sheet.cell(rows[0], 3).value)  # the number of another household
    spoil(3, lambda value: value[:10] + "0231" + value[14:])  # no such day
    spoil(15, lambda value: -value)  # below nothing
    spoil(14, lambda _value: "约3亩")  # words in a number
    spoil(16, lambda value: f"{value:,}元")  # read as it is meant
    spoil(11, lambda value: value[:-1] + str((int(value[-1]) + 1) % 10))  # fails the check, only a warning
    spoil(8, lambda value: value[:-1])  # a digit short, only a warning
    spoil(5, lambda _value: "低收入")  # unknown class


def _dress(sheet: Worksheet) -> None:
    for row, height in ((1, 16), (2, 30), (3, 18)):
        sheet.row_dimensions[row].height = height
    for row in (2, 3):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1 if row == 2 else 7, end_column=len(_HEADINGS))
    for first, last in ((2, 8), (9, 11), (12, 18)):
        sheet.merge_cells(start_row=4, end_row=4, start_column=first, end_column=last)
    for column in (1, 19):
        sheet.merge_cells(start_row=4, end_row=5, start_column=column, end_column=column)
    sheet["A2"].font = Font(name="宋体", size=18, bold=True)
    sheet["A2"].alignment = Alignment(horizontal="center")
    thin = Side(style="thin")
    for row in sheet.iter_rows(min_row=4, max_col=len(_HEADINGS)):
        for cell in row:
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            cell.alignment = Alignment(vertical="center", wrap_text=True)
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width


_PERSON_HEADINGS = (
    "序号", "县", "乡(镇)", "行政村", "自然村", "户编号", "人编号", "姓名", "证件号码", "人数",
    "与户主关系", "民族", "文化程度", "健康状况", "劳动技能", "务工状况", "脱贫属性", "主要致贫原因", "联系电话",
)  # fmt: skip


def write_person_list(households: list[Household], path: Path) -> None:
    """One row a person, as the national system writes it: .xls, a title row, all cells text with stray tabs."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("人口信息")
    sheet.write_merge(0, 0, 0, len(_PERSON_HEADINGS) - 1, "建档立卡人口基础信息查询结果")
    for column, heading in enumerate(_PERSON_HEADINGS):
        sheet.write(1, column, heading)
    row = 2
    for household in households:
        for place, member in enumerate(household.family, 1):
            _write_person(sheet, row, household, place, member)
            row += 1
    book.save(str(path))


def _write_person(sheet: Any, row: int, household: Household, place: int, member: Any) -> None:
    first = place == 1
    label = household.household_class.label if household.household_class else ""
    values = (
        row - 1, "吴川市", "塘㙍镇", VILLAGE, household.group, household.code,
        f"{household.code}{place:02d}", member.name, f"\t{member.id_number}",
        len(household.family) if first else "", member.relation, "汉族", member.education,
        member.health, member.labour, member.working, _CLASSES.get(label, label) if first else "",
        household.cause if first else "", household.phone if first else "",
    )  # fmt: skip
    for column, value in enumerate(values):
        sheet.write(row, column, value)


_REWARD = ("其他资金", "市级产业扶贫奖励资金", "吴财农〔2026〕9号")
_SECOND = ("帮扶单位干部职工捐款", "供电局职工第二次捐款", "")
_LEDGER_HEADINGS = (
    "序号", "日期", "凭证号", "资金类别", "资金名称", "文号", "事项", "用款单位", "收款人", "金额(元)", "备注",
)  # fmt: skip
_LEDGER_WIDTHS = (6, 14, 8, 22, 24, 20, 10, 12, 18, 12, 16)
_LEDGER: tuple[tuple[Any, ...], ...] = (
    (date(2026, 1, 20), "收2", *_REWARD, "下达", "", "", 80000, "年度考核奖励"),
    (date(2026, 2, 3), "收5", *_REWARD, "到账", "", "", 50000, "首批"),
    ("2026.2.10", "", *_REWARD, "安排", "低岭村", "", 20000, "水稻示范田"),
    (date(2026, 2, 25), "付8", *_REWARD, "拨付", "低岭村", "塘㙍农资供应站", "12,600.50", "肥料"),
    ("2026年3月5日", "", *_REWARD, "安排", "那罗村", "", 18000, "番薯种苗"),
    ("2026-02-30", "付11", *_REWARD, "拨付", "那罗村", "塘㙍农资供应站", 9000, ""),  # no such day
    (date(2026, 3, 20), "付12", *_REWARD, "拨付", "那罗村", "塘㙍农资供应站", "1.2万", ""),  # words in a number
    (date(2026, 4, 2), "", *_REWARD, "安排", "高山村", "", 5000, ""),  # unknown, only a warning
    (date(2026, 4, 18), "", *_REWARD, "安排", "长塘村", "", 30000, "莲藕分拣"),  # more than arrived
    (date(2026, 5, 6), "收9", *_SECOND, "收入", "", "", 6600, "12人"),
    (date(2026, 5, 20), "", *_SECOND, "安排", "秧地坡村", "", 6600, ""),
    (date(2026, 6, 8), "付20", *_SECOND, "支出", "秧地坡村", "塘㙍兽医站", 6000, "防疫"),
    (date(2026, 6, 15), "付21", *_SECOND, "冲销支出", "秧地坡村", "塘㙍兽医站", -300, "多付退回"),
)


def write_ledger(path: Path) -> None:
    """The bookkeeper's own list of money of the year: a title row, days written in every way, a sum, and mistakes."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "2026年流水"
    sheet.append(["塘㙍镇产业扶贫资金收支流水(2026年，会计手工登记)"])
    sheet.append(list(_LEDGER_HEADINGS))
    for number, row in enumerate(_LEDGER, 1):
        sheet.append([number, *row])
    sheet.append(["合计", *[""] * 8, f"=SUM(J3:J{sheet.max_row})"])
    sheet.append(["制表：会计吴慧敏"])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(_LEDGER_HEADINGS))
    sheet["A1"].font = Font(name="宋体", size=14, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center")
    thin = Side(style="thin")
    for cells in sheet.iter_rows(min_row=2, max_row=sheet.max_row - 1):
        for cell in cells:
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
    for column, width in enumerate(_LEDGER_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    book.save(path)


if __name__ == "__main__":
    main()
