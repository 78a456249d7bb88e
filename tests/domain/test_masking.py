import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_desktop.domain.masking import find_leaks, mask_account, mask_id, mask_name, mask_phone, shortest_tails
from fupin_desktop.errors import SamePerson

ID = "440883198001011231"


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        (ID, "440883********1231"),
        ("44088319800101123x", "440883********123X"),
        ("440883800101123", "440883******123"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_id_numbers_are_masked(number, masked):
    assert mask_id(number) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13800138000", "138****8000"),
        ("138 0013 8000", "138****8000"),
        ("0759-5581234", "********1234"),
        ("12317", "*****"),
        ("", ""),
    ],
)
def test_phones_are_masked(phone, masked):
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("account", "masked"),
    [("6228480012345678901", "***************8901"), ("6228 4800 1234 5678", "************5678"), ("1234567", "*******")],
)
def test_accounts_show_their_last_four(account, masked):
    assert mask_account(account) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张小三", "张*三"),
        ("张小三四", "张**四"),
        ("欧阳锋", "欧阳*"),
        ("欧阳小锋", "欧阳*锋"),
        ("欧阳", "欧*"),
        ("买买提·艾力", "买*提·艾*"),
        ("𠅤小𬭳", "𠅤*𬭳"),
        ("葛\U000e0100小三", "葛\U000e0100*三"),
        ("Smith", "S****"),
        ("", ""),
    ],
)
def test_names_are_masked(name, masked):
    assert mask_name(name) == masked


def test_tails_only_where_names_repeat():
    people = [
        ("a", "张三", "440883198001011231"),
        ("b", "张三", "440883198001011241"),
        ("c", "李四", "440883198001011231"),
        ("d", "张 三", "440883198001011299"),
    ]
    assert shortest_tails(people) == {"a": "31", "b": "41", "c": "", "d": ""}


def test_tails_are_as_short_as_can_be():
    assert shortest_tails([("a", "张三", "…1231"), ("b", "张三", "…1232")]) == {"a": "1", "b": "2"}
    assert shortest_tails([("a", "张三", "15678"), ("b", "张三", "25678")]) == {"a": "15678", "b": "25678"}
    assert shortest_tails([]) == {}


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [(ID, ID, "身份证号相同"), (ID, "", "没有填写"), (ID, ID[:9] + "1" + ID[10:], "也相同")],
)
def test_people_who_cannot_be_told_apart_are_a_situation(first, second, sentence):
    with pytest.raises(SamePerson, match=sentence):
        shortest_tails([("a", "张三", first), ("b", "张三", second)])


@given(st.sets(st.from_regex(r"440883[0-9]{11}[0-9X]", fullmatch=True), min_size=2, max_size=8))
def test_tails_tell_everyone_apart_or_say_so(numbers):
    people = [(number, "陈水", number) for number in numbers]
    try:
        tails = shortest_tails(people)
    except SamePerson:
        assert len({number[-8:] for number in numbers}) < len(numbers)
        return
    assert len(set(tails.values())) == len(numbers)
    length = len(next(iter(tails.values())))
    assert all(number.endswith(tail) and len(tail) == length for number, tail in tails.items())
    assert length == 1 or len({number[-length + 1 :] for number in numbers}) < len(numbers)


@pytest.mark.parametrize(
    "leak",
    [
        ID,
        "44088319800101123X",
        "440883800101123",
        "13800138000",
        "138-0013-8000",
        "+86 13800138000",
        "6228480012345678901",
        "6228 4800 1234 5678 901",
        "440883 19800101 1231",
        "80020000123456789",
        "138—0013—8000",
        "440883–19800101–1231",
    ],
)
@pytest.mark.parametrize("around", ["{}", "证件{}。", "a{},b", "甲\n{}\n乙", "(电话:{})"])
def test_leaks_are_found(leak, around):
    assert find_leaks(around.format(leak)) == [leak]


def test_full_width_leaks_are_found():
    assert find_leaks("４４０８８３１９８００１０１１２３１") == [ID]


@pytest.mark.parametrize(
    "public",
    [
        mask_id(ID),
        "440883******123",
        mask_phone("13800138000"),
        mask_account("6228480012345678901"),
        "0759-5581234",
        "12317",
        "440883107201",
        "2024 2025 2026 2027",
        "2026年11月9日至11月13日(共5天)",
        "1,234,567.89  9.999  10.000",
        "1231",
        "",
    ],
)
def test_what_may_be_public_is_no_leak(public):
    assert find_leaks(public) == []


