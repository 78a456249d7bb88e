from pathlib import Path

import pytest

from fupin_desktop.domain.regions import load_regions
from fupin_desktop.errors import BadDefinition, FileMissing
from fupin_desktop.paths import resources

TOWNS = {
    "440883001": "梅菉街道",
    "440883002": "塘尾街道",
    "440883003": "大山江街道",
    "440883004": "博铺街道",
    "440883005": "海滨街道",
    "440883100": "浅水镇",
    "440883101": "长岐镇",
    "440883102": "覃巴镇",
    "440883103": "王村港镇",
    "440883104": "振文镇",
    "440883105": "樟铺镇",
    "440883106": "吴阳镇",
    "440883107": "塘\u364d镇",
    "440883109": "黄坡镇",
    "440883111": "兰石镇",
}
COUNTIES = ["441802", "441803", "441821", "441823", "441825", "441826", "441881", "441882"]
TOWNS_OF_QINGYUAN = dict(zip(COUNTIES, (8, 8, 6, 13, 7, 7, 24, 12), strict=True))
"""77 towns, 3 townships of the Yao and 5 streets."""


def test_shipped_regions():
    counties = {county.code: county for county in load_regions(resources() / "regions")}
    assert sorted(counties) == ["440883", *COUNTIES]
    wuchuan = counties["440883"]
    assert {town.code: town.name for town in wuchuan.towns} == TOWNS
    assert wuchuan.path == "广东省湛江市吴川市"
    assert wuchuan.village_codes_provisional
    town = wuchuan.town("塘㙍镇")
    assert town is not None
    assert len(town.villages) >= 12
    assert all(village.code.startswith(town.code) and len(village.code) == 12 for village in town.villages)
    assert wuchuan.town("没有镇") is None
    assert {code: len(counties[code].towns) for code in COUNTIES} == TOWNS_OF_QINGYUAN
    assert {counties["441881"].town(name).code for name in ("浛洸镇", "下𬒔镇")} == {"441881112", "441881120"}


GOOD = '[[county]]\ncode = "440883"\nname = "吴川市"\ncity = "湛江市"\nprovince = "广东省"\n'


@pytest.mark.parametrize(
    ("text", "key", "rule"),
    [
        ("x = ", "第1行第1列", "TOML"),
        ("x = 1", "x", "county"),
        (GOOD.replace("440883", "4408"), "county[1].code", "6位"),
        (GOOD.replace('name = "吴川市"\n', ""), "county[1].name", "缺少"),
        (GOOD + "extra = 1\n", "county[1].extra", "不认识"),
        (GOOD + GOOD, "county", "重复"),
        ("county = 3", "county", "应是列表"),
        (GOOD + '[[county.town]]\ncode = "1"\nname = "甲镇"\n', "county[1].town[1].code", "3位"),
        (
            GOOD + '[[county.town]]\ncode = "101"\nname = "甲镇"\nvillages = [{ code = "201", name = 5 }]\n',
            "county[1].town[1].villages[1].name",
            "文字",
        ),
    ],
)
def test_faults_name_file_key_and_rule(tmp_path: Path, text, key, rule):
    (tmp_path / "county.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadDefinition) as caught:
        load_regions(tmp_path)
    assert (caught.value.file, caught.value.key) == ("county.toml", key)
    assert rule in caught.value.rule


def test_no_files_is_a_situation(tmp_path: Path):
    with pytest.raises(FileMissing):
        load_regions(tmp_path)
