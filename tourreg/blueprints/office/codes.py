"""Discount codes: the list, the page on which one is made and changed, and who used it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints.attempts import with_free_name
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.code_form import CodeForm, read_form, typed_of
from tourreg.blueprints.office.code_words import KINDS, takes_off
from tourreg.blueprints.office.desk_time import desk_zone
from tourreg.blueprints.office.other_editor import other_editor
from tourreg.blueprints.paging import PAGE_ROWS, Page, asked_page
from tourreg.blueprints.submissions import submission_key
from tourreg.db import writing
from tourreg.domain.discounts import commands, queries
from tourreg.domain.discounts.models import Code
from tourreg.domain.registrations.queries import named
from tourreg.kernel import clock
from tourreg.kernel.money import Money
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.plans import fingerprint
from tourreg.kernel.refusals import Refusal

blueprint = Blueprint("office_codes", __name__)


@blueprint.get("/codes")
@office()
def index() -> str:
    number = asked_page()
    rows = queries.codes(most=PAGE_ROWS, after=(number - 1) * PAGE_ROWS)
    return render_template("office/codes/index.html", page=Page(rows, number, queries.count()), kinds=KINDS, **_words())


@blueprint.get("/codes/new")
@office("programme", "finance")
def new() -> Response:
    return _page(None, read_form({"kind": "percent"}), submission_key=new_public_id())


@blueprint.post("/codes/new")
@office("programme", "finance")
def create() -> Response | Redirection:
    form, key = read_form(request.form), submission_key(request.form)
    known = queries.code_of_submission(key)
    if known is not None:
        return _to(known)
    if not form.is_right():
        return _page(None, form, 422, submission_key=key)
    try:
        made = with_free_name(lambda: _make(form, key))
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(None, form, 422, submission_key=key)
    flash(_("The code %(code)s can be used.", code=made.word))
    return _to(made)


@blueprint.get("/codes/<public_id>")
@office()
def edit(public_id: str) -> Response:
    code = queries.by_public_id(public_id) or abort(404)
    plan = commands.plan_of(code)
    return _page(code, read_form(typed_of(plan), plan), seen=fingerprint(plan))


@blueprint.post("/codes/<public_id>")
@office("programme", "finance")
def save(public_id: str) -> Response | Redirection:
    code = queries.by_public_id(public_id) or abort(404)
    form, seen = read_form(request.form, commands.plan_of(code)), request.form.get("seen", "") or "nothing"
    if not form.is_right():
        return _page(code, form, 422, seen=seen)
    try:
        with writing():
            code = queries.code_to_change(public_id)
            commands.revise_code(code, form.plan(), seen=seen, now=clock.utc_now(), by=acting())
    except commands.CodeEditedMeanwhile as refusal:
        code = queries.by_public_id(public_id) or abort(404)
        return _page(code, form, 409, seen=fingerprint(refusal.now), who=other_editor(refusal, desk_zone()))
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(queries.by_public_id(public_id) or abort(404), form, 422, seen=seen)
    flash(_("Saved."))
    return _to(code)


@blueprint.post("/codes/<public_id>/<any(off, on):switch>")
@office("programme", "finance")
def switch(public_id: str, switch: str) -> Redirection:
    _known = queries.by_public_id(public_id) or abort(404)
    with writing():
        code = queries.code_to_change(public_id)
        commands.switch(code, off=switch == "off", now=clock.utc_now(), by=acting())
    flash(_("Nobody can use the code any more.") if switch == "off" else _("The code can be used again."))
    return _to(code)


def _make(form: CodeForm, key: str) -> Code:
    """Make the code, or return what the same form made when it was sent twice at once."""
    with writing():
        known = queries.code_of_submission(key)
        plan = form.plan()
        return known or commands.make_code(plan, submission_key=key, now=clock.utc_now(), by=acting())


def _page(code: Code | None, form: CodeForm, status: int = 200, **more: Any) -> Response:
    uses = queries.uses_of(code) if code else []
    page = render_template(
        "office/codes/code.html",
        code=code,
        form=form,
        uses=uses,
        registrations=named(use.registration for use in uses) if uses else {},
        zone=desk_zone(),
        **_words(),
        **more,
    )
    return make_response(page, status)


def _words() -> dict[str, Any]:
    return {"takes_off": takes_off, "amount": lambda minor, currency: Money(minor, currency)}


def _to(code: Code) -> Redirection:
    return redirect(url_for(".edit", public_id=code.public_id), 303)
