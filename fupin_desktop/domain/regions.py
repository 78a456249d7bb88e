"""Counties, towns and villages offered at set-up; codes are 6 + 3 + 3 digits (县 + 镇 + 村)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from fupin_desktop.domain.strict_toml import Table, load
from fupin_desktop.errors import FileMissing


@dataclass(frozen=True, slots=True)
class Village:
    """A village or community (村、社区) with its whole 12-digit code."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Town:
    """A town or street (镇、街道) with its whole 9-digit code; ``villages`` may be incomplete or empty."""

    code: str
    name: str
    villages: tuple[Village, ...]


@dataclass(frozen=True, slots=True)
class County:
    """A county, county-level city or district with its 6-digit code.

    Attributes:
        policy: Short name of the policy document in force there, e.g. 吴川; empty where none is stored.
        village_codes_provisional: Whether the villages' codes are placeholders, to be replaced by the office.
    """

    code: str
    name: str
    city: str
    province: str
    towns: tuple[Town, ...]
    policy: str = ""
    village_codes_provisional: bool = False

    @property
    def path(self) -> str:
        """Province, city and county in one: 广东省湛江市吴川市."""
        return self.province + self.city + self.name

    def town(self, name: str) -> Town | None:
        """The town of that name, None where the county's list does not hold it."""
        return next((town for town in self.towns if town.name == name), None)


def load_regions(folder: Path) -> tuple[County, ...]:
    """The counties of all region files of a folder, by their codes.

    Raises:
        BadDefinition: A file breaks a rule of its form.
        FileMissing: The folder holds no region file.
    """
    counties = [county for path in sorted(folder.glob("*.toml")) for county in _read(path)]
    if not counties:
        raise FileMissing("找不到行政区划文件。", todo="请重新安装程序。")
    return tuple(sorted(counties, key=lambda county: county.code))


def _read(path: Path) -> list[County]:
    """The counties of one file."""
    top = load(path)
    counties = [_county(entry) for entry in _unlike(top, "county")]
    top.done()
    return counties


def _county(entry: Table) -> County:
    """One county of its entry."""
    code, name = _named(entry, 6)
    county = County(
        code=code,
        name=name,
        city=entry.name("city", required=True),
        province=entry.name("province", required=True),
        towns=tuple(_town(town, code) for town in _unlike(entry, "town")),
        policy=entry.name("policy"),
        village_codes_provisional=entry.flag("village_codes_provisional"),
    )
    entry.done()
    return county


def _town(entry: Table, county: str) -> Town:
    """One town of its entry."""
    code, name = _named(entry, 3)
    villages = tuple(_village(village, county + code) for village in _unlike(entry, "villages"))
    entry.done()
    return Town(county + code, name, villages)


def _village(entry: Table, town: str) -> Village:
    """One village of its entry."""
    code, name = _named(entry, 3)
    entry.done()
    return Village(town + code, name)


def _unlike(table: Table, key: str) -> list[Table]:
    """A list of tables whose codes differ."""
    entries = table.tables(key, optional=True)
    codes = [str(entry.take("code")) for entry in entries]
    if len(set(codes)) < len(codes):
        table.fail(key, "代码有重复")
    return entries


def _named(entry: Table, digits: int) -> tuple[str, str]:
    """Code and name of an entry."""
    code = entry.take("code")
    if not isinstance(code, str) or not re.fullmatch(f"[0-9]{{{digits}}}", code):
        entry.fail("code", f"代码应是{digits}位数字")
    return code, entry.name("name", required=True)
