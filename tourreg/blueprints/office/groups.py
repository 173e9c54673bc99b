"""Who of an event's people is in group A, in group B or among the guests, and putting many into one at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints.gettext import _, ngettext
from tourreg.blueprints.group_words import GROUPS, group_words
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.group_histories import history_of_groups
from tourreg.blueprints.office.other_editor import other_editor
from tourreg.db import writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.queries import items_by_group
from tourreg.domain.registrations import groups
from tourreg.domain.registrations.models import Participant
from tourreg.kernel import clock
from tourreg.kernel.plans import fingerprint

blueprint = Blueprint("office_groups", __name__)
# What the list can be narrowed to; "none" stands for those in no group.
VIEWS = ("none", *GROUPS)
# Between a person and the group in which the page showed them.
BETWEEN = "~"
TAGS = {"": "wait", "a": "good", "b": "news", "guests": ""}


@dataclass
class Sent:
    """What a form says: the chosen by public id, the group into which they go, and where the page showed everybody.

    group  None where none was chosen
    """

    chosen: list[str] = field(default_factory=list)
    group: str | None = None
    shown: Mapping[str, str] = field(default_factory=dict)


@blueprint.get("/events/<public_id>/groups")
@office()
def index(public_id: str) -> Response:
    return _page(_event(public_id), Sent())


@blueprint.post("/events/<public_id>/groups")
@office("programme")
def assign(public_id: str) -> Response | Redirection:
    """Put all who are ticked into the group; if somebody else moved one of them meanwhile, nobody."""
    event, sent = _event(public_id), _sent()
    faults = _faults(sent)
    if faults or sent.group is None:
        return _page(event, sent, 422, faults=faults)
    chosen = {person: sent.shown.get(person, "") for person in sent.chosen}
    try:
        with writing():
            locked = desk.event_to_change(public_id)
            put = groups.put_into(locked, chosen, sent.group, now=clock.utc_now(), by=acting())
    except groups.GroupsChangedMeanwhile as refusal:
        who = other_editor(refusal, event.zone)
        return _page(_event(public_id), sent, 409, who=who, moved=refusal.people)
    _tell(put, sent.group)
    return _back(public_id)


@blueprint.post("/events/<public_id>/groups/rest")
@office("programme")
def split(public_id: str) -> Response | Redirection:
    """Share out those in no group evenly over A and B; sent again, it finds nobody left and changes nothing."""
    event, seen = _event(public_id), request.form.get("seen", "")
    try:
        with writing():
            locked = desk.event_to_change(public_id)
            placed = groups.split_rest(locked, seen=seen, now=clock.utc_now(), by=acting())
    except groups.RestChangedMeanwhile:
        problem = _("Something changed since the page was opened. Below stands who would go where now.")
        return _page(event, Sent(), 409, problem=problem)
    told = ngettext("%(num)d person was put into a group.", "%(num)d people were put into groups.", placed)
    flash(told if placed else _("Everybody is in a group already."))
    return _back(public_id)


def _event(public_id: str) -> Event:
    return desk.event(public_id) or abort(404)


def _back(public_id: str) -> Redirection:
    return redirect(url_for(".index", public_id=public_id, group=_view() or None), 303)


def _view() -> str:
    asked = request.args.get("group", "")
    return asked if asked in VIEWS else ""


def _sent() -> Sent:
    """Return what was ticked; with "everybody" ticked, all whom the page showed."""
    pairs = (one.partition(BETWEEN) for one in request.form.get("shown", "").split())
    shown = {person: group for person, _dash, group in pairs}
    ticked = list(shown) if request.form.get("everybody") else request.form.getlist("person")
    group = request.form.get("group", "")
    known: dict[str, str] = {"none": "", **{name: name for name in GROUPS}}
    return Sent(list(dict.fromkeys(ticked)), known.get(group), shown)


def _faults(sent: Sent) -> list[tuple[str, str]]:
    faults = []
    if not sent.chosen:
        faults.append(("everybody", _("Tick who goes into the group.")))
    if sent.group is None:
        faults.append(("into", _("Choose the group.")))
    return faults


def _tell(put: groups.Put, group: str) -> None:
    if put.changed:
        to = group_words(group)
        flash(ngettext("%(group)s: %(num)d person moved.", "%(group)s: %(num)d people moved.", put.changed, group=to))
    elif not put.gone:
        flash(_("Nothing was changed: they are there already."))
    if put.gone:
        told = _("Of the chosen %(count)d do not take part here, or not any more; nothing was changed for them.")
        flash(told % {"count": put.gone})


def _page(event: Event, sent: Sent, status: int = 200, **more: Any) -> Response:
    people, view = groups.people_of(event), _view()
    listed = [person for person in people if not view or person.group == ("" if view == "none" else view)]
    rest = groups.even_split(people)
    page = render_template(
        "office/itineraries/groups.html",
        event=event,
        people=people,
        listed=listed,
        bringing=[person for person in people if person.guest and view in ("", "guests")],
        view=view,
        views=_views(people),
        sent=sent,
        into="none" if sent.group == "" else sent.group,
        shown=" ".join(f"{person.public_id}{BETWEEN}{person.group}" for person in listed),
        groups=GROUPS,
        group_words=group_words,
        tags=TAGS,
        items=items_by_group(event),
        history=history_of_groups(people),
        rest=rest,
        seen=fingerprint(rest),
        **{"faults": [], "moved": {}, "who": None, "problem": "", **more},
    )
    return make_response(page, status)


def _views(people: Sequence[Participant]) -> list[tuple[str, str, int]]:
    """Return what the list can be narrowed to, each with how many it has; guests whom people bring count as guests."""
    sizes = Counter(person.group for person in people)
    sizes["guests"] += sum(bool(person.guest) for person in people)
    named = [("", _("Everybody"), len(people)), ("none", _("No group"), sizes[""])]
    return [*named, *((group, str(words), sizes[group]) for group, words in GROUPS.items())]
