import json
from argparse import Namespace
from datetime import date, timedelta

import pytest

from fupin_desktop.__main__ import main
from fupin_desktop.cli.notice import _free
from fupin_desktop.cli.office import opened
from fupin_desktop.services import awards, offices, schemes
from fupin_desktop.services.offices import OfficeForm
from tests.services.award_office import REGISTER, put_register, scheme


@pytest.fixture
def data(tmp_path):
    """A data folder with a scheme that is calculated and one that is not decided."""
    folder = tmp_path / "数据"
    with opened(Namespace(data=folder), begins=True) as bench:
        offices.setup(bench, OfficeForm(name="塘㙍镇扶贫办", county="吴川市", town="塘㙍镇", clerk="李文静", year=2026))
        put_register(bench, REGISTER)
        key = schemes.save(bench, None, scheme()).keys[0]
        awards.recalculate(bench, key)
        schemes.save(bench, None, scheme(name="草案", batch="第二批", decision=type(scheme().decision)()))
    return folder


def told(capsys):
    return json.loads(capsys.readouterr().out)


def test_notices_are_listed_posted_and_written(data, tmp_path, capsys):
    assert main(["notice", "list", "--data", str(data), "--kind", "awards"]) == 0
    states = {one["name"]: (one["state"], one["notice"]) for one in told(capsys)["notices"]}
    assert states == {"低岭村2026年度产业奖补资金安排方案": ("待公示", None), "草案": ("还不能公示", None)}
    assert main(["notice", "post", "awards", "--data", str(data), "--days", "5"]) == 1
    refused = [one["refused"] for one in told(capsys)["posted"]]
    assert any("公示期 5 天" in one for one in refused)
    assert any("议定手续" in one for one in refused)
    assert main(["notice", "post", "awards", "--data", str(data), "--board", "村公示栏、镇公示栏"]) == 1
    (posted,) = [one for one in told(capsys)["posted"] if "notice" in one]
    assert posted["last"] == (date.today() + timedelta(days=9)).isoformat()  # noqa: DTZ011
    assert main(["notice", "list", "--data", str(data), "--place", "低岭村"]) == 0
    one = next(one for one in told(capsys)["notices"] if one["notice"])
    assert (one["state"], one["steps"][0]["done"], one["steps"][1]["done"]) == ("公示中", True, False)
    out = tmp_path / "公示文件"
    assert main(["notice", "write", "--data", str(data), "--out", str(out), "--poster", "--list"]) == 0
    written = [one["file"] for one in told(capsys)["files"]]
    assert len(written) == 3
    assert sorted(path.suffix for path in out.iterdir()) == [".pdf", ".pdf", ".xlsx"]


def test_what_cannot_be_is_told(data, tmp_path, capsys):
    assert main(["notice", "post", "没有", "--data", str(data)]) == 3
    assert "没有“没有”这一类公示" in capsys.readouterr().err
    assert main(["notice", "list", "--data", str(tmp_path)]) == 3
    assert "没有数据文件" in capsys.readouterr().err


def test_two_notices_of_one_title_do_not_lie_over_each_other(tmp_path):
    taken = set()
    names = [_free(tmp_path, title, ending, taken).name for title, ending in (
        ("低岭村/奖补公示", ".pdf"), ("低岭村奖补公示", ".pdf"), ("低岭村奖补公示", ".xlsx"), ("低岭村奖补公示", ".pdf"), ("CON", ".pdf"),
    )]  # fmt: skip
    assert names == ["低岭村奖补公示.pdf", "低岭村奖补公示 (2).pdf", "低岭村奖补公示.xlsx", "低岭村奖补公示 (3).pdf", "_CON.pdf"]
    long = [_free(tmp_path, "长" * 200, ".pdf", taken).name for _ in range(2)]
    assert long == ["长" * 116 + ".pdf", "长" * 112 + " (2).pdf"]
