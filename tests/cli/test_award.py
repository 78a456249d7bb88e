import re
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from fupin_desktop.__main__ import main
from fupin_desktop.domain.masking import find_leaks
from tests.cli.award_pair import FILES, award, change_register, change_scheme, result_of
from tests.cli.conftest import ROOT, SAMPLE


def text_of(path):
    return "".join(page.extract_text() for page in PdfReader(path).pages)


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """The sample pair computed once."""
    folder = tmp_path_factory.mktemp("award")
    for name in ("scheme.toml", "register.xlsx"):
        shutil.copy(SAMPLE / name, folder / name)
    made = folder / "scheme.toml", folder / "register.xlsx", folder / "结果"
    assert award(made, "--date", "2026-11-09", "--days", "10") == 0
    return made


def test_it_writes_five_files_and_nothing_else(done):
    assert sorted(path.name for path in done[2].iterdir()) == FILES


def test_the_sum_is_the_same_in_json_pdf_and_workbook(done):
    data = result_of(done)
    awards = [Decimal(one["award"]) for one in data["households"]]
    assert sum(awards) == Decimal(data["totals"]["award"]) == Decimal("20052.76")
    assert "20,052.76" in text_of(done[2] / "award_sheet.pdf")
    assert "20,052.76" in text_of(done[2] / "notice.pdf")
    sheet = openpyxl.load_workbook(done[2] / "award_sheet.xlsx").active
    heading = next(row for row in sheet.iter_rows() if row[0].value == "序号")
    column = next(cell.column for cell in heading if cell.value and "实奖补" in str(cell.value))
    numbered = [row for row in sheet.iter_rows(min_row=heading[0].row + 1) if isinstance(row[0].value, int)]
    assert [Decimal(str(row[column - 1].value)) for row in numbered] == awards
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=SUM")]
    assert formulas


def test_every_award_is_in_the_working(done):
    text = text_of(done[2] / "award_working.pdf")
    for one in result_of(done)["households"]:
        assert one["name"] in text
        assert f"{Decimal(one['award']):,.2f}" in text


def test_the_notice_tells_period_and_hotline_and_no_number(done):
    text = re.sub(r"\s", "", text_of(done[2] / "notice.pdf"))
    assert "2026年11月9日至" in text
    assert "共10天" in text
    assert "12317" in text
    assert not find_leaks(text)
    assert "𠅤" in text


def test_nothing_full_is_in_any_public_file(done):
    assert not find_leaks((done[2] / "result.json").read_text(encoding="utf-8"))
    for name in ("award_sheet.pdf", "award_working.pdf", "notice.pdf"):
        assert not find_leaks(text_of(done[2] / name))
    with zipfile.ZipFile(done[2] / "award_sheet.xlsx") as archive:
        for part in archive.namelist():
            assert not re.search(r"\d{17}[\dX]", archive.read(part).decode("utf-8", "replace"))


def test_the_same_input_gives_the_same_bytes(done, tmp_path):
    again = done[0], done[1], tmp_path / "again"
    assert award(again, "--date", "2026-11-09", "--days", "10") == 0
    for name in FILES:
        assert (again[2] / name).read_bytes() == (done[2] / name).read_bytes(), name


def test_the_order_of_the_register_does_not_matter(pair, done):
    book = openpyxl.load_workbook(pair[1])
    sheet = book.active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    blocks = {}
    for row in rows:
        blocks.setdefault(row[0], []).append(row)
    shuffled = [row for code in sorted(blocks, reverse=True) for row in blocks[code]]
    for number, row in enumerate(shuffled, 3):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
    book.save(pair[1])
    assert award(pair) == 0
    assert {one["id"]: one["award"] for one in result_of(pair)["households"]} == {
        one["id"]: one["award"] for one in result_of(done)["households"]
    }


# ── exit status ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_broken_must_makes_drafts_and_status_1(pair, capsys):
    change_scheme(pair, 'meeting = "低岭村“两委”和驻村工作队联席会议"\n', "")
    assert award(pair) == 1
    told = capsys.readouterr().err
    assert "必须：" in told
    assert "吴川 三(二)4" in told
    assert result_of(pair)["draft"] is True
    for name in ("award_sheet.pdf", "award_working.pdf", "notice.pdf"):
        assert "草稿" in text_of(pair[2] / name)


def test_a_principle_without_reason_is_told_and_keeps_status_0(pair, capsys):
    change_scheme(pair, 'rate = "300.00", label = "大户"', 'rate = "200.00", label = "大户"')
    assert award(pair) == 0
    assert "原则上：" in (told := capsys.readouterr().err)
    assert "要写书面理由" in told
    assert result_of(pair)["draft"] is False
    assert "草稿" in text_of(pair[2] / "notice.pdf")
    assert "草稿" not in text_of(pair[2] / "award_sheet.pdf")


def test_the_notice_is_a_draft_while_a_short_period_has_no_reason(pair):
    assert award(pair, "--days", "7") == 0
    assert "草稿" in text_of(pair[2] / "notice.pdf")
    assert award(pair, "--days", "10") == 0
    assert "草稿" not in text_of(pair[2] / "notice.pdf")


def test_a_bad_row_stops_and_writes_nothing(pair, capsys):
    change_register(pair, C4="440883197209050138")
    assert award(pair) == 3
    told = capsys.readouterr().err
    assert "“奖补登记表”C4" in told
    assert "校验码" in told
    assert "--only-good" in told
    assert not pair[2].exists()


