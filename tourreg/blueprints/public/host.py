"""Host a group: what it asks and gives, and the sign-up of a city."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_limiter.util import get_remote_address
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirection
from wtforms import Form, StringField
from wtforms.validators import StopValidation

from tourreg.adapters.pdf import make_pdf_aside
from tourreg.blueprints.attempts import ManyAtOnce, try_again
from tourreg.blueprints.extensions import limiter
from tourreg.blueprints.fields import Country, EmailAddress, Line, Telephone
from tourreg.blueprints.guards import everyone, everyone_with_form
from tourreg.blueprints.kept_pages import kept
from tourreg.blueprints.languages import language
from tourreg.blueprints.offer_form import OfferForm
from tourreg.blueprints.outside import files
from tourreg.blueprints.submissions import submission_key
from tourreg.db import writing
from tourreg.domain.catalogue.queries import sellers
from tourreg.domain.cities import places
from tourreg.domain.cities.places import Place
from tourreg.domain.consents.models import ConsentText
from tourreg.domain.consents.queries import current_texts
from tourreg.domain.hosting import commands, queries
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.rules import Contact, Offer, PrivacyNotAgreed, SignUp
from tourreg.domain.papers.host_guide import host_guide_sheet
from tourreg.kernel import clock
from tourreg.kernel.numbers import new_public_id
from tourreg.paper_words import PaperLanguage
from tourreg.rendering import PageSize, render_document

blueprint = Blueprint("host", __name__)

# Each sign-up sends a letter to whatever address was typed, so few are let through; correcting costs far less.
MOST_SIGN_UPS = "20/hour"
MOST_TO_ONE_ADDRESS = "5/hour"
MOST_SENDINGS = "300/hour"
_SIGNED_UP = "host_signed_up"


@blueprint.get("/host")
@everyone
@kept()
def explain() -> str:
    return render_template("public/host.html", has_guide=bool(sellers()))


@blueprint.get("/host/guide.pdf")
@everyone
@kept(words=lambda value: value == "both", paper=lambda value: value in ("a4", "letter"))
def guide() -> Response:
    """Answer with the guide as one page of PDF, in the page's language or in both side by side."""
    asking = next(iter(sellers()), None) or abort(404)
    at = urlsplit(url_for(".sign_up", _external=True))
    sheet = host_guide_sheet(asking, f"{at.netloc}{at.path}", now=clock.utc_now())
    words: PaperLanguage = "both" if request.args.get("words") == "both" else language()
    page_size: PageSize = "letter" if request.args.get("paper") == "letter" else "a4"
    html = render_document("host_guide", sheet, language=words, page_size=page_size, pictures=files().get)
    answer = make_response(make_pdf_aside(html))
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = 'inline; filename="host-guide.pdf"'
    return answer


class CityForm(Form):
    """Which city, and who speaks for it."""

    city_name = Line(
        _l("City"), most=120, needed=_l("Type the name of the city."), hint=_l("As it stands on your letterhead.")
    )
    region = Line(_l("State, province or region"), most=120, needed=_l("Type the state, province or region."))
    country = Country(_l("Country or region"), needed=_l("Choose the country or region."))
    contact_name = Line(
        _l("Your name"), most=120, needed=_l("Type your name."), printed=True, render_kw={"autocomplete": "name"}
    )
    contact_position = Line(
        _l("Your position"),
        most=120,
        needed=_l("Type your position, so that we know in whose name you write."),
        printed=True,
        render_kw={"autocomplete": "organization-title"},
    )
    contact_email = EmailAddress(
        _l("E-mail"),
        needed=_l("Type your e-mail address; the link to confirm goes there."),
        hint=_l("We send a link there, which you open to confirm the address."),
        own=True,
    )
    contact_phone = Telephone(_l("Telephone"), own=True)


class PrivacyForm(Form):
    """The tick under the form; its value is the version of the notice that was shown."""

    privacy = StringField()
    notice: ConsentText | None = None

    def validate_privacy(self, control: StringField) -> None:
        if self.notice is None or control.data == self.notice.version_on.isoformat():
            return
        if control.data:
            raise StopValidation(_("The notice has changed since you opened this page. Read it and tick again."))
        raise StopValidation(_("Tick the box so that we may keep what you typed and write to you."))


@dataclass
class Filled:
    """The sign-up as it was typed.

    place  what was chosen from the list instead of typing the city, its region and its country
    """

    city: CityForm
    offer: OfferForm
    consent: PrivacyForm
    submission_key: str
    place: Place | None = None

    def is_right(self) -> bool:
        """Look at every field, note what is wrong beside it, and tell whether nothing is."""
        right = [form.validate() for form in (self.city, self.offer, self.consent)]
        return all(right)

    def asked(self) -> SignUp:
        """Return what the form asks for; only after `is_right` said so."""
        typed = self.city.data
        return SignUp(
            city_name=typed["city_name"],
            region=typed["region"],
            country=typed["country"],
            contact=Contact(
                typed["contact_name"], typed["contact_position"], typed["contact_email"], typed["contact_phone"]
            ),
            offer=self.offer.offer(),
            language=language(),
            privacy_on=self.consent.notice.version_on if self.consent.notice else None,
            submission_key=self.submission_key,
            place_key=self.place.key if self.place else "",
        )

    def is_of(self, made: HostProfile) -> bool:
        """Tell whether a profile was made of what the form says; only after `is_right` said so."""
        asked = self.asked()
        contact = Contact(made.contact_name, made.contact_position, made.contact_email, made.contact_phone)
        offer = Offer(made.offers, made.available, made.group_size)
        kept = (made.city_name, made.region, made.country, contact, offer)
        return (asked.city_name, asked.region, asked.country, asked.contact, asked.offer) == kept

    def is_taken(self) -> bool:
        """Tell whether somebody has signed this city up already."""
        typed = self.city.data
        key = self.place.key if self.place else ""
        return queries.has_signed_up(typed["city_name"], typed["region"], typed["country"], key)


