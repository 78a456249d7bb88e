"""Reads the manual's pages as a technician would: TOML examples and tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from fupin_desktop import paths

MANUAL = paths.resources() / "manual"


@dataclass
class Example:
    part: str
    text: str


@dataclass
class Found:
    examples: list[Example] = field(default_factory=list)
    tables: dict[str, list[list[str]]] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    text: str = ""


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = Found()
        self._example = None
        self._rows = None
        self._open = []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.found.tags.add(tag)
        if tag not in {"meta", "link", "br", "img"}:
            self._open.append(tag)
        if tag == "a" and "href" in given:
            self.found.links.append(given["href"])
        if tag == "img":
            self.found.pictures.append((given["src"], given["alt"]))
        if tag == "a" and "name" in given:
            self.found.anchors.add(given["name"])
        if tag == "pre" and given.get("class") == "toml":
            self._example = Example(given.get("title", "whole"), "")
        if tag == "table":
            self._rows = self.found.tables.setdefault(given.get("class", f"table{len(self.found.tables)}"), [])
        if tag == "tr":
            self._rows.append([])
        if tag in {"td", "th"}:
            self._rows[-1].append("")

    def handle_endtag(self, tag):
        assert self._open.pop() == tag, f"</{tag}> closes nothing"
        if tag == "pre" and self._example is not None:
            self.found.examples.append(self._example)
            self._example = None
        if tag == "table":
            self._rows = None

    def handle_data(self, data):
        self.found.text += data
        if self._example is not None:
            self._example.text += data
        if self._open and self._rows and {"td", "th"} & set(self._open):
            self._rows[-1][-1] += data


@cache
def page(name: str) -> Found:
    reader = Reader()
    reader.feed((MANUAL / name).read_text(encoding="utf-8"))
    reader.close()
    assert not reader._open
    return reader.found


def pages() -> list[str]:
    return sorted(path.name for path in MANUAL.glob("*.html"))


def as_path(name: str) -> Path:
    return MANUAL / name
