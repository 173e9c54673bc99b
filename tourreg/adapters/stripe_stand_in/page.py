"""The hosted page of a checkout session: what it costs, and buttons for its means and for how it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from tourreg.adapters.stripe_stand_in import checkouts, clock
from tourreg.adapters.stripe_stand_in.account import Account
from tourreg.adapters.stripe_stand_in.api import OpenAccount
from tourreg.adapters.stripe_stand_in.control import NOBODY
from tourreg.adapters.stripe_stand_in.currencies import written
from tourreg.adapters.stripe_stand_in.store import Object
from tourreg.adapters.stripe_stand_in.words import WORDS, language_of

MOVES: dict[str, Callable[[Account, Object], None]] = {
    "pay": checkouts.pay,
    "pay_alipay": partial(checkouts.pay, means="alipay"),
    "pay_wechat_pay": partial(checkouts.pay, means="wechat_pay"),
    "pay_later": checkouts.pay_later,
    "bounce_later": partial(checkouts.pay_later, bounces=True),
    "fail": checkouts.decline,
    "fail_alipay": partial(checkouts.decline, means="alipay"),
    "fail_wechat_pay": partial(checkouts.decline, means="wechat_pay"),
}


def page(open_account: OpenAccount, site: str) -> Blueprint:
    """Return the page's routes; site is the name of who is paid."""
    blueprint = Blueprint(
        "page", __name__, template_folder="templates", static_folder="static", static_url_path="/_page"
    )

    @blueprint.get("/c/pay/<session_id>")
    def show(session_id: str) -> Response:
        account = open_account(NOBODY)
        return _page(account, _session(account, session_id), site)

    @blueprint.post("/c/pay/<session_id>")
    def press(session_id: str) -> AnyResponse:
        account = open_account(NOBODY)
        session = _session(account, session_id)
        action = request.form.get("action", "")
        if session and action == "leave" and session["cancel_url"]:
            return redirect(session["cancel_url"], 303)
        if session and action in MOVES:
            return _moved(account, session_id, action, site)
        return _page(account, session, site) if session is None else abort(400)

    return blueprint


def _session(account: Account, session_id: str) -> Object | None:
    """Return the session as its clock has it now."""
    with account.store.work():
        clock.catch_up(account)
        found = account.store.find(session_id)
    return found if found and found["object"] == "checkout.session" else None


def _moved(account: Account, session_id: str, action: str, site: str) -> AnyResponse:
    """Carry a button out, and send the person on when the session is complete."""
    with account.store.work():
        clock.catch_up(account)
        MOVES[action](account, account.store.get(session_id))
        session = account.store.get(session_id)
    if session["status"] == "complete":
        return redirect(_success(session), 303)
    return _page(account, session, site, declined=action.startswith("fail"))


def _success(session: Object) -> str:
    return str(session["success_url"].replace("{CHECKOUT_SESSION_ID}", session["id"]))


def _page(account: Account, session: Object | None, site: str, *, declined: bool = False) -> Response:
    if session is None:
        return _closed("unknown", None, None, 404)
    if session["status"] == "expired":
        return _closed("expired", session, session["cancel_url"], 410)
    if session["status"] == "complete":
        return _closed("complete", session, _success(session), 200)
    with account.store.work():
        lines = account.store.notes(session["id"])["lines"]
    language = _language(session)
    words = WORDS[language]
    html = render_template(
        "checkout.html",
        session=session,
        lines=[_shown(line) for line in lines],
        total=written(session["amount_total"], session["currency"]),
        open_until=datetime.fromtimestamp(session["expires_at"], UTC),
        actions=_actions(session),
        declined=declined,
        site=site,
        language=language,
        words=words,
    )
    return _guarded(html, session, 200)


def _shown(line: Object) -> Object:
    amount = written(line["amount_total"], line["currency"])
    return {"name": line["description"], "quantity": line["quantity"], "amount": amount}


def _actions(session: Object) -> list[str]:
    """Return the buttons that the session can have."""
    has = session["payment_method_types"]
    is_priced = session["amount_total"] > 0
    has_debit = checkouts.later_means(session) is not None
    offered = {
        "pay": "card" in has,
        "pay_alipay": "alipay" in has,
        "pay_wechat_pay": "wechat_pay" in has,
        "pay_later": has_debit,
        "bounce_later": has_debit,
        "fail": "card" in has and is_priced,
        "fail_alipay": "alipay" in has and is_priced,
        "fail_wechat_pay": "wechat_pay" in has and is_priced,
        "leave": session["cancel_url"] is not None,
    }
    return [action for action, there in offered.items() if there]


def _closed(why: str, session: Object | None, back: str | None, status: int) -> Response:
    language = _language(session)
    html = render_template("closed.html", why=why, back=back, language=language, words=WORDS[language])
    return _guarded(html, session, status)


def _language(session: Object | None) -> str:
    return language_of(session["locale"] if session else None, request.accept_languages)


def _guarded(html: str, session: Object | None, status: int) -> Response:
    """Return the page under a policy that lets its form lead to the site, and nothing else in or out."""
    ways = {f"{urlsplit(url).scheme}://{urlsplit(url).netloc}" for url in _ways_out(session)}
    response = Response(html, status, mimetype="text/html")
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'; "
        f"form-action 'self' {' '.join(sorted(ways))}".rstrip()
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


def _ways_out(session: Object | None) -> list[str]:
    return [url for url in (session["success_url"], session["cancel_url"]) if url] if session else []