@blueprint.get("/host/sign-up")
@everyone_with_form
def sign_up() -> Response:
    """Look the city up first, where somebody does; then ask for the rest."""
    place = {"place": request.args["place"]} if "place" in request.args else {}
    filled = _read(MultiDict(place), clock.utc_now())
    searched = request.args.get("q", "")[: places.LONGEST_SEARCH]
    answer = _page(filled, searched=searched, taken=filled.place is not None and filled.is_taken())
    answer.headers["Cache-Control"] = "private, no-cache"  # so that going back finds what was typed
    return answer


def _was_kept(answer: Response) -> bool:
    return answer.status_code == 303


def _typed_address() -> str:
    return f"{get_remote_address()} {request.form.get('contact_email', '').strip().casefold()[:254]}"


def _too_many(_limit: Any) -> Response:
    filled = _read(request.form, clock.utc_now())
    filled.city.form_errors.append(
        _("Several sign-ups came from here within an hour. What you typed still stands below; send it a little later.")
    )
    return _page(filled, status=429)


@blueprint.post("/host/sign-up")
@everyone_with_form
@limiter.limit(MOST_SENDINGS, on_breach=_too_many)
@limiter.limit(MOST_SIGN_UPS, deduct_when=_was_kept, on_breach=_too_many)
@limiter.limit(MOST_TO_ONE_ADDRESS, key_func=_typed_address, deduct_when=_was_kept, on_breach=_too_many)
def send() -> Response | Redirection:
    now = clock.utc_now()
    filled = _read(request.form, now)
    made, is_right = queries.by_submission_key(filled.submission_key), filled.is_right()
    if made is not None and is_right and filled.is_of(made):
        return _on_to_the_letter(made)
    if made is not None:  # somebody went back and corrected what they had sent
        filled.submission_key = new_public_id()
    if not is_right:
        return _page(filled, status=422)
    if filled.is_taken():
        filled.city.form_errors.append(_("Somebody has signed this city up already; how to go on is said below."))
        return _page(filled, status=422, taken=True)
    try:
        return _on_to_the_letter(try_again(lambda: _keep(filled.asked(), now)))
    except PrivacyNotAgreed:  # a newer notice came in between
        filled = _read(request.form, clock.utc_now())
        filled.is_right()
        return _page(filled, status=422)
    except ManyAtOnce:
        filled.city.form_errors.append(_("Too many write at this moment. Nothing was kept; send it once more."))
        return _page(filled, status=503)


@blueprint.get("/host/sign-up/sent")
@everyone_with_form
def sent() -> str:
    """Say where the letter went, to the browser that signed up only."""
    return render_template("public/host_sent.html", profile=_signed_up_here())


@blueprint.post("/host/sign-up/sent")
@everyone_with_form
@limiter.limit(MOST_SIGN_UPS)
def send_again() -> Redirection:
    now = clock.utc_now()
    with writing():
        profile = _signed_up_here()
        if profile is not None:
            commands.write_again(profile, now=now)
    return redirect(url_for("host.sent", again=1), 303)


def _read(typed: MultiDict[str, str], now: datetime) -> Filled:
    consent = PrivacyForm(typed or None)
    consent.notice = next((text for text in current_texts(now) if text.kind == "privacy"), None)
    place = places.place_of(typed.get("place", ""))
    city = CityForm(MultiDict({**typed.to_dict(), **_named(place)}) or None)
    return Filled(city, OfferForm(typed or None), consent, submission_key(typed), place)


def _named(place: Place | None) -> dict[str, str]:
    """Return what a chosen place puts in the place of typing."""
    if place is None:
        return {}
    return {
        "city_name": place.name.in_(language()), "region": place.region.in_(language()), "country": place.country
    }  # fmt: skip


def _keep(asked: SignUp, now: datetime) -> HostProfile:
    """Keep the sign-up, or return what the same form made when it was sent twice at once."""
    try:
        with writing():
            return commands.sign_up(asked, now=now)
    except IntegrityError:
        made = queries.by_submission_key(asked.submission_key)
        if made is None:
            raise
        return made


def _on_to_the_letter(profile: HostProfile) -> Redirection:
    session[_SIGNED_UP] = profile.public_id
    return redirect(url_for("host.sent"), 303)


def _signed_up_here() -> HostProfile | None:
    public_id = session.get(_SIGNED_UP)
    return queries.by_public_id(public_id) if public_id else None


def _page(filled: Filled, status: int = 200, *, searched: str = "", taken: bool = False) -> Response:
    page = render_template(
        "public/host_sign_up.html",
        filled=filled,
        searched=searched,
        found=places.find_places(searched),
        source=places.SOURCE,
        taken=taken,
    )
    return make_response(page, status)
