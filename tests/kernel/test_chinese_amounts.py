import pytest
from hypothesis import given
from hypothesis import strategies as st

from tourreg.kernel.chinese_amounts import in_chinese_figures


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
