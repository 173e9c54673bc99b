"""Every view wears exactly one guard, outermost under its route; the list of routes and guards is reviewed."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from flask import abort, redirect, render_template, request, session, url_for
from flask_login import current_user
from flask_security import logout_user
from sqlalchemy.exc import DBAPIError

from tourreg.blueprints import access
from tourreg.blueprints.office.security import LONGEST_SESSION, SIGNED_IN_AT
from tourreg.db import db, is_conflict
from tourreg.domain.accounts.models import ROLES, StaffMember
from tourreg.domain.billing import queries as billing
from tourreg.domain.hosting import queries as hosts
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.settlements.bills import bill_of
from tourreg.kernel import clock

View = Callable[..., Any]


def everyone(view: View) -> View:
    """Let everyone in; the page holds no name, form or token, so that it may be kept by caches."""
    return _guarded(view, "everyone")


def everyone_with_form(view: View) -> View:
    """Let everyone in to a page with a form, which is never kept."""
    return _guarded(view, "everyone with form")


def registration_holder(view: View) -> View:
    """Let in whoever may open the registration that the address names; the view is handed it as `registration`."""
    return _guarded(view, "registration holder", _admit_holder)


def bill_holder(view: View) -> View:
    """Let in whoever may open the bill that the address names; the view is handed it as `bill`."""
    return _guarded(view, "bill holder", _admit_payer)


def host_holder(view: View) -> View:
    """Let in whoever may open the host profile that the address names; the view is handed it as `profile`."""
    return _guarded(view, "host holder", _admit_host)


def signed_in(view: View) -> View:
    """Let in whoever signed in by e-mail; the view is handed the `person`."""
    return _guarded(view, "signed in", _admit_person)


def demo_on_this_machine(view: View) -> View:
    """Let in whoever sits at the machine on which the demo runs; for everybody else there is no such page."""
    return _guarded(view, "demo on this machine", _admit_demo)


def machine(view: View) -> View:
    """Let another program in, which proves itself by a signature."""
    return _guarded(view, "machine")


def office(*roles: str) -> Callable[[View], View]:
    """Let in members of staff who gave their second factor and hold one of the roles.

    Administrators hold every role; without roles every member may read, and all but read-only members may send forms.
    """
    if unknown := set(roles) - set(ROLES):
        raise ValueError(f"no such role: {unknown}")
    name = f"office: {', '.join(sorted(roles))}" if roles else "office"
    return lambda view: _guarded(view, name, partial(_admit_member, roles))


def own_account(view: View) -> View:
    """Let in every member of staff, to read and to send, since what stands here is their own."""
    return _guarded(view, "office: own account", partial(_admit_member, ROLES, readers_send=True))


def member() -> StaffMember | None:
    """Return who is signed in to the office, second factor given, no longer than a working day ago."""
    since = session.get(SIGNED_IN_AT)
    if since is None or clock.utc_now().timestamp() - since > LONGEST_SESSION.total_seconds():
        return None
    known: Any = current_user
    if not known.is_authenticated or not known.tf_primary_method:
        return None
    return db.session.get(StaffMember, known.id)


def acting() -> str:
    """Return the actor of what this request does in the office: "staff:<public id>"."""
    found = member()
    if found is None:
        abort(403)
    return f"staff:{found.public_id}"


def reads(*roles: str) -> bool:
    """Tell whether the signed-in member may open a page that `office(*roles)` guards."""
    found = member()
    return found is not None and bool(_held(found) & set(roles or ROLES))


def may(*roles: str) -> bool:
    """Tell whether the signed-in member may send a form that `office(*roles)` guards."""
    found = member()
    return found is not None and bool(_held(found) & (set(roles or ROLES) - {"read-only"}))


def _admit_demo(_values: dict[str, Any]) -> None:
    if not access.is_demo_on_this_machine():
        abort(404)


def _admit_holder(values: dict[str, Any]) -> Any:
    """Answer alike whether the registration is somebody else's or there is none."""
    registration = registrations.by_public_id(values.pop("public_id"))
    if registration is None or not access.may_open(registration):
        return render_template("my/not_open.html", onward=_onward()), 404
    values["registration"] = registration
    return None


def _admit_payer(values: dict[str, Any]) -> Any:
    """Answer alike whether the bill is somebody else's or there is none."""
    folio = billing.folio_by_public_id(values.pop("public_id"))
    if folio is None or not access.may_open_bill(folio):
        return render_template("my/not_open.html", onward=_onward()), 404
    values["bill"] = bill_of(folio.id)
    return None


def _admit_host(values: dict[str, Any]) -> Any:
    profile = hosts.by_public_id(values.pop("public_id"))
    if profile is None or not access.may_open_host(profile):
        return render_template("my/not_open.html", onward=_onward()), 404
    values["profile"] = profile
    return None


def _admit_person(values: dict[str, Any]) -> Any:
    found = access.person()
    if found is None:
        return redirect(url_for("sign_in.ask", onward=_onward()), 303)
    values["person"] = found
    return None


def _onward() -> str | None:
    """Return the address to come back to after signing in; what was being sent is lost, so it is none then."""
    return request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else None


def _admit_member(roles: tuple[str, ...], _values: dict[str, Any], *, readers_send: bool = False) -> Any:
    found = member()
    reading = request.method in ("GET", "HEAD")
    if found is None:
        # What was being sent is lost with the session, so a form's page is not where to go back to.
        if current_user.is_authenticated:
            logout_user()
        return redirect(url_for("security.login", next=_onward()), 303)
    allowed = reads(*roles) if reading or readers_send else may(*roles)
    return None if allowed else (render_template("office/not_yours.html", reading=reading), 403)


def _held(found: StaffMember) -> set[str]:
    """Return the roles of a member; an administrator holds them all."""
    names = {role.name for role in found.roles}
    return set(ROLES) if "administrator" in names else names


def _guarded(view: View, name: str, admit: Callable[[dict[str, Any]], Any] | None = None) -> View:
    """Return the view behind a check; work that lost a race for a lock is done once more.

    admit  is handed the address's values and returns None to let the person in, or the answer that turns them away
    """

    @wraps(view)
    def guarded(**values: Any) -> Any:
        turned_away = admit(values) if admit else None
        return _once_more(view, values) if turned_away is None else turned_away

    guarded.guard = name  # type: ignore[attr-defined]
    return guarded


def _once_more(view: View, values: dict[str, Any]) -> Any:
    try:
        return view(**values)
    except DBAPIError as error:
        if not is_conflict(error):
            raise
        db.session.rollback()
        return view(**values)
