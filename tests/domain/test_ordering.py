import pytest

from fupin_desktop.domain.ordering import chinese_number, natural_key


@pytest.mark.parametrize(("text", "value"), [
    ("一", 1), ("十", 10), ("十一", 11), ("二十", 20), ("二十一", 21), ("一百零五", 105), ("三百二十", 320), ("二〇", 20),
    ("12", 12), ("007", 7),
])
def test_numerals_are_read_by_value(text, value):
    assert chinese_number(text) == value


def test_groups_sort_by_their_numbers():
    groups = ["十一组", "二组", "第10队", "一组", "第2队", "十组", "", "新村组"]
    assert sorted(groups, key=natural_key) == ["", "一组", "二组", "十组", "十一组", "新村组", "第2队", "第10队"]
