"""Sample recognition: a city holds a certificate for each programme that it received, and was thanked for the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from tourreg.db import db, writing
from tourreg.demo.past_visits import Past
from tourreg.demo.staff import programme_officer
from tourreg.domain.catalogue import desk
from tourreg.domain.certificates import commands, queries
from tourreg.domain.certificates.commands import Form
from tourreg.domain.certificates.rules import Wording, holder_of
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.history import hosts_of
from tourreg.domain.papers import commands as papers
from tourreg.domain.reports.event_papers import EVENT_PAPERS, Asked
from tourreg.domain.reports.subjects import Subjects
from tourreg.kernel.bilingual import Text

FORM = Form("both", "letter", tell=False)
CITATION = Text(
    "Sample: its engineers opened the books of the utility and answered every question.",
    "样例：市政工程师公开公用事业账目，有问必答。",
)
THANKS = ("host_thanks", "thanks_mayor", "thanks_council")
ISSUED_AFTER, CORRECTED_AFTER, THANKED_AFTER = timedelta(days=5), timedelta(days=6), timedelta(days=7)


def recognise_hosts(past: Sequence[Past]) -> None:
    """Issue a certificate to each host of programmes of the past; correct those of the last, and thank for it."""
    for programme in past:
        _issue(programme)
    _correct(past[-1])
    _thank(past[-1])


def _issue(past: Past) -> None:
    with writing():
        for visit in hosts_of(desk.event_to_change(past.event)):
            city = db.session.get_one(City, visit.city_id)
            wording, at = Wording(holder_of(city.name), people=visit.people), past.noon + ISSUED_AFTER
            key = f"sample-{past.event}"
            commands.issue(visit, city, wording, FORM, submission_key=key, now=at, by=programme_officer())


def _correct(past: Past) -> None:
    at, why = past.noon + CORRECTED_AFTER, "A sentence was missing."
    with writing():
        for visit in hosts_of(desk.event_to_change(past.event)):
            certificate = queries.standing_of(visit.event, db.session.get_one(City, visit.city_id))
            if certificate is not None:
                better = replace(commands.wording_of(certificate), citation=CITATION)
                key = f"sample-again-{past.event}"
                commands.replace(
                    certificate, visit, better, FORM, why, submission_key=key, now=at, by=programme_officer()
                )


def _thank(past: Past) -> None:
    """Issue the letters of thanks to contact, mayor and council, which name the certificate that comes with them."""
    at = past.noon + THANKED_AFTER
    with writing():
        event = desk.event_to_change(past.event)
        for kind in THANKS:
            for city in Subjects(event).hosts():
                sheet = dict(EVENT_PAPERS[kind].sheet(Asked(event, city, at, issued=True)))
                papers.issue(
                    kind, sheet, issuer=event.issuer, about=event.public_id, subject=city.public_id,
                    recipient=city.name.in_("en"), language="both", page_size="letter", now=at, by=programme_officer(),
                )  # fmt: skip
