"""Links that were sent by e-mail. Opening one shows what it does and one button; only the button does it."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints import access
from tourreg.blueprints.extensions import limiter
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import everyone_with_form
from tourreg.blueprints.languages import language
from tourreg.blueprints.my.sign_in import admit
from tourreg.db import writing
from tourreg.domain.accounts import links, people
from tourreg.domain.accounts.links import LinkExpired, LinkRevoked, LinkUnknown, LinkUsed
from tourreg.domain.accounts.models import OneTimeLink
from tourreg.domain.hosting import commands as hosting
from tourreg.domain.hosting import queries as hosts
from tourreg.domain.hosting.contacts import accept_invitation, contact_by_public_id
from tourreg.domain.registrations import queries as registrations
from tourreg.kernel import clock

blueprint = Blueprint("links", __name__)
# The pages of a request that a letter leads on to, by what its address says.
REQUEST_PAGES = {"questions": "city_questions.show", "after": "city_after.show", "days": "city_days.show"}

# A token cannot be guessed; this only spares the database a flood of tries.
MOST_TRIES = "120/minute"
# Their contacts have no account that they could sign in with before they confirmed the address.
HOST_PURPOSES = ("host_confirmation", "host_profile")
# What links are for that are opened here; others have a page of their own, or go by their code alone.
PURPOSES = ("sign_in", "registration", "bill", "host_invitation", "host_contact", *HOST_PURPOSES)


@dataclass(frozen=True)
class Offer:
    """What a link does, in words: the page's title, a sentence, and what stands on its button."""

    title: str
    sentence: str
    button: str


@blueprint.get("/my/link/<token>")
@everyone_with_form
@limiter.limit(MOST_TRIES)
def show(token: str) -> Response:
    """Say what the link does; mail scanners come here too, so that nothing is spent or changed."""
    try:
        link = links.open_link(token, now=clock.utc_now(), purposes=PURPOSES)
    except (LinkUnknown, LinkExpired, LinkUsed, LinkRevoked) as refusal:
        return _refused(refusal, token)
    return make_response(render_template("my/link.html", offer=_offer(link)))


@blueprint.post("/my/link/<token>")
@everyone_with_form
@limiter.limit(MOST_TRIES)
def use(token: str) -> Response | Redirection:
    now = clock.utc_now()
    try:
        with writing():
            link = links.spend_link(token, now=now, purposes=PURPOSES)
            if link.purpose == "host_confirmation":
                _confirm_host(link.subject, now)
    except (LinkUnknown, LinkExpired, LinkUsed, LinkRevoked) as refusal:
        return _refused(refusal, token)
    if link.purpose == "sign_in":
        return admit(link.subject, now=now)
    if link.purpose == "host_invitation":
        return _let_contact_in(link.subject, now)
    if link.purpose == "host_contact":
        return _open_for_contact(link.subject)
    access.grant(link.subject)
    return redirect(_destination(link), 303)


@blueprint.post("/my/link/<token>/again")
@everyone_with_form
@limiter.limit(MOST_TRIES)
def write_again(token: str) -> Response | Redirection:
    """Write to a host city anew where its link has ended or was used; the letter goes where the first one went."""
    now = clock.utc_now()
    try:
        links.open_link(token, now=now, purposes=PURPOSES)
    except (LinkExpired, LinkUsed) as refusal:
        if refusal.purpose in HOST_PURPOSES:
            with writing():
                _write_to_host(refusal.subject, now)
            return make_response(render_template("my/link_again.html"))
        return _refused(refusal, token)
    except (LinkUnknown, LinkRevoked) as refusal:
        return _refused(refusal, token)
    return redirect(url_for("links.show", token=token), 303)


def _offer(link: OneTimeLink) -> Offer:
    if link.purpose == "sign_in":
        return Offer(_("Sign in"), _("You sign in as %(address)s in this browser.", address=link.subject), _("Sign in"))
    if link.purpose == "registration":
        found = registrations.by_public_id(link.subject)
        title = found.event.title.in_(language()) if found else _("Your registration")
        return Offer(title, _("This link opens your registration in this browser."), _("Open your registration"))
    if link.purpose == "bill":
        sentence = _("This link opens one bill in this browser, to look at and to pay.")
        return Offer(_("Your bill"), sentence, _("Open the bill"))
    if link.purpose == "host_invitation":
        contact = contact_by_public_id(link.subject)
        city = contact.profile.shown_name.in_(language()) if contact else ""
        sentence = _("You share the page of %(city)s from now on, signed in by your address.", city=city)
        return Offer(_("%(city)s as a host", city=city), sentence, _("Accept the invitation"))
    if link.purpose == "host_contact":
        contact = contact_by_public_id(link.subject)
        profile = contact.profile if contact else None
    else:
        profile = hosts.by_public_id(link.subject)
    city = profile.shown_name.in_(language()) if profile else ""
    if link.purpose == "host_confirmation":
        sentence = _("You confirm that this address is yours. Our office then reads the offer.")
        return Offer(_("%(city)s as a host", city=city), sentence, _("Confirm the address"))
    return Offer(
        _("%(city)s as a host", city=city), _("This link opens the page of your city in this browser."), _("Open it")
    )


