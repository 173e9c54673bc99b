"""By which plans an event's bills may be paid: one page beside the event's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office import payment_plan_words as words
from tourreg.blueprints.office.payment_plan_fields import PartForm, TermsForm, typed_of
from tourreg.db import writing
from tourreg.domain.billing.plans import MOST_INSTALMENTS, Plan, PlanPart
from tourreg.domain.catalogue import desk, payment_terms
from tourreg.domain.catalogue.models import Event
from tourreg.domain.catalogue.payment_terms import Terms, terms_of
from tourreg.kernel import clock
from tourreg.kernel.plans import fingerprint

blueprint = Blueprint("office_payment_plans", __name__)


@dataclass
class PlansForm:
    """The whole form: its ticks and numbers, the two parts of a deposit, and the rows of instalments.

    top  sentences about the form as a whole
    """

    main: TermsForm
    deposit: list[PartForm]
    rows: list[PartForm]
    top: list[str]

    def is_right(self) -> bool:
        right = [form.validate() for form in self._forms()]
        return all(right)

    def terms(self) -> Terms:
        """Return what the form says; only after it was found right."""
        main = self.main
        plans = [
            *([Plan("in_full")] if main.in_full.data else []),
            *([Plan("deposit", _parts(self.deposit))] if main.deposit.data else []),
            *([Plan("instalments", _parts(self.rows))] if main.instalments.data else []),
            *([_after(main.days_after.value)] if main.after_event.data else []),
        ]
        return Terms(tuple(plans), main.release_after_days.value)

    def faults(self) -> list[tuple[str, str]]:
        """Return every fault with the id of its field, in the order of the page."""
        wrong = [control for form in self._forms() for control in form if control.errors]
        named = [
            (control.id, words.named(control.id, str(control.label.text), str(control.errors[0]))) for control in wrong
        ]
        return [*(("", sentence) for sentence in self.top), *named]

    def _forms(self) -> Iterator[Any]:
        yield self.main
        yield from self.deposit
        yield from self.rows


@blueprint.get("/office/events/<public_id>/payment-plans")
@office()
def edit(public_id: str) -> Response:
    event = desk.event(public_id) or abort(404)
    terms = terms_of(event)
    return _page(event, _read(typed_of(terms, event.currency), event), fingerprint(terms))


@blueprint.post("/office/events/<public_id>/payment-plans")
@office("programme", "finance")
def save(public_id: str) -> Response | Redirection:
    event = desk.event(public_id) or abort(404)
    form, seen = _read(request.form, event), request.form.get("seen", "")
    if not form.is_right():
        return _page(event, form, seen, 422)
    try:
        with writing():
            locked = desk.event_to_change(public_id)
            payment_terms.revise_terms(locked, form.terms(), seen=seen, now=clock.utc_now(), by=acting())
    except payment_terms.NothingOffered:
        form.top.append(_("Offer at least one way to pay."))
    except payment_terms.PlanDoesNotAddUp as refusal:
        form.top += words.why_not(refusal)
    except payment_terms.TermsEditedMeanwhile as refusal:
        form.top.append(_("Somebody changed this page after you had opened it. Compare, and save once more."))
        return _page(desk.event(public_id) or abort(404), form, fingerprint(refusal.now), 409)
    else:
        flash(_("Saved. Bills that were agreed before stay as they are."))
        return redirect(url_for(".edit", public_id=public_id), 303)
    return _page(desk.event(public_id) or abort(404), form, seen, 422)


def _parts(rows: list[PartForm]) -> tuple[PlanPart, ...]:
    """Return the parts of the rows that are filled in; the first row counts in any case."""
    filled = [row for place, row in enumerate(rows) if place == 0 or row.is_filled]
    return tuple(row.part(first=place == 0) for place, row in enumerate(filled))


def _after(days: int | None) -> Plan:
    return Plan("after_event", (PlanPart(days_after=days or 0),))


def _read(typed: MultiDict[str, str], event: Event) -> PlansForm:
    return PlansForm(
        main=TermsForm(typed),
        deposit=[PartForm(typed, prefix=f"deposit-{place}", currency=event.currency) for place in range(2)],
        rows=[PartForm(typed, prefix=f"rows-{place}", currency=event.currency) for place in range(MOST_INSTALMENTS)],
        top=[],
    )


def _page(event: Event, form: PlansForm, seen: str, status: int = 200) -> Response:
    page = render_template("office/events/payment_plans.html", event=event, form=form, faults=form.faults(), seen=seen)
    return make_response(page, status)
