"""The page of one thing on the desk: its facts in words, what to do, and the forms that do it."""

from datetime import datetime

from flask import render_template
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from tourreg.blueprints.fields import Line, Lines
from tourreg.blueprints.office.desk_time import desk_zone
from tourreg.blueprints.office.dispute_words import dispute_words
from tourreg.blueprints.office.inbox import STRANGENESS
from tourreg.blueprints.office.money_words import CASES, MEANS, advice_on, answer_of
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import matching
from tourreg.domain.settlements.bills import bill_of
from tourreg.domain.settlements.ended_holds import lapsed_lines
from tourreg.domain.settlements.models import DeskCase
from tourreg.kernel.money import Money

LONGEST_REFERENCE = 24
# What the worker, asked by a person, can find out at Stripe at once.
ASKABLE = ("slow_refund", "stale_session", "dispute")


class AnswerForm(FlaskForm):
    answer = Lines(
        _l("What was done about it"),
        most=500,
        needed=_l("Say what was done, so that colleagues and auditors understand it."),
    )


class PostForm(FlaskForm):
    """To which bill unposted money belongs."""

    reference = Line(
        _l("Reference of the bill"),
        most=LONGEST_REFERENCE,
        needed=_l("Type the reference of the bill, such as YZ27-7K3M9-Q."),
        wide=False,
    )


def case_page(found: DeskCase, form: AnswerForm, post_form: PostForm | None = None) -> str:
    """Return the page; post_form is given where it was sent and is wrong."""
    registration = registrations.of_folio(found.folio_id) if found.folio_id else None
    return render_template(
        "office/money/case.html",
        case=found,
        form=form,
        post_form=post_form or _post_form(found),
        registration=registration,
        title=CASES[found.kind],
        advice=advice_on(found, registration),
        may_be_seated=_may_be_seated(found, registration),
        may_be_counted_in=matching.can_be_counted_in(found),
        is_unposted=found.kind in matching.UNPOSTED,
        is_askable=found.kind in ASKABLE,
        amount=amount_of(found),
        asked=amount_of(found, "asked", "asked_"),
        answer=answer_of(found),
        answer_by=_instant(found, "answer_by"),
        dispute=dispute_words(found.facts),
        strangeness=STRANGENESS,
        means=MEANS,
        zone=found.folio.issuer.zone if found.folio else desk_zone(),
    )


def amount_of(found: DeskCase, name: str = "amount", currency_prefix: str = "") -> Money | None:
    """Return an amount of a case's facts, if they hold it."""
    minor = found.facts.get(f"{name}_minor")
    return None if minor is None else Money(minor, found.facts[f"{currency_prefix}currency"])


def _post_form(found: DeskCase) -> PostForm:
    form = PostForm(formdata=None)
    form.reference.data = found.folio.reference if found.folio else ""
    return form


def _may_be_seated(found: DeskCase, registration: Registration | None) -> bool:
    if registration is None or found.kind != "late_payment":
        return False
    return found.folio_id is not None and bool(lapsed_lines(bill_of(found.folio_id)))


def _instant(found: DeskCase, name: str) -> datetime | None:
    written = found.facts.get(name)
    return datetime.fromisoformat(written) if written else None
