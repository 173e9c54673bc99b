"""Agreeing to the texts for whoever came in somebody else's place."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints.consent_words import consent_words
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import registration_holder
from tourreg.db import writing
from tourreg.domain.consents import commands
from tourreg.domain.consents.models import ConsentText
from tourreg.domain.consents.queries import current_text, current_texts, subjects_agreeing, subjects_without
from tourreg.domain.registrations import holds
from tourreg.domain.registrations.chosen import taking_part
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.own_changes import contact_actor
from tourreg.kernel import clock

blueprint = Blueprint("my_consents", __name__)

Lacking = dict[str, list[ConsentText]]


@blueprint.get("/my/registrations/<public_id>/consents")
@registration_holder
def ask(registration: Registration) -> str:
    return _page(registration, lacking_of(registration), [])


@blueprint.post("/my/registrations/<public_id>/consents")
@registration_holder
def give(registration: Registration) -> Response | Redirection:
    lacking = lacking_of(registration)
    unticked = [text for text in _texts(lacking) if request.form.get(text.kind) != text.version_on.isoformat()]
    if unticked:
        faults = [(text.kind, _("Tick this to go on.")) for text in unticked]
        return make_response(_page(registration, lacking, faults), 422)
    public_id, now = registration.public_id, clock.utc_now()
    with writing():
        locked = holds.lock(registration.id)
        for subject, texts in lacking_of(locked).items():
            commands.give(texts, subjects=[subject], now=now, by=contact_actor(locked))
    flash(_("Thank you. It is noted."))
    return redirect(url_for("my.registration", public_id=public_id), 303)


@blueprint.post("/my/registrations/<public_id>/listing")
@registration_holder
def listing(registration: Registration) -> Redirection:
    """Note who agrees to be listed now, and let the yes of the others count no more."""
    public_id, now = registration.public_id, clock.utc_now()
    ticked = set(request.form.getlist("listed"))
    with writing():
        locked = holds.lock(registration.id)
        text = current_text("listed", now)
        people = {person.public_id for person in taking_part(locked)}
        agreeing, by = subjects_agreeing(people, "listed"), contact_actor(locked)
        commands.end(agreeing - ticked, now=now, by=by, kind="listed")
        if text is not None:
            commands.give([text], subjects=sorted((people & ticked) - agreeing), now=now, by=by)
    flash(_("Thank you. It is noted."))
    return redirect(url_for(".ask", public_id=public_id), 303)


def lacking_of(registration: Registration) -> Lacking:
    """Return which texts were not agreed to for whom, by the participant's public id."""
    subjects = [person.public_id for person in taking_part(registration)]
    return subjects_without(subjects, current_texts(clock.utc_now()))


def _texts(lacking: Lacking) -> list[ConsentText]:
    return list({text.kind: text for texts in lacking.values() for text in texts}.values())


def _page(registration: Registration, lacking: Lacking, faults: list[tuple[str, str]]) -> str:
    return render_template(
        "my/consents.html",
        registration=registration,
        people=[person.name.latin() for person in registration.participants if person.public_id in lacking],
        texts=_texts(lacking),
        faults=faults,
        ticked=request.form,
        consent_words=consent_words,
        listing=current_text("listed", clock.utc_now()),
        taking_part=taking_part(registration),
        listed=subjects_agreeing([person.public_id for person in taking_part(registration)], "listed"),
    )
