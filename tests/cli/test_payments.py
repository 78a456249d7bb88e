"""``payments`` and ``dossier`` on the command line: results as JSON, files by the window's own operations."""

import json
import shutil

import pytest

from fupin_desktop.__main__ import main
from tests.services.payments.conftest import filed_office

__all__ = ["filed_office"]


@pytest.fixture
def data(filed_office, tmp_path):
    folder = tmp_path / "数据"
    shutil.copytree(filed_office[0], folder)
    return str(folder)


def told(capsys):
    return json.loads(capsys.readouterr().out)


def test_a_batch_is_made_listed_and_written(data, capsys, tmp_path):
    assert main(["payments", "make", "--data", data, "--place", "低岭村", "--share", "40%"]) == 0
    assert told(capsys)["amount"] == "1792.00"
    assert main(["payments", "list", "--data", data]) == 0
    found = told(capsys)
    assert [(one["place"], one["left"], one["gate"]) for one in found["payable"]] == [("低岭村", "2688.00", "")]
    assert [(one["number"], one["state"], one["households"]) for one in found["batches"]] == [(1, "draft", 2)]
    out = tmp_path / "明细表.pdf"
    assert main(["payments", "export", "--data", data, "--place", "低岭村", "--out", str(out)]) == 0
    assert out.read_bytes().startswith(b"%PDF")
    words = ["payments", "export", "--data", data, "--place", "低岭村", "--layout", "银行代发清单"]
    assert main([*words, "--out", str(tmp_path / "代发.xlsx")]) == 3
    assert "还没有审核" in capsys.readouterr().err


def test_a_dossier_is_written_and_its_exit_tells_of_what_is_missing(data, capsys, tmp_path):
    out = tmp_path / "卷宗.pdf"
    assert main(["dossier", "--data", data, "--kind", "scheme", "--name", "低岭村", "--out", str(out)]) == 1
    found = told(capsys)
    assert found["missing"] != []
    assert out.read_bytes().startswith(b"%PDF")
    assert main(["dossier", "--data", data, "--kind", "village", "--name", "没有的村", "--out", str(out)]) == 3
    assert "名称含“没有的村”的村(一村一档)没有" in capsys.readouterr().err
