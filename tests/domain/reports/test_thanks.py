"""Thanks to those who speak for a city in public: whom they name, and what the city gave by its own report."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from tests.cast import the_city
from tests.certificate_cast import a_hosted_tour
from tests.domain.hosting.test_reports import AFTER, TOLD
from tests.hosting_cast import CITY
from tests.hosts import MEMBER, a_sign_up
from tourreg.db import writing
from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.models import City
from tourreg.domain.hosting import commands, reports, request_queries
from tourreg.domain.hosting.particulars import Particulars, write_particulars
from tourreg.domain.hosting.report_rules import Gift
from tourreg.domain.itineraries.versions import Printed
from tourreg.domain.reports.thanks import ThanksKind, thanks_sheet
from tourreg.kernel.bilingual import Text
from tourreg.rendering import render_document

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def tour(now: datetime) -> Event:
    return a_hosted_tour(now)


def sheet_of(event: Event, kind: ThanksKind = "thanks_mayor", *, now: datetime = AFTER) -> Any:
    return thanks_sheet(kind, event, the_city("davenport"), [], Printed([], None), now=now)


def letter(sheet: Any, language: Any) -> str:
    return render_document(sheet["kind"], sheet, language=language, page_size="letter")


def tell(event: Event, *gifts: Gift, sends: bool = True, currency: str = "USD") -> None:
    """Let the city report what it gave."""
    (request,) = request_queries.requests_of_event(event.id)
    told = replace(TOLD, gifts=gifts, currency=currency)
    report = reports.send if sends else reports.save
    with writing():
        report(request_queries.request_to_change(request.public_id), told, seen=0, now=AFTER, by=CITY)


@pytest.mark.parametrize("kind", ["thanks_mayor", "thanks_council"])
def test_thanks_name_what_the_city_says_that_it_gave(tour: Event, kind: ThanksKind) -> None:
    tell(tour, Gift("Guides", "Public Works", 750, 54_375), Gift("Bus", "", None, 45_000), Gift("Council chamber"))

    sheet = sheet_of(tour, kind)

    assert sheet["given"] == {"minutes": 750, "worth": [{"minor": 99_375, "currency": "USD"}]}
    assert "your colleagues gave 12.5 hours of their time" in letter(sheet, "en")
    assert "is worth USD 993.75 in all" in letter(sheet, "en")
    assert "12.5\u2009小时" in letter(sheet, "zh")
    assert "USD 993.75" in letter(sheet, "zh")


@pytest.mark.parametrize(
    ("gift", "english", "silent"),
    [
        (Gift("Guides", "", 60), "gave one hour of their time", "worth"),
        (Gift("Bus", "", None, 45_000), "worth USD 450.00", "colleagues gave"),
    ],
)
def test_what_the_city_does_not_name_is_not_thanked_for(tour: Event, gift: Gift, english: str, silent: str) -> None:
    tell(tour, gift)

    words = letter(sheet_of(tour), "en")

    assert english in words
    assert silent not in words


@pytest.mark.parametrize("gifts", [(), (Gift("Council chamber"),), (Gift("Bus", "", 0, 0),)])
def test_a_city_that_names_neither_time_nor_value_reads_no_figures(tour: Event, gifts: tuple[Gift, ...]) -> None:
    tell(tour, *gifts)

    assert "own report" not in letter(sheet_of(tour), "en")


def test_what_a_city_has_not_sent_yet_is_told_to_nobody(tour: Event) -> None:
    tell(tour, Gift("Bus", "Public Works", 90, 45_000), sends=False)

    assert sheet_of(tour)["given"] == {"minutes": 0, "worth": []}


def test_what_another_city_gave_is_not_thanked_for(tour: Event) -> None:
    tell(tour, Gift("Bus", "Public Works", 90, 45_000))

    with writing():
        other = the_city("yangzhou")

    sheet = thanks_sheet("thanks_mayor", tour, other, [], Printed([], None), now=AFTER)

    assert sheet["given"] == {"minutes": 0, "worth": []}


def test_a_letter_that_was_issued_before_reports_were_thanked_for_still_comes_out(tour: Event) -> None:
    earlier = {name: value for name, value in sheet_of(tour).items() if name != "given"}

    assert "own report" not in letter(earlier, "both")


@pytest.mark.parametrize(
    ("english", "chinese", "government"),
    [
        ("Yangzhou", "扬州", ("The People’s Government of Yangzhou", "扬州市人民政府")),
        ("Changxing County", "长兴县", ("The People’s Government of Changxing County", "长兴县人民政府")),
        ("", "昆山市", ("", "昆山市人民政府")),
        ("Kunshan", "", ("The People’s Government of Kunshan", "")),
    ],
)
def test_a_chinese_city_is_thanked_as_its_peoples_government(
    tour: Event, english: str, chinese: str, government: tuple[str, str]
) -> None:
    sheet = thanks_to(tour, a_chinese_city(english, chinese), "thanks_council")

    assert (sheet["official"]["en"], sheet["official"]["zh"]) == government
    for language in ("en", "zh", "both"):
        words = letter(sheet, language)
        assert not [wrong for wrong in ("City Council", "members of the council", "市议会", "议员") if wrong in words]
        assert "Foreign Affairs Office" in words or "外事办公室" in words


@pytest.mark.parametrize(
    ("chinese", "english_head", "chinese_head"),
    [
        ("扬州", "Dear Mayor,", "尊敬的市长："),
        ("长兴县", "Dear County Head,", "尊敬的县长："),
        ("黄浦区", "District Head", "尊敬的区长："),
    ],
)
def test_the_head_of_a_chinese_place_has_the_title_of_its_kind(
    tour: Event, chinese: str, english_head: str, chinese_head: str
) -> None:
    sheet = thanks_to(tour, a_chinese_city("Somewhere", chinese), "thanks_mayor")

    assert english_head in letter(sheet, "en")
    assert chinese_head in letter(sheet, "zh")


def test_what_a_chinese_city_calls_those_to_thank_goes_before_what_is_usual(tour: Event, now: datetime) -> None:
    city = a_chinese_city("Yangzhou", "扬州")
    told = Particulars(name=city.name, council=Text("", "扬州市人大常委会"), mayor=Text("", "<b>王明</b>"))
    with writing():
        profile = commands.sign_up(a_sign_up(email="wang@yangzhou.example"), now=now)
        commands.confirm_address(profile, now=now)
        commands.accept(profile, city, "Welcome.", now=now, by=MEMBER)
        write_particulars(profile, told, now=now, by=MEMBER)

    council, mayor = (thanks_to(tour, city, kind) for kind in ("thanks_council", "thanks_mayor"))

    assert council["official"] == {"en": "", "zh": "扬州市人大常委会"}
    assert "尊敬的&lt;b&gt;王明&lt;/b&gt;：" in letter(mayor, "zh")


def test_an_american_city_that_names_nobody_is_thanked_as_its_council(tour: Event) -> None:
    sheet = sheet_of(tour, "thanks_council")

    assert "The City Council" in letter(sheet, "en")
    assert "市议会" in letter(sheet, "zh")
    assert "Foreign Affairs" not in letter(sheet, "en")


def thanks_to(event: Event, city: City, kind: Any) -> Any:
    return thanks_sheet(kind, event, city, [], Printed([], None), now=AFTER)


def a_chinese_city(english: str, chinese: str) -> City:
    with writing():
        city = the_city("yangzhou")
        city.name, city.country = Text(english, chinese), "CN"
    return city
