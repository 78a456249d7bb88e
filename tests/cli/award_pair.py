"""A scheme and a register to calculate from, changed as tests need them."""

import json

import openpyxl

from fupin_desktop.__main__ import main

FILES = ["award_sheet.pdf", "award_sheet.xlsx", "award_working.pdf", "notice.pdf", "result.json"]


def award(pair, *more):
    scheme, register, out = pair
    return main(["award", "--scheme", str(scheme), "--households", str(register), "--out", str(out), *more])


def change_scheme(pair, old, new):
    text = pair[0].read_text(encoding="utf-8")
    assert old in text
    pair[0].write_text(text.replace(old, new), encoding="utf-8")


def change_register(pair, **cells):
    book = openpyxl.load_workbook(pair[1])
    for place, value in cells.items():
        book.active[place] = value
    book.save(pair[1])


def result_of(pair):
    return json.loads((pair[2] / "result.json").read_text(encoding="utf-8"))
