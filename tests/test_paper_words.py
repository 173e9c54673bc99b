"""What papers can say, and in which language."""

from pathlib import Path

import pytest

from tests.paper_samples import both
from tourreg import rendering
from tourreg.paper_words import PaperWords

ENGLISH, CHINESE, BOTH = PaperWords("en", {}), PaperWords("zh", {}), PaperWords("both", {})


@pytest.mark.parametrize(
    ("english", "chinese", "in_english", "in_chinese", "side_by_side"),
    [
        ("Bill", "账单", "Bill", "账单", 'Bill\u2002<span lang="zh-Hans">账单</span>'),
        ("Bill", "", "Bill", '<span lang="en">Bill</span>', "Bill"),
        ("Xi’an", "", "Xi’an", '<span lang="en" class="e">Xi’an</span>', '<span class="e">Xi’an</span>'),
        (
            "",
            "账单",
            '<span lang="zh-Hans" class="z">账单</span>',
            "账单",
            '<span lang="zh-Hans">账单</span>',
        ),
        ("0001 23", "0001 23", "0001 23", "0001 23", "0001 23"),
        ("A & B", "", "A &amp; B", "A &amp; B", "A &amp; B"),
        ("", "", "", "", ""),
    ],
)
def test_a_missing_language_falls_back_to_the_other_with_its_own_lang(
    english, chinese, in_english, in_chinese, side_by_side
):
    text = both(english, chinese)

    assert str(ENGLISH.text(text)) == in_english
    assert str(CHINESE.text(text)) == in_chinese
    assert str(BOTH.text(text)) == side_by_side


def test_chinese_that_is_set_otherwise_than_the_english_beside_it_says_so():
    assert str(BOTH.text(both("Bill", "账单")).apart) == 'Bill <span lang="zh-Hans" class="z">账单</span>'
    assert str(BOTH.text(both("Bill", "账单")).under_apart) == 'Bill<br><span lang="zh-Hans" class="z">账单</span>'


@pytest.mark.parametrize(("width", "below"), [(21, False), (20, True)])
def test_both_languages_share_a_line_where_they_fit(width, below):
    pair = BOTH.text(both("Deposit 30%", "预付款30%"))

    assert ("<br>" in pair.within(width)) is below


def test_an_address_is_joined_to_one_line_in_each_language():
    pair = BOTH.text(both("1 Main Street\nDavenport", "主街1号\n达文波特"))

    assert pair.on_a_line.plain() == "1 Main Street, Davenport 主街1号，达文波特"


def test_an_address_that_is_the_same_in_both_languages_stands_once():
    pair = BOTH.text(both("1 Main Street\nDavenport", "1 Main Street\nDavenport"))

    assert str(pair.on_a_line) == "1 Main Street, Davenport"


def test_labels_of_an_account_get_the_narrowest_column_that_holds_them():
    facts = [{"label": both("Bank", "银行"), "value": "x"}, {"label": both("Routing", "路由号"), "value": "x"}]

    assert ENGLISH.label_column(facts) == "w8"
    assert BOTH.label_column(facts) == "w14"
    assert BOTH.label_column([]) == "w8"


def test_chinese_keeps_a_thin_space_from_latin_and_figures():
    assert str(CHINESE.text("第18消防站Vine一侧")) == "第\u200918\u2009消防站\u2009Vine\u2009一侧"


def test_marks_are_read_from_our_own_folder_only():
    with pytest.raises(ValueError, match="no mark"):
        ENGLISH.mark("../../../etc/passwd")

    assert Path(rendering.HERE / "static" / "papers" / "marks" / "centre.svg").exists()


def test_a_sentence_is_filled_in_each_language():
    words = PaperWords("both", {"Balance due by %(day)s": "请于%(day)s前付清"})

    sentence = words.label("Balance due by %(day)s", day=words.long_date("2026-10-28"))

    assert sentence.plain() == "Balance due by 28 October 2026 请于2026年10月28日前付清"


def test_a_word_without_a_translation_is_said_in_english():
    assert str(BOTH.label("Bill to")) == "Bill to"


def test_the_day_of_an_instant_is_that_of_the_paper_s_zone():
    assert ENGLISH.day_in("Asia/Shanghai", "2026-05-02T20:40:00+00:00") == "2026-05-03"


def test_a_list_is_said_in_the_languages_in_which_anything_of_it_is_said() -> None:
    words = PaperWords("both", {})

    def joined(*said: str | dict[str, str]) -> tuple[str, str]:
        pair = words.joined([words.text(each) for each in said])
        return pair.en, pair.zh

    assert joined("副局长", "南通市") == ("", "副局长，南通市")
    assert joined("Director", "City of Decatur") == ("Director, City of Decatur", "")
    assert joined({"en": "Director", "zh": "局长"}, "+1 970") == ("Director, +1 970", "局长，+1 970")
    assert joined("", "") == ("", "")
