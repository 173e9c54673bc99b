"""One letter to the cities of a list: written, looked at as its readers get it, sent, and what became of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg import formats
from tourreg.blueprints.attempts import with_free_name
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.host_contact_pages import ROLE_WORDS
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.city_letter_form import LetterForm, is_right, new_form
from tourreg.blueprints.office.city_list import holes, wanted_cities
from tourreg.blueprints.office.desk_time import desk_day, desk_zone
from tourreg.blueprints.office.histories import actor_words
from tourreg.blueprints.paging import PAGE_ROWS, Page, asked_page
from tourreg.blueprints.submissions import submission_key
from tourreg.blueprints.this_page import this_page
from tourreg.blueprints.words import settings
from tourreg.db import writing
from tourreg.domain.accounts.queries import staff_names
from tourreg.domain.cities.queries import cities_by_id, keys_of
from tourreg.domain.hosting import city_letters, sent_city_letters
from tourreg.domain.hosting.city_letter_models import CityLetter
from tourreg.domain.hosting.city_letter_rules import MOST_CITIES, Draft, Reader, read_in, said_to
from tourreg.domain.hosting.city_letters import NobodyReached, template_for
from tourreg.domain.hosting.city_readers import readers_of_cities
from tourreg.domain.hosting.city_register import keys_of_cities
from tourreg.kernel import clock
from tourreg.kernel.bilingual import LANGUAGES, Language
from tourreg.rendering import render_mail

blueprint = Blueprint("office_city_letters", __name__)
MOST_NAMED = 200


@dataclass(frozen=True)
class Sample:
    """The letter in one language as one of its readers gets it; reader is None where nobody gets it in this one."""

    language: Language
    reader: Reader | None
    subject: str = ""
    text: str = ""


@blueprint.get("/office/cities/letter")
@office("programme")
def write() -> Response | Redirection:
    cities = _chosen()
    return _not_to_these(cities) or _form_page(new_form(), cities)


@blueprint.post("/office/cities/letter")
@office("programme")
def go_on() -> Response | Redirection:
    """Show the letter as its readers would get it, go back to what was typed, or send it."""
    form, cities, step = LetterForm(request.form), _chosen(), request.form.get("step", "")
    known = city_letters.letter_of_submission(submission_key(request.form)) if step == "send" else None
    if known is not None:
        return _to_letter(known.public_id)
    refused = _not_to_these(cities)
    if refused is not None:
        return refused
    if not is_right(form):
        return _form_page(form, cities, 422)
    if step == "write":
        return _form_page(form, cities)
    if step == "send" and request.form.get("seen") == _fingerprint(cities):
        return _send(form, cities)
    return _preview(form, cities, changed=step == "send")


@blueprint.get("/office/cities/letters")
@office("programme")
def index() -> str:
    number = asked_page()
    letters, total = sent_city_letters.letters_to_cities(page=number, size=PAGE_ROWS)
    return render_template(
        "office/cities/letters.html", page=Page(letters, number, total), who=_who(letters), zone=desk_zone()
    )


@blueprint.get("/office/cities/letters/<public_id>")
@office("programme")
def show(public_id: str) -> str:
    letter = sent_city_letters.letter_by_public_id(public_id) or abort(404)
    failed = sent_city_letters.failed_letters(letter, most=MOST_NAMED)
    return render_template(
        "office/cities/letter_sent.html",
        letter=letter,
        standing=sent_city_letters.standing_of(letter),
        reached=sent_city_letters.cities_of(letter, reached=True, most=MOST_NAMED),
        not_reached=sent_city_letters.cities_of(letter, reached=False, most=MOST_NAMED),
        failed=[(one.facts["contact"], one.facts["city"], why) for one, why in failed],
        to=_to_whom(letter.roles),
        who=_who([letter]),
        zone=desk_zone(),
    )


def _send(form: LetterForm, cities: Sequence[int]) -> Response | Redirection:
    draft, key = form.draft(), submission_key(request.form)
    try:
        public_id = with_free_name(lambda: _ask_worker(draft, cities, key))
    except NobodyReached:
        return _preview(form, cities)
    flash(_("The letters are on their way."))
    return _to_letter(public_id)


def _ask_worker(draft: Draft, cities: Sequence[int], key: str) -> str:
    with writing():
        letter = city_letters.write_to_cities(draft, cities, submission_key=key, now=clock.utc_now(), by=acting())
        return letter.public_id


def _chosen() -> list[int]:
    """Return the keys of the cities that the address names: those ticked, or all that its filters find."""
    if request.args.get("those") == "found":
        return keys_of_cities(wanted_cities(_today()), today=_today())
    return keys_of(request.args.getlist("city")[:PAGE_ROWS])


def _form_page(form: LetterForm, cities: Sequence[int], status: int = 200) -> Response:
    page = render_template(
        "office/cities/letter_write.html", form=form, cities=len(cities), submission_key=submission_key(request.form),
        here=_here(), back=_back(),
    )  # fmt: skip
    return make_response(page, status)


def _preview(form: LetterForm, cities: Sequence[int], *, changed: bool = False) -> Response:
    """Return the letter as its readers get it; nothing is written before the button is pressed.

    changed  the filters find other cities now than when it was looked at
    """
    draft = form.draft()
    of_cities = readers_of_cities(cities, draft.roles)
    readers = [reader for city in cities for reader in of_cities.get(city, ())]
    known = cities_by_id(cities)
    page = render_template(
        "office/cities/letter_preview.html",
        form=form,
        cities=len(cities),
        reached=len(of_cities),
        readers=readers,
        known_readers=sum(bool(one.known) for one in readers),
        reached_named=[(known[city], of_cities[city]) for city in cities if city in of_cities][:MOST_NAMED],
        readers_in={spoken: sum(one.language == spoken for one in readers) for spoken in LANGUAGES},
        written_in=draft.languages,
        not_reached=[known[city] for city in cities if city not in of_cities],
        most_named=MOST_NAMED,
        samples=_samples(draft, readers) if readers else [],
        to=_to_whom(draft.roles),
        seen=_fingerprint(cities),
        submission_key=submission_key(request.form),
        changed=changed,
        here=_here(),
        back=_back(),
    )
    return make_response(page, 409 if changed else 200 if readers else 422)


def _samples(draft: Draft, readers: Sequence[Reader]) -> list[Sample]:
    """Return the letter in each language, to a contact of a page and to one of the lists, where it goes to such."""
    found: list[Sample] = []
    for spoken in draft.languages:
        theirs = [one for one in readers if read_in(draft, one) == spoken]
        firsts = (next((one for one in theirs if bool(one.known) is known), None) for known in (False, True))
        found += [_sample(draft, spoken, first) for first in firsts if first] or [Sample(spoken, None)]
    return found


def _sample(draft: Draft, spoken: Language, reader: Reader) -> Sample:
    """Return the letter as one of its readers gets it; in it a link is not told to others."""
    site = settings()
    facts: dict[str, Any] = {
        **said_to(draft, reader),
        "access_url": "https://…",
        "sign_up_url": "https://…",
        "site_name": site.site_name_zh if spoken == "zh" else site.site_name_en,
        "sample": site.demo,
    }
    subject, text, _html = render_mail(template_for(reader), facts, language=spoken)
    return Sample(spoken, reader, subject, text)


def _not_to_these(cities: Sequence[int]) -> Redirection | None:
    """Lead back to the list where no city was chosen, or more than one letter goes to."""
    if 0 < len(cities) <= MOST_CITIES:
        return None
    if cities:
        facts = {"cities": len(cities), "most": MOST_CITIES}
        flash(_("These are %(cities)d cities; a letter goes to %(most)d at most. Filter them first.", **facts))
    else:
        flash(_("Choose at least one city to write to."))
    return redirect(_back(), 303)


def _to_letter(public_id: str) -> Redirection:
    return redirect(url_for(".show", public_id=public_id), 303)


def _here() -> str:
    """Return this page's address with the cities that were chosen."""
    return this_page(request.args.to_dict(flat=False))


def _back() -> str:
    return url_for("office_cities.index", **holes(wanted_cities(_today())))


def _today() -> date:
    return desk_day(clock.utc_now())


def _fingerprint(cities: Sequence[int]) -> str:
    return hashlib.sha256(",".join(str(city) for city in sorted(cities)).encode()).hexdigest()[:32]


def _to_whom(roles: Sequence[str]) -> str:
    """Return in words which contacts a letter goes to."""
    chosen = [str(words) for role, words in ROLE_WORDS.items() if role in roles]
    return _("All contacts") if len(chosen) == len(ROLE_WORDS) else formats.listing(chosen, language())


def _who(letters: Sequence[CityLetter]) -> Mapping[str, str]:
    """Return who wrote each of the letters, by the actor."""
    actors = {letter.written_by for letter in letters}
    names = staff_names(actors)
    return {actor: actor_words(actor, names) for actor in actors}
