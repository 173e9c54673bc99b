"""What finance does with what lies on the desk: posts it, sends it home, counts it in, asks Stripe again."""

from flask import Blueprint, abort, flash, redirect, url_for
from werkzeug.wrappers import Response

from tourreg import desk_work
from tourreg.adapters.payments import PaymentsError, PaymentsRefused
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.case_page import AnswerForm, PostForm, case_page
from tourreg.blueprints.outside import payments
from tourreg.db import writing
from tourreg.domain.settlements import matching, queries
from tourreg.domain.settlements.desk import CaseClosed
from tourreg.domain.settlements.models import DeskCase
from tourreg.kernel import clock
from tourreg.kernel.money import CurrenciesDiffer

blueprint = Blueprint("office_cases", __name__)


@blueprint.post("/money/cases/<public_id>/post")
@office("finance")
def post(public_id: str) -> tuple[str, int] | Response:
    """Post unposted money to the bill that was named."""
    found = _found(public_id)
    form = PostForm()
    if form.validate_on_submit():
        fault = _posted(public_id, form.reference.data.upper())
        if fault is None:
            return redirect(url_for("office_money.index"), 303)
        form.reference.errors = [*form.reference.errors, fault]
    return case_page(found, AnswerForm(formdata=None), form), 422


@blueprint.post("/money/cases/<public_id>/send-back")
@office("finance")
def send_back(public_id: str) -> Response:
    """Send unposted money home over Stripe; pressing again asks for the same refund."""
    _found(public_id)
    try:
        desk_work.send_back(public_id, payments(), now=clock.utc_now(), by=acting())
    except matching.AlreadyPosted:
        flash(_("Nothing was sent back: the money stands in a bill. Send it back from there."))
    except CaseClosed:
        flash(_("Somebody has answered this before."))
    except matching.NotThisCase:
        abort(404)
    except PaymentsRefused as refusal:
        flash(_("Stripe refused to send it back: %(reason)s", reason=refusal.message))
    except PaymentsError:
        flash(_("Stripe does not answer. Press again in a moment; nothing goes back twice."))
    else:
        flash(_("The money is on its way back."))
        return redirect(url_for("office_money.index"), 303)
    return _back(public_id)


@blueprint.post("/money/cases/<public_id>/count-in")
@office("finance")
def count_in(public_id: str) -> Response:
    """Post a refund that was made at Stripe without us."""
    _found(public_id)
    try:
        with writing():
            matching.count_in(public_id, now=clock.utc_now(), by=acting())
    except (matching.NotThisCase, CurrenciesDiffer):
        flash(_("Nothing was counted in: the payment stands in no bill of ours."))
    except CaseClosed:
        flash(_("Somebody has answered this before."))
    else:
        flash(_("The refund is counted in."))
        return redirect(url_for("office_money.index"), 303)
    return _back(public_id)


@blueprint.post("/money/cases/<public_id>/ask")
@office("finance")
def ask(public_id: str) -> Response:
    """Ask Stripe how it stands, and do what follows."""
    _found(public_id)
    try:
        is_settled = desk_work.ask_stripe(public_id, payments(), now=clock.utc_now())
    except PaymentsRefused as refusal:
        flash(_("Stripe says: %(reason)s", reason=refusal.message))
    except PaymentsError:
        flash(_("Stripe does not answer. Press again in a moment."))
    else:
        flash(_("It has settled itself, and is off the desk.") if is_settled else _("At Stripe nothing has changed."))
    return _back(public_id)


def _found(public_id: str) -> DeskCase:
    return queries.case_by_public_id(public_id) or abort(404)


def _back(public_id: str) -> Response:
    return redirect(url_for("office_money.case", public_id=public_id), 303)


def _posted(public_id: str, reference: str) -> str | None:
    """Post the money; return what is wrong with the reference, if anything is."""
    try:
        with writing():
            matching.post_money(public_id, reference, now=clock.utc_now(), by=acting())
    except matching.BillUnknown:
        return _("There is no bill with this reference.")
    except CurrenciesDiffer as refusal:
        return _("This bill is in %(currency)s, and the money is not.", currency=refusal.currencies[0])
    except matching.BeingSentBack:
        return _("Somebody is sending this money back just now.")
    except matching.NotThisCase:
        return _("This money cannot be posted from here.")
    except CaseClosed:
        flash(_("Somebody has answered this before."))
    else:
        flash(_("The money is posted. The receipt is on its way to the payer."))
    return None
