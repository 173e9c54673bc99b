"""The form of one place that a host city shows, and keeping what was typed into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Form

from tourreg.blueprints.attempts import with_free_name
from tourreg.blueprints.fields import Line
from tourreg.blueprints.gettext import _
from tourreg.blueprints.host_offer_form import Several
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.event_fields import Choice, WholeNumber, in_both
from tourreg.blueprints.submissions import submission_key
from tourreg.db import writing
from tourreg.domain.cities.models import City, Topic
from tourreg.domain.cities.topics import all_topics
from tourreg.domain.hosting import offer_queries as queries
from tourreg.domain.hosting import sites
from tourreg.domain.hosting.offer_models import Site
from tourreg.domain.hosting.sites import MOST_METRES, SitePlan, plan_of_site
from tourreg.kernel import clock
from tourreg.kernel.bilingual import Text
from tourreg.kernel.plans import fingerprint

TEXTS = ("name", "address", "words", "safety_gear", "rules_note")
NUMBERS = ("capacity", "walking_metres")
CHOICES = ("step_free", "id_rule", "photo_rule")
STEP_FREE = {
    "unknown": _l("Nobody has looked yet"),
    "yes": _l("Step-free throughout"),
    "partly": _l("Partly step-free"),
    "no": _l("Not step-free"),
}
ID_RULES = {
    "none": _l("No ID is asked for"),
    "names_ahead": _l("Names are sent ahead"),
    "photo_id": _l("Photo ID is shown at the gate"),
}
PHOTO_RULES = {
    "free": _l("Photographs allowed"),
    "ask": _l("Photographs after asking"),
    "none": _l("No photographs"),
}
STATES = {"open": ("good", _l("Shown")), "closed": ("over", _l("Not shown any more"))}
_FAULTS: Mapping[str, Any] = {
    "name_missing": _l("Type what the place is called."),
    "holds_nobody": _l("At least one person, or leave it empty."),
    "topic_unknown": _l("A topic is not on the list any more. Choose again."),
}


class SiteFields(Form):
    name_en, name_zh = in_both(_l("Name of the place"), most=160, printed=True)
    address_en, address_zh = in_both(_l("Address"), most=300, printed=True)
    words_en, words_zh = in_both(_l("What is seen there"), most=2_000, rows=4)
    topics = Several(_l("Topics"))
    shown_by = Line(_l("Who shows it"), most=200, hint=_l("Name and position, or the department."), printed=True)
    capacity = WholeNumber(_l("People at once"), most=5_000)
    walking_metres = WholeNumber(
        _l("Metres on foot"), most=MOST_METRES, hint=_l("From the bus and back, all together.")
    )
    step_free = Choice(_l("Steps"), choices=STEP_FREE)
    safety_gear_en, safety_gear_zh = in_both(
        _l("Safety gear"), most=300, hint=_l("What people must wear, and whether you lend it: hard hats, closed shoes.")
    )
    id_rule = Choice(_l("ID"), choices=ID_RULES)
    photo_rule = Choice(_l("Photographs"), choices=PHOTO_RULES)
    rules_note_en, rules_note_zh = in_both(_l("Other rules"), most=600, rows=2)


@dataclass
class WrittenSite:
    """The whole form, made from whatever was typed; `theirs` and `seen` as with offers."""

    theirs: str
    main: Any
    seen: str
    submission_key: str
    top: list[str] = field(default_factory=list)

    @property
    def other(self) -> str:
        return "en" if self.theirs == "zh" else "zh"

    def is_right(self) -> bool:
        """Look at every field, note what is wrong beside it, and tell whether nothing is."""
        self.main.validate()
        if not self.plan_name():
            self.note({"name": "name_missing"})
        return not self.faults()

    def plan_name(self) -> Text:
        return _text(self.main, "name")

    def plan(self) -> SitePlan:
        """Return what the form says; only after its fields were found right."""
        said: dict[str, Any] = {name: _text(self.main, name) for name in TEXTS}
        said |= {name: self.main[name].value for name in NUMBERS}
        said |= {name: self.main[name].data for name in CHOICES}
        topics = tuple(sorted(self.main.topics.data or ()))
        return SitePlan(**said, topics=topics, shown_by=self.main.shown_by.data or "")

    def note(self, faults: Mapping[str, str]) -> None:
        """Put what the rules refuse beside the fields."""
        for name, wrong in faults.items():
            control = self.main[f"name_{self.theirs}" if name == "name" else name]
            if not control.errors:
                control.errors = [str(_FAULTS[wrong])]

    def faults(self) -> list[tuple[str, str]]:
        """Return every fault with the id of its field, in the order of the page."""
        wrong = [(each.id, f"{each.label.text}: {each.errors[0]}") for each in self.main if each.errors]
        return [*(("", sentence) for sentence in self.top), *wrong]

    def is_folded_open(self) -> bool:
        """Tell whether something stands, or is wrong, in the fields of the other language."""
        rows = [self.main[f"{name}_{self.other}"] for name in TEXTS]
        return any(control.data or control.errors for control in rows)


def read_site_form(typed: MultiDict[str, str], *, theirs: str, topics: Sequence[Topic]) -> WrittenSite:
    """Return the form with all that was typed."""
    main: Any = SiteFields(typed)
    main.topics.offer({topic.slug: topic.name.in_(language()) for topic in topics})
    return WrittenSite(theirs, main, typed.get("seen", ""), submission_key(typed))


def empty_site_form(theirs: str) -> WrittenSite:
    """Return a new place's form before anybody has typed."""
    usual: MultiDict[str, str] = MultiDict({"step_free": "unknown", "id_rule": "none", "photo_rule": "free"})
    return read_site_form(usual, theirs=theirs, topics=all_topics())


