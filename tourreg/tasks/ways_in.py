"""The links and codes that a letter carries, made in the moment in which the letter is."""

from datetime import datetime, timedelta
from typing import Any

from tourreg.blueprints.addresses import whole_address
from tourreg.blueprints.words import settings
from tourreg.db import writing
from tourreg.domain.accounts import links, passwords
from tourreg.domain.accounts import queries as accounts
from tourreg.domain.accounts.commands import PASSWORD_LINK
from tourreg.domain.accounts.models import OneTimeLink
from tourreg.domain.hosting import queries as hosts
from tourreg.domain.hosting.city_people import known_contact
from tourreg.domain.hosting.contacts import contact_by_public_id
from tourreg.domain.outbox.models import Letter
from tourreg.domain.registrations import fresh_codes
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.registrations.access_terms import access_ends_at
from tourreg.domain.reports.own_programmes import own_parts, participant_by_public_id
from tourreg.tasks.registry import Hopeless

HOST_CONFIRMATION_LASTS = timedelta(days=7)
INVITATION_LASTS = timedelta(days=14)
HOST_ACCESS_LASTS = timedelta(days=365)
# Where letters about a request lead on to, unless to the request itself.
CITY_PAGES = {"hosting_message": "questions", "hosting_report_asked": "after", "hosting_proposal_answered": "days"}
OFFICE_PAGES = {"hosting_message_told": "office_hosting_talk.show", "hosting_proposed": "office_proposals.show"}


def ways_in(letter: Letter, *, now: datetime) -> dict[str, Any]:
    """Return what the letter's template needs to lead its reader on."""
    if "link" in letter.facts:
        return _asked_link(letter)
    if "participant" in letter.facts:
        return _programme_link(letter, now)
    if "profile" in letter.facts:
        return _host_link(letter, now)
    if "known_contact" in letter.facts:
        return _sign_up(letter)
    if "office_request" in letter.facts:
        return _office_request(letter)
    if "slug" in letter.facts:
        return {"event_url": whole_address("register.form", slug=letter.facts["slug"], language=letter.language)}
    return _registration_link(letter, now) if "registration" in letter.facts else {}


def _office_request(letter: Letter) -> dict[str, Any]:
    """Return where the office reads a request to a host city, behind its own sign-in."""
    asked, event = letter.facts["office_request"], letter.facts["event"]
    page = OFFICE_PAGES.get(letter.template, "office_hosting.show")
    return {"office_url": whole_address(page, public_id=event, asked=asked)}