def test_only_good_leaves_the_bad_household_out(pair, capsys):
    change_register(pair, C4="440883197209050138")
    assert award(pair, "--only-good") == 1
    assert "略去 1 户：陈康" in capsys.readouterr().err
    data = result_of(pair)
    assert data["draft"] is True
    assert [one["code"] for one in data["households"]] == [f"DL{number:03}" for number in (1, 3, 4, 5, 6, 7, 8, 9, 10)]


def test_a_doubtful_row_is_told_and_taken(pair, capsys):
    change_register(pair, W3=120)
    assert award(pair) in {0, 1}
    assert "提醒：" in capsys.readouterr().err
    assert len(result_of(pair)["households"]) == 10


def test_too_little_money_scales_and_stays_fine(pair):
    change_scheme(pair, '"12000.00"', '"8000.00"')
    change_scheme(pair, '"10000.00"', '"7000.00"')
    assert award(pair) == 0
    data = result_of(pair)
    assert data["pool"] == {
        "available": "15000.00", "awarded": "15000.00", "left": "0.00",
        "scale": {"numerator": "1500000", "denominator": "2005276"},
    }


def test_stop_when_short_is_a_draft(pair):
    change_scheme(pair, '"12000.00"', '"1000.00"')
    change_scheme(pair, 'when_short = "scale"', 'when_short = "stop"')
    assert award(pair) == 1
    assert result_of(pair)["pool"]["left"] == "-9052.76"


# ── hostile input ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_short_notice_periods_are_told(pair, capsys):
    assert award(pair, "--days", "9") == 0
    assert "原则上不少于 10 天" in capsys.readouterr().err
    assert award(pair, "--days", "10") == 0
    assert "原则上不少于" not in capsys.readouterr().err


def test_a_date_near_the_end_of_the_calendar_is_refused(pair, capsys):
    with pytest.raises(SystemExit) as stopped:
        award(pair, "--date", "9999-12-31")
    assert stopped.value.code == 2
    assert "“9999-12-31”不是日期" in capsys.readouterr().err
    assert not pair[2].exists()


def test_a_county_may_set_its_own_boundary(pair, tmp_path):
    own = tmp_path / "policy.toml"
    own.write_text(
        '[document]\ntitle = "某县文件"\n[large_household_area]\n[[large_household_area.values]]\n'
        'from = 2026-01-01\nvalue = 8\nclause = "某县 一"\nquote = "8亩以上"\n',
        encoding="utf-8",
    )
    assert award(pair, "--policy", str(own)) == 0
    data = result_of(pair)
    assert data["large_from"]["value"] == "8"
    assert data["totals"]["large"] == 5


# ── a process of its own ────────────────────────────────────────────────────────────────────────────────────────────


def test_as_a_process_with_an_ascii_console(process, pair):
    done = process("award", "--scheme", pair[0], "--households", pair[1], "--out", pair[2])
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0].startswith("名册 10 户，参与 9 户")
    assert sum(line.startswith("已写出：") for line in done.stdout.splitlines()) == 5


def test_no_qt_is_loaded(pair):
    code = (
        "import sys\nfor name in ('PySide6', 'shiboken6'): sys.modules[name] = None\n"
        "from fupin_desktop.__main__ import main\n"
        f"sys.exit(main(['award', '--scheme', {str(pair[0])!r}, '--households', {str(pair[1])!r}, '--out', {str(pair[2])!r}]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell with head")
def test_a_reader_that_goes_away_early_does_no_harm(pair):
    words = [sys.executable, "-m", "fupin_desktop", "award", "--scheme", pair[0], "--households", pair[1], "--out", pair[2]]
    line = " ".join(f"'{word}'" for word in words) + " | head -c 3; exit ${PIPESTATUS[0]}"
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(path.name for path in pair[2].iterdir()) == FILES


def test_scheme_check_says_the_rules_back(pair, capsys):
    assert main(["scheme", "check", str(pair[0])]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "大户起点：10 亩 (吴川 三(二)4)"
    assert "水稻：小农户每亩 240 元，大户（10 亩及以上）每亩 320 元" in lines[3]
    change_scheme(pair, 'document = "低岭村委〔2026〕3号"\n', "")
    assert main(["scheme", "check", str(pair[0])]) == 1
    assert "scheme.decision" in capsys.readouterr().err


def test_the_day_of_the_papers_is_the_day_given(done):
    assert PdfReader(done[2] / "notice.pdf").metadata.creation_date.date() == date(2026, 11, 9)


def test_sample_pair_is_where_the_manual_says():
    assert Path(SAMPLE / "scheme.toml").is_file()
    assert Path(SAMPLE / "register.xlsx").is_file()


# ── where results may go ────────────────────────────────────────────────────────────────────────────────────────────


def test_results_go_beside_what_is_read(pair):
    assert award((pair[0], pair[1], pair[0].parent)) == 0


def test_working_days_are_counted_on_the_command_line(done, tmp_path, capsys):
    made = done[0], done[1], tmp_path / "结果"
    assert award(made, "--date", "2026-11-09", "--days", "10", "--working") == 0
    assert "公示期：2026-11-09 至 2026-11-20 (共 10 个工作日)" in capsys.readouterr().out


def test_a_notice_that_would_tell_an_address_is_not_written(pair, capsys):
    """Nothing is: all papers are written together."""
    change_scheme(pair, 'village = "低岭村村民委员会"', 'village = "低岭村村民委员会（人民路12号）"')
    assert award(pair) == 3
    assert "门牌地址" in capsys.readouterr().err
    assert not pair[2].exists()
