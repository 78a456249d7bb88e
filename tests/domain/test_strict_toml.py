from decimal import Decimal

import pytest

from fupin_desktop.domain.strict_toml import MONEY, Table, load, loads
from fupin_desktop.errors import BadDefinition, FileMissing


@pytest.mark.parametrize("text", ["a = " + "[" * 5000 + "]" * 5000, "a = 1e99999999999999999999", "a = " + "9" * 5000])
def test_nesting_and_numbers_beyond_all_measure_end_in_a_sentence(text):
    with pytest.raises(BadDefinition, match="文件“x.toml”的“.*”有误"):
        loads(text, "x.toml").number("a", MONEY)


def test_positions_are_counted_from_one():
    lists = loads("[[row]]\na = 1\n[[row]]\na = 'x'\n", "x.toml").tables("row")
    with pytest.raises(BadDefinition) as caught:
        lists[1].length("a")
    assert caught.value.key == "row[2].a"


def test_lengths_that_are_no_numbers_are_refused():
    with pytest.raises(BadDefinition, match="大于 0"):
        loads("a = [1, nan]", "x.toml").lengths("a")
    with pytest.raises(BadDefinition, match="不小于 0"):
        loads("a = nan", "x.toml").length("a")


def test_unknown_keys_are_told_with_what_may_be_written():
    table = Table({"colour": 1, "place": 2}, "x.toml", "head")
    table.take("name")
    table.take("places")
    with pytest.raises(BadDefinition, match=r"“head\.colour”有误：不认识的键，可用的有 name、places"):
        table.done()


def test_a_missing_file_is_told_by_what_it_is(tmp_path):
    with pytest.raises(FileMissing, match="找不到表样文件“x/form.toml”"):
        load(tmp_path / "form.toml", "x/form.toml", "表样文件")


def test_a_file_in_another_encoding_is_told(tmp_path):
    (tmp_path / "a.toml").write_bytes("a = '村'".encode("gb18030"))
    with pytest.raises(BadDefinition, match="UTF-8"):
        load(tmp_path / "a.toml")


def test_plain_values_count_as_asked_for():
    table = loads("a = 1.5\n[b]\nc = ['x']\n", "x.toml")
    assert table.plain() == {"a": Decimal("1.5"), "b": {"c": ["x"]}}
    table.done()
