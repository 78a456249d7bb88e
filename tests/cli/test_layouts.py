"""Lists of known systems on the command line: told, kept, and written back."""

import openpyxl
import pytest

from fupin_desktop.__main__ import main
from tests.services.sheets.written import sheets

HEAD = ("镇", "行政村", "户主", "户主证件号码", "家庭人口", "贫困户属性", "期初年人均收入", "帮扶责任人")
ROW = ("塘㙍镇", "低岭村", "李甲一", "440883196803120019", 3, "低保贫困户", 3900, "陈干部")


@pytest.fixture
def data(tmp_path, capsys):
    folder = tmp_path / "数据"
    assert main(["import", str(sheets(tmp_path / "来.xlsx", [("户", [HEAD, ROW])])), "--data", str(folder)]) == 0
    told = capsys.readouterr().err
    assert "这是“广东扶贫云户信息”的表头" in told
    assert "没有用上的列：期初年人均收入，原样留存" in told
    return folder


@pytest.mark.parametrize("layout", ["广东扶贫云户信息", "和“来.xlsx”一样"])
def test_what_came_is_written_back(data, tmp_path, layout):
    out = tmp_path / "回.xlsx"
    assert main(["export", "--data", str(data), "--out", str(out), "--layout", layout]) == 0
    head, row = openpyxl.load_workbook(out).active.iter_rows(values_only=True)
    found = dict(zip(head, row, strict=True))
    assert [found[name] for name in HEAD] == list(ROW)


def test_an_unknown_layout_names_the_known_ones(data, tmp_path, capsys):
    words = ["export", "--data", str(data), "--out", str(tmp_path / "回.xlsx"), "--register", "人口", "--layout", "不知道"]
    assert main(words) == 3
    told = capsys.readouterr().err
    assert "广东扶贫云人口信息" in told
    assert "全国扶贫开发信息系统人口信息" in told


def test_what_the_system_would_send_back_is_told(data, tmp_path, capsys):
    out = tmp_path / "报.xlsx"
    assert main(["export", "--data", str(data), "--out", str(out), "--layout", "全国防返贫监测信息系统监测对象"]) == 0
    told = capsys.readouterr()
    assert "已导出 " in told.out
    assert "提醒：“户类型”只收“一般农户”“脱贫户”：李甲一。" in told.err
