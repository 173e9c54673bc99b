"""Name badges and table name plates."""

import io
from datetime import datetime

import pytest
from flask import Flask
from pypdf import PdfReader

from tests.cast import a_person, a_published_summit, a_registration
from tests.notice_cast import item_of
from tests.paper_samples.small_papers import BADGES, LONGEST, PLATES
from tourreg.adapters.glyph_widths import fits, largest_size
from tourreg.adapters.pdf import make_pdf
from tourreg.db import writing
from tourreg.domain.itineraries.documents import itinerary_days
from tourreg.domain.itineraries.plans import SpeakerPlan
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.itineraries.speakers import write_speaker
from tourreg.domain.registrations.commands import confirm
from tourreg.domain.registrations.models import Registration
from tourreg.domain.reports.badges import badges_sheet
from tourreg.domain.reports.event_papers import EVENT_PAPERS, Asked
from tourreg.domain.reports.queries import participants_of
from tourreg.domain.reports.subjects import Subjects
from tourreg.kernel.bilingual import Text
from tourreg.paper_words import PaperWords
from tourreg.rendering import render_document


def pages(kind: str, sheet: dict[str, object], size: str = "a4") -> list[str]:
    html = render_document(kind, sheet, language="both", page_size="letter" if size == "letter" else "a4")
    return [page.extract_text() for page in PdfReader(io.BytesIO(make_pdf(html))).pages]


def test_four_badges_share_a_page_and_their_backs_the_next() -> None:
    made = pages("badges", BADGES)

    assert len(made) == 4
    assert "李明" in made[0]
    assert "Opening" in made[1]
    assert "𠮷田堃" in made[2]


def test_backs_lie_behind_their_fronts_when_the_sheet_is_turned() -> None:
    html = render_document("badges", BADGES, language="en", page_size="a4")

    assert [html.index(f'bd b{place}"') for place in range(4)] == sorted(
        html.index(f'bd b{place}"') for place in range(4)
    )
    styles = html.partition("</style>")[0]
    assert ".b0, .m1 { left: 0" in styles
    assert ".b1, .m0 { left: 105mm" in styles


def test_every_plate_shows_the_name_to_both_sides() -> None:
    made = pages("name_plates", PLATES)

    assert len(made) == len(PLATES["badges"])
    assert made[1].count("李明") == 2


def test_a_text_is_set_as_large_as_fits_and_never_larger() -> None:
    size = largest_size("VAN DER MEER", 79, most=60, least=10)

    assert fits("VAN DER MEER", 79, size)
    assert not fits("VAN DER MEER", 79, size + 0.5)
    assert largest_size("李", 79, most=60, least=10) == 60
    assert largest_size(LONGEST, 79, most=60, least=10) == 10


def test_a_name_is_broken_before_it_gets_smaller_than_can_be_read() -> None:
    words = PaperWords("en", {})

    assert words.pieces("Ann", 79, 13) == ["Ann"]
    lines = words.pieces("VAN DER MEER-STEENBERGEN", 40, 13)
    assert lines[0].endswith(("MEER-", "DER"))
    assert all(fits(line, 79, 13) for line in words.pieces(LONGEST, 79, 13))
    assert "".join(words.pieces(LONGEST, 79, 13)).replace(" ", "") == LONGEST.replace(" ", "")


def test_badges_are_made_of_those_who_take_part(app: Flask, now: datetime) -> None:
    event = a_published_summit()
    registration = a_registration(event, a_person("Hart", "Emily", organisation="City of Charlotte"), now=now)
    with writing() as session:
        confirm(session.get_one(Registration, registration.id), now=now, by="staff:ren")

    sheet = badges_sheet("badges", event, participants_of(event), itinerary_days(event, days_of(event)), now=now)

    (badge,) = sheet["badges"]
    assert (badge["given"], badge["family"], badge["organisation"]) == ("Emily", "Hart", "City of Charlotte")
    assert [one["title"]["en"] for one in sheet["appointments"]] == ["Opening and keynote", "Sanwan Canal Park"]


def test_without_anybody_the_paper_says_so() -> None:
    (page,) = pages("badges", {**BADGES, "badges": []})

    assert "Nobody takes part yet." in page


def test_guests_and_speakers_have_badges_of_their_own(app: Flask, now: datetime) -> None:
    event = a_published_summit()
    registration = a_registration(event, a_person("Hart", "Emily"), now=now)
    with writing() as session:
        confirm(session.get_one(Registration, registration.id), now=now, by="staff:ren")
        participants_of(event)[0].guest = "Sam Hart"
        write_speaker(event, None, SpeakerPlan(Text("Amara OKAFOR", "阿玛拉·奥卡福")), now=now, by="staff:ren")

    badges, plates = (
        badges_sheet(kind, event, participants_of(event), [], now=now)["badges"] for kind in ("badges", "name_plates")
    )

    assert [(badge["family"], badge["role"]) for badge in badges] == [
        ("Hart", "delegate"), ("Sam Hart", "guest"), ("Amara OKAFOR", "speaker"),
    ]  # fmt: skip
    assert [badge["role"] for badge in plates] == ["delegate", "speaker"]


@pytest.mark.parametrize("kind", EVENT_PAPERS)
def test_every_paper_of_an_event_is_made_from_it(app: Flask, now: datetime, kind: str) -> None:
    event = a_published_summit()
    paper = EVENT_PAPERS[kind]
    subjects = list(paper.subjects(Subjects(event))) if paper.subjects else [None]

    sheets = [paper.sheet(Asked(event, subject, now, issued=False)) for subject in subjects]

    assert {sheet["kind"] for sheet in sheets} <= {kind}
    assert all(render_document(kind, sheet, language="both", page_size="a4") for sheet in sheets)


def test_a_badge_tells_the_group_and_has_that_groups_day_on_its_back(app: Flask, now: datetime) -> None:
    event = a_published_summit()
    registration = a_registration(event, a_person("Chen"), a_person("Han"), a_person("Hart"), now=now)
    with writing():
        confirm(registration, now=now, by="staff:ren")
        for person, group in zip(registration.participants, ("a", "guests", ""), strict=True):
            person.group = group
        item_of(event, "Sanwan Canal Park").group = "a"

    days = itinerary_days(event, days_of(event))
    sheet = badges_sheet("badges", event, participants_of(event), days, now=now)

    assert [(badge["role"], badge.get("group")) for badge in sheet["badges"]] == [
        ("delegate", "a"), ("guest", "guests"), ("delegate", ""),
    ]  # fmt: skip
    park = {"en": "Sanwan Canal Park", "zh": "运河三湾公园"}
    backs = [sheet["appointments"], *sheet["appointments_of"].values()]
    assert [park in [one["title"] for one in back] for back in backs] == [False, True, False, False]
    made = pages("badges", {**sheet})
    assert "Group A" in made[0]
    assert made[1].count("运河三湾公园") == 1
