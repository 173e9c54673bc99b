import pytest
from hypothesis import given
from hypothesis import strategies as st

from tourreg.kernel.chinese_amounts import CURRENCY_NAMES, in_chinese_figures, spelled_in_chinese
from tourreg.kernel.money import Money


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (50, "伍角整"),
        (56, "伍角陆分"),
        (10_00, "壹拾元整"),
        (10_50, "壹拾元零伍角整"),
        (325_04, "叁佰贰拾伍元零肆分"),
        (1_409_50, "壹仟肆佰零玖元伍角整"),
        (1_680_32, "壹仟陆佰捌拾元零叁角贰分"),
        (6_007_14, "陆仟零柒元壹角肆分"),
        (12_300_00, "壹万贰仟叁佰元整"),
        (16_409_02, "壹万陆仟肆佰零玖元零贰分"),
        (20_930_00, "贰万零玖佰叁拾元整"),
        (100_000_00, "壹拾万元整"),
        (107_000_53, "壹拾万柒仟元零伍角叁分"),
        (1_000_001_00, "壹佰万零壹元整"),
        (100_000_000_00, "壹亿元整"),
        (100_010_000_00, "壹亿零壹万元整"),
        (100_000_005_00, "壹亿零伍元整"),
        (9_999_999_999_999_999_99, "玖仟玖佰玖拾玖万亿玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        (-8_970_00, "负捌仟玖佰柒拾元整"),
    ],
)
def test_an_amount_reads_as_a_bank_would_write_it(fen, words):
    assert in_chinese_figures(fen) == words


def test_an_amount_beyond_the_words_is_refused():
    with pytest.raises(ValueError, match="no such amount"):
        in_chinese_figures(10**18)


@given(st.integers(min_value=1, max_value=10**17))
def test_no_amount_has_two_zeros_in_a_row_or_one_at_its_end(fen):
    words = in_chinese_figures(fen)

    assert "零零" not in words
    assert not words.endswith("零")
    assert words[-1] in "整分"


@given(st.integers(min_value=0, max_value=10**17), st.integers(min_value=0, max_value=10**17))
def test_two_amounts_never_read_the_same(first, second):
    assert (in_chinese_figures(first) == in_chinese_figures(second)) == (first == second)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Money(12_300_00, "CNY"), "人民币壹万贰仟叁佰元整"),
        (Money(7_222_05, "USD"), "美元柒仟贰佰贰拾贰元零伍分"),
        (Money(480_50, "EUR"), "欧元肆佰捌拾元零伍角整"),
        (Money(2_940_800, "JPY"), "日元贰佰玖拾肆万零捌佰元整"),
        (Money(100, "KRW"), ""),
    ],
)
def test_each_currency_is_named_and_yen_have_no_parts(amount, words):
    assert spelled_in_chinese(amount) == words


@given(st.integers(min_value=0, max_value=10**17), st.sampled_from(["CNY", "USD", "EUR", "JPY"]))
def test_the_words_read_back_are_the_amount(minor, currency):
    minor = minor // 100 if currency == "JPY" else minor

    words = spelled_in_chinese(Money(minor, currency))

    assert words.startswith(CURRENCY_NAMES[currency])
    hundredths = read_back(words.removeprefix(CURRENCY_NAMES[currency]))
    assert hundredths == (minor * 100 if currency == "JPY" else minor)


def read_back(words: str) -> int:
    """Return the hundredths that somebody reads who adds up figure by figure, as a teller does."""
    whole, mark, rest = words.rpartition("元")
    small = rest if mark else words
    value = 0
    for sign, worth in (("角", 10), ("分", 1)):
        if sign in small:
            value += "零壹贰叁肆伍陆柒捌玖".index(small[small.index(sign) - 1]) * worth
    return whole_of(whole) * 100 + value


def whole_of(words: str) -> int:
    """Return what the words before 元 say: 万 and 亿 multiply all that was read since the last greater one."""
    total = section = figure = 0
    for sign in words.replace("万亿", "兆"):
        if sign in "零壹贰叁肆伍陆柒捌玖":
            figure = "零壹贰叁肆伍陆柒捌玖".index(sign)
        elif sign in "拾佰仟":
            section, figure = section + figure * 10 ** ("拾佰仟".index(sign) + 1), 0
        else:
            total, section, figure = total + (section + figure) * {"万": 10**4, "亿": 10**8, "兆": 10**12}[sign], 0, 0
    return total + section + figure