def test_leaks_come_in_the_order_found():
    assert find_leaks(f"{ID} 13800138000\n6228480012345678901") == [ID, "13800138000", "6228480012345678901"]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("本人（身份证440883195501032115，电话138-0013-8001）", "本人（身份证440883********2115，电话138****8001）"),
        ("证号 ４４０８８３１９５５０１０３２１１５", "证号 440883********2115"),
        ("存折 6228 4804 0256 4890 018", "存折 " + "*" * 15 + "0018"),
        ("第一行\n收据440883195802052136", "第一行\n收据440883********2136"),
        ("番薯3.5亩，成本1200.00元（2026年）", "番薯3.5亩，成本1200.00元（2026年）"),
    ],
)
def test_numbers_in_free_text_are_masked(text: str, masked: str) -> None:
    from fupin_desktop.domain.masking import find_leaks, mask_leaks

    found = mask_leaks(text)
    assert find_leaks(found) == []
    assert found.replace("*", "") == masked.replace("*", "")


WAYS = (
    lambda number: number, lambda number: " ".join(number), lambda number: "-".join(number), lambda number: ".".join(number),
    lambda number: "·".join(number), lambda number: "/".join(number), lambda number: "_".join(number), lambda number: ",".join(number),
    lambda number: "，".join(number), lambda number: "、".join(number), lambda number: ":".join(number), lambda number: "\u200b".join(number),
    lambda number: number.translate(FULL), lambda number: " ".join(number.translate(FULL)), lambda number: number.translate(SMALL),
    lambda number: number.translate(LARGE), lambda number: " ".join(number.translate(SMALL)), lambda number: number.translate(ROUND),
    lambda number: f"{number[:3]} {number[3:7]} {number[7:]}", lambda number: f"{number[:3]}-{number[3:7]}-{number[7:]}",
    lambda number: f"{number[:3]}.{number[3:7]}.{number[7:]}", lambda number: f"{number[:6]} {number[6:14]} {number[14:]}",
    lambda number: f"{number[:6]}（{number[6:]}）", lambda number: f"{number[:4]}\n{number[4:]}", lambda number: f"前{number[:6]}后{number[6:]}",
    lambda number: f"{number[:6]}—{number[6:]}", lambda number: f"{number[:6]}\t{number[6:]}", lambda number: f"“{number}”",
    lambda number: f"{number[:5]}  {number[5:]}", lambda number: f"{number[:8]}x{number[8:]}", lambda number: f"№{number}号",
    lambda number: f"{number[:3]}－{number[3:7]}－{number[7:]}", lambda number: "　".join(number), lambda number: f"+86{number}",
    lambda number: f"{number[:6].translate(SMALL)}{number[6:]}", lambda number: f"{number[:6].translate(FULL)}{number[6:]}",
    lambda number: "…".join((number[:6], number[6:])), lambda number: "<br>".join((number[:6], number[6:])),
    lambda number: "｜".join(number), lambda number: "\u2060".join(number), lambda number: f"{number[:-4]} {number[-4:]}",
)  # fmt: skip
"""41 ways of writing a number."""
FULL, SMALL = str.maketrans("0123456789", "０１２３４５６７８９"), str.maketrans("0123456789", "〇一二三四五六七八九")
LARGE, ROUND = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖"), str.maketrans("123456789", "①②③④⑤⑥⑦⑧⑨")


@pytest.mark.parametrize("number", ["440883195501032115", "13800138001", "6228480402564890018"])
@pytest.mark.parametrize("way", range(len(WAYS)))
def test_a_known_number_is_masked_however_it_is_written(way, number):
    from fupin_desktop.domain.masking import _squeezed, mask_leaks

    text = f"本人号码{WAYS[way](number)}，申请番薯3.5亩奖补1200.00元。"
    masked = mask_leaks(text, [number])
    assert number not in _squeezed(masked)[0]
    assert masked.endswith("，申请番薯3.5亩奖补1200.00元。")
    assert mask_leaks("2026年11月9日，3.5亩，1200.00元，第440883号", [number]) == "2026年11月9日，3.5亩，1200.00元，第440883号"


@pytest.mark.parametrize("way", [*range(11), *range(12, 15), 15, 16, 18, 19, 20, 21])
@pytest.mark.parametrize("number", ["440883195501032115", "13800138001"])
def test_an_unknown_number_is_found_in_most_ways(way, number):
    if WAYS[way](number) in (f"{number[:6]} {number[6:14]} {number[14:]}",) and len(number) == 11:
        return  # a phone is not parted so
    assert find_leaks(f"号码{WAYS[way](number)}。") != []


@pytest.mark.parametrize(
    "public",
    ["一二三四五六七八九", "二〇二六年一月", "1.5 2.5 3.5 4.5 5.5 6.5 7.5", "2026-01-05、2026-02-06、2026-03-07", "1，2，3，4，5，6，7，8，9，10，11，12，13，14"],
)  # fmt: skip
def test_other_rows_of_digits_are_no_leak(public):
    assert find_leaks(public) == []
