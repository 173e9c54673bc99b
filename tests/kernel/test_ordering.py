"""Names in order, Chinese by pinyin."""

import pypinyin
import pytest

from tourreg.kernel.ordering import name_sort_key, sort_key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("周岚", "zhou lan"),
        ("Núñez, José", "nunez jose"),
        ("O’Brien-Łukasz", "o brien lukasz"),
        ("Straße", "strasse"),
        ("Nguyễn Đức", "nguyen duc"),
        ("  扬州  2027 ", "yang zhou 2027"),
        ("Yangzhou 扬州", "yangzhou yang zhou"),
        ("重庆和厦门市", "chong qing he xia men shi"),
        ("𠮷野", "𠮷 ye"),
        ("", ""),
        ("\u202e<b>", "b"),
    ],
)
def test_a_key_has_plain_letters_and_pinyin(text: str, key: str) -> None:
    assert sort_key(text) == key


@pytest.mark.parametrize(
    ("name", "key"),
    [("曾国藩", "zeng guo fan"), ("尉迟恭", "yu chi gong"), ("单雄信", "shan xiong xin"), ("周岚", "zhou lan")],
)
def test_a_family_name_is_read_as_one(name: str, key: str) -> None:
    assert name_sort_key(name) == key


def test_chinese_names_stand_among_latin_ones() -> None:
    names = ["Zhu De", "周岚", "陈静", "Carter", "艾米"]

    assert sorted(names, key=name_sort_key) == ["艾米", "Carter", "陈静", "周岚", "Zhu De"]


def test_the_table_reads_characters_as_pypinyin_does() -> None:
    for character in "扬州市人民政府城市交流中心镕喆堃昶垚淼":
        assert sort_key(character) == pypinyin.lazy_pinyin(character)[0]