def site_form_of(site: Site, theirs: str) -> WrittenSite:
    """Return the form as the place stands."""
    plan = plan_of_site(site)
    typed: MultiDict[str, str] = MultiDict({name: getattr(plan, name) for name in (*CHOICES, "shown_by")})
    for name in NUMBERS:
        typed[name] = "" if getattr(plan, name) is None else str(getattr(plan, name))
    for name in TEXTS:
        text = getattr(plan, name)
        typed.update({f"{name}_en": text.en, f"{name}_zh": text.zh})
    typed.setlist("topics", list(plan.topics))
    form = read_site_form(typed, theirs=theirs, topics=topics_for(site))
    form.seen = fingerprint(plan)
    return form


def topics_for(site: Site | None) -> Sequence[Topic]:
    """Return the topics from which a place can choose: also what it has, though it was retired since."""
    return all_topics(keep=[each.topic_id for each in site.topics] if site else ())


def write_site(form: WrittenSite, city: City, by: str) -> Site | None:
    """Write a new place down once; None where it cannot be so."""

    def make() -> Site:
        with writing():
            made = queries.site_of_submission(form.submission_key)
            if made is not None:
                return made
            key = form.submission_key
            return sites.write_site(city, form.plan(), submission_key=key, now=clock.utc_now(), by=by)

    try:
        return with_free_name(make)
    except sites.SiteIsUnfit as refusal:
        form.note(refusal.faults)
    return None


def revise_site(form: WrittenSite, public_id: str, by: str) -> bool:
    """Write down what was changed; tell whether somebody else was faster. What is wrong is noted in the form."""
    try:
        with writing():
            sites.revise_site(
                queries.site_to_change(public_id), form.plan(), seen=form.seen, now=clock.utc_now(), by=by
            )
    except sites.SiteEditedMeanwhile as refusal:
        form.seen = fingerprint(refusal.now)
        form.top.append(
            _("Somebody saved this place while you had it open. Nothing of yours was saved; save again to replace it.")
        )
        return True
    except sites.SiteIsUnfit as refusal:
        form.note(refusal.faults)
    return False


def show_or_close(public_id: str, to: str, by: str) -> None:
    """Open a place again, or close it."""
    with writing():
        site, now = queries.site_to_change(public_id), clock.utc_now()
        (sites.open_site if to == "open" else sites.close_site)(site, now=now, by=by)


def site_words() -> dict[str, Any]:
    """Return what parts/host_sites.html takes from its page."""
    return {"step_free_words": STEP_FREE, "id_words": ID_RULES, "photo_words": PHOTO_RULES, "site_states": STATES}


def _text(form: Any, name: str) -> Text:
    return Text(form[f"{name}_en"].data or "", form[f"{name}_zh"].data or "")