def _let_contact_in(public_id: str, now: datetime) -> Redirection:
    """Let the invited share the city's page, signed in by the address that the invitation went to."""
    with writing():
        contact = contact_by_public_id(public_id)
        if contact is None or accept_invitation(contact, now=now).state != "active":
            return redirect(url_for("sign_in.ask"), 303)
        person = people.confirmed_person(contact.email, language=language(), now=now)
        profile = contact.profile.public_id
    access.sign_in(person)
    return redirect(url_for("city.profile", public_id=profile), 303)


def _open_for_contact(public_id: str) -> Redirection:
    """Open the city's page for the contact whose link it is, and lead on to the request that its letter was about."""
    contact = contact_by_public_id(public_id)
    if contact is None or contact.state != "active":
        return redirect(url_for("sign_in.ask"), 303)
    access.grant(contact.public_id)
    return redirect(_page_of_city(contact.profile.public_id), 303)


def _confirm_host(public_id: str, now: datetime) -> None:
    profile = hosts.by_public_id(public_id)
    if profile is not None:
        hosting.confirm_address(profile, now=now)


def _write_to_host(public_id: str, now: datetime) -> None:
    """Ask for the letter that the contact needs next: to confirm the address by, or to open the city's page."""
    profile = hosts.by_public_id(public_id)
    if profile is not None:
        hosting.write_again(profile, now=now)
        hosting.write_access(profile, now=now)


def _destination(link: OneTimeLink) -> str:
    if link.purpose == "registration":
        return url_for("my.registration", public_id=link.subject)
    if link.purpose == "bill":
        return url_for("my_bills.bill", public_id=link.subject)
    if link.purpose == "host_profile":
        return _page_of_city(link.subject)
    return url_for("city.profile", public_id=link.subject)


def _page_of_city(public_id: str) -> str:
    """Return the page of the request that the address names, else that of the city."""
    asked = request.args.get("request", "")
    if asked:
        page = REQUEST_PAGES.get(request.args.get("page", ""), "city_requests.show")
        return url_for(page, public_id=public_id, asked=asked)
    return url_for("city.profile", public_id=public_id)


def _refused(refusal: LinkUnknown | LinkExpired | LinkUsed | LinkRevoked, token: str) -> Response:
    """Say what is the matter with the link, and how to get a new one."""
    title, sentence = fault_of(refusal)
    is_renewed = isinstance(refusal, LinkExpired | LinkUsed) and refusal.purpose in HOST_PURPOSES
    page = render_template(
        "my/link_refused.html",
        title=title,
        sentence=sentence,
        onward=_onward(refusal),
        again=url_for("links.write_again", token=token) if is_renewed else None,
        is_invitation=refusal.facts.get("purpose") == "host_invitation",
    )
    return make_response(page, 404 if isinstance(refusal, LinkUnknown) else 410)


def fault_of(refusal: LinkUnknown | LinkExpired | LinkUsed | LinkRevoked) -> tuple[str, str]:
    """Return what is the matter with a link, as a title and a sentence."""
    if isinstance(refusal, LinkUnknown):
        return _("This link is not whole"), _("Part of it was lost on its way. Copy all of it from the letter.")
    if isinstance(refusal, LinkExpired):
        return _("This link has ended"), _("Its time has passed.")
    if isinstance(refusal, LinkUsed):
        return _("This link was used before"), _("It works once only.")
    return _("This link was taken back"), _("It no longer opens anything. A newer letter may have another one.")


def _onward(refusal: LinkUnknown | LinkExpired | LinkUsed | LinkRevoked) -> str | None:
    """Return the page that the link was for, to go on to after signing in."""
    if refusal.facts.get("purpose") == "registration":
        return url_for("my.registration", public_id=refusal.subject)
    return None
