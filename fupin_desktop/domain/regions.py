"""Counties, towns and villages offered at set-up; codes are 6 + 3 + 3 digits (县 + 镇 + 村)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fupin_desktop.errors import BadDefinition, FileMissing

_COUNTY_KEYS = {"code", "name", "city", "province", "village_codes_provisional", "town"}
_TOWN_KEYS = {"code", "name", "villages"}
_VILLAGE_KEYS = {"code", "name"}


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
        village_codes_provisional: Whether the villages' codes are placeholders, to be replaced by the office.
    """

    code: str
    name: str
    city: str
    province: str
    towns: tuple[Town, ...]
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
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadDefinition(path.name, "全文", f"不是正确的 TOML 文件：{fault}") from None
    if data.keys() != {"county"}:
        raise BadDefinition(path.name, "全文", "应只有 [[county]]")
    entries = _entries(path.name, "county", data["county"])
    return [_county(path.name, f"county[{at}]", entry) for at, entry in enumerate(entries)]


def _county(file: str, key: str, entry: dict[str, Any]) -> County:
    """One county of its entry."""
    code, name = _named(file, key, entry, _COUNTY_KEYS, 6)
    towns = _entries(file, f"{key}.town", entry.get("town", []))
    return County(
        code=code,
        name=name,
        city=_text(file, f"{key}.city", entry.get("city")),
        province=_text(file, f"{key}.province", entry.get("province")),
        towns=tuple(_town(file, f"{key}.town[{at}]", town, code) for at, town in enumerate(towns)),
        village_codes_provisional=bool(entry.get("village_codes_provisional", False)),
    )


def _town(file: str, key: str, entry: dict[str, Any], county: str) -> Town:
    """One town of its entry."""
    code, name = _named(file, key, entry, _TOWN_KEYS, 3)
    villages = []
    for at, village in enumerate(_entries(file, f"{key}.villages", entry.get("villages", []))):
        own, called = _named(file, f"{key}.villages[{at}]", village, _VILLAGE_KEYS, 3)
        villages.append(Village(county + code + own, called))
    return Town(county + code, name, tuple(villages))


def _entries(file: str, key: str, entries: object) -> list[dict[str, Any]]:
    """A list of tables whose codes differ."""
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BadDefinition(file, key, "应是一组条目")
    codes = [entry.get("code") for entry in entries]
    if len(set(map(str, codes))) < len(codes):
        raise BadDefinition(file, key, "代码有重复")
    return entries


def _named(file: str, key: str, entry: dict[str, Any], known: set[str], digits: int) -> tuple[str, str]:
    """Code and name of an entry that has only known keys."""
    for name in entry:
        if name not in known:
            raise BadDefinition(file, f"{key}.{name}", f"不认识的键，可用的有 {'、'.join(sorted(known))}")
    code = entry.get("code")
    if not isinstance(code, str) or not re.fullmatch(f"[0-9]{{{digits}}}", code):
        raise BadDefinition(file, f"{key}.code", f"代码应是{digits}位数字")
    return code, _text(file, f"{key}.name", entry.get("name"))


def _text(file: str, key: str, text: object) -> str:
    """A text that must be there and not be empty."""
    if not isinstance(text, str) or not text:
        raise BadDefinition(file, key, "缺少这一项，或不是文字")
    return text