def _asked_link(letter: Letter) -> dict[str, Any]:
    """Return the link that was asked for, and what stands beside it; the reader has not been sent it yet."""
    link = accounts.link_by_public_id(letter.facts["link"])
    if link is None:
        raise Hopeless("The link of this letter is gone.")
    secret = settings().secret_key
    if link.purpose == PASSWORD_LINK:
        return {
            "link_url": whole_address(
                "choose_password.choose", token=links.token_of(link, secret), language=letter.language
            ),
            "office_url": whole_address("office.board"),
            "days": passwords.LASTS.days,
        }
    if link.purpose == fresh_codes.PURPOSE:
        return {"code": links.code_of(link, secret), "minutes": fresh_codes.LASTS // timedelta(minutes=1)}
    return {
        "code": links.code_of(link, secret),
        "link_url": _address(link, letter.language),
        "minutes": links.SIGN_IN_LASTS // timedelta(minutes=1),
    }


def _host_link(letter: Letter, now: datetime) -> dict[str, Any]:
    """Return the link of a letter to a host: to confirm the address by, to the city's page, or on to a request."""
    if letter.template == "host_invitation":
        return _invitation(letter, now)
    if "host_contact" in letter.facts:
        link = _link_of_contact(letter, now)
    elif letter.template == "city_letter":
        link = _link_of_host(letter, now)
    elif letter.template == "host_confirm":
        link = _standing("host_confirmation", letter.facts["profile"], now + HOST_CONFIRMATION_LASTS, now)
    else:
        link = _standing("host_profile", letter.facts["profile"], now + HOST_ACCESS_LASTS, now)
    named = {"request": letter.facts["request"]} if "request" in letter.facts else {}
    if letter.template in CITY_PAGES:
        named["page"] = CITY_PAGES[letter.template]
    return {"access_url": _address(link, letter.language, **named), "days": HOST_CONFIRMATION_LASTS.days}


def _sign_up(letter: Letter) -> dict[str, Any]:
    """Return where somebody's city is signed up, looked for already; whom the office knows no more gets no letter."""
    known = known_contact(letter.facts["known_contact"])
    if known is None or known.email.casefold() != letter.to_address.casefold():
        raise Hopeless("The office does not know this contact any more, or by another address.")
    city = known.city
    sought = city.name.in_("zh") if city.country == "CN" else f"{city.name.in_('en')}, {city.region.in_('en')}"
    return {"sign_up_url": whole_address("host.sign_up", language=letter.language, q=sought)}


def _link_of_contact(letter: Letter, now: datetime) -> OneTimeLink:
    """Return the contact's own link; to whoever shares the page no more, the letter goes out no more."""
    contact = contact_by_public_id(letter.facts["host_contact"])
    if contact is None or contact.state != "active":
        raise Hopeless("This contact shares the page no more.")
    return _standing("host_contact", contact.public_id, now + HOST_ACCESS_LASTS, now)


def _link_of_host(letter: Letter, now: datetime) -> OneTimeLink:
    """Return the link of who signed the city up; a letter to many cities goes to none that hosts no more."""
    profile = hosts.by_public_id(letter.facts["profile"])
    if profile is None or profile.state != "accepted" or profile.contact_email != letter.to_address:
        raise Hopeless("The city hosts no more, or its contact has another address.")
    return _standing("host_profile", profile.public_id, now + HOST_ACCESS_LASTS, now)


def _invitation(letter: Letter, now: datetime) -> dict[str, Any]:
    """Return the link of an invitation; one that was taken back meanwhile goes out no more."""
    contact = contact_by_public_id(letter.facts["invitation"])
    if contact is None or contact.state != "invited":
        raise Hopeless("This invitation was taken back.")
    link = _standing("host_invitation", contact.public_id, now + INVITATION_LASTS, now)
    return {"access_url": _address(link, letter.language), "days": INVITATION_LASTS.days}


def _programme_link(letter: Letter, now: datetime) -> dict[str, Any]:
    """Return the address of somebody's own programme; whoever is not that person any more gets none."""
    person = participant_by_public_id(letter.facts["participant"])
    if person is None:
        raise Hopeless("The participant of this letter is gone.")
    theirs = {person.email.casefold(), person.registration.contact_email.casefold()}
    if letter.to_address.casefold() not in theirs or not own_parts(person):
        raise Hopeless("The participant of this letter has another address, or no place any more.")
    link = _standing("itinerary", person.public_id, access_ends_at(person.registration.event, now), now)
    token = links.token_of(link, settings().secret_key)
    return {"link_url": whole_address("my_itinerary.page", token=token, language=letter.language)}


def _registration_link(letter: Letter, now: datetime) -> dict[str, Any]:
    """Return the links to the registration and its event; whoever is not the contact now gets none to the former.

    That is a payer, and an address that the contact has left since the letter was asked for.
    """
    registration = registrations.by_public_id(letter.facts["registration"])
    if registration is None:
        raise Hopeless("The registration of this letter is gone.")
    event_url = whole_address("catalogue.event", slug=registration.event.slug, language=letter.language)
    if letter.facts.get("to_payer") and letter.facts.get("bill"):
        link = _standing("bill", letter.facts["bill"], access_ends_at(registration.event, now), now)
        return {"access_url": _address(link, letter.language), "event_url": event_url}
    if letter.facts.get("to_payer") or letter.to_address.casefold() != registration.contact_email.casefold():
        return {"access_url": "", "event_url": event_url}
    link = _standing("registration", registration.public_id, access_ends_at(registration.event, now), now)
    return {"access_url": _address(link, letter.language), "event_url": event_url}


def _standing(purpose: str, subject: str, expires_at: datetime, now: datetime) -> OneTimeLink:
    with writing():
        return links.standing_link(purpose, subject, expires_at=expires_at, now=now, secret=settings().secret_key)


def _address(link: OneTimeLink, language: str, **onward: str) -> str:
    return whole_address("links.show", token=links.token_of(link, settings().secret_key), language=language, **onward)
