"""The list of topics that cities show and study tours ask for: administrators add, rename and retire."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirection
from wtforms import Form

from tourreg.blueprints.attempts import with_free_name
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.event_fields import in_both
from tourreg.db import writing
from tourreg.domain.cities import topics
from tourreg.domain.cities.models import Topic
from tourreg.domain.cities.topics import TopicIsIncomplete, TopicIsThere
from tourreg.kernel import clock
from tourreg.kernel.bilingual import Text

blueprint = Blueprint("office_topics", __name__)
NEW = "new"


class TopicForm(Form):
    name_en, name_zh = in_both(_l("Name of the topic"), most=80, printed=True)

    def name(self) -> Text:
        """Return the name that was typed."""
        typed: Any = self
        return Text(typed.name_en.data, typed.name_zh.data)


@blueprint.get("/topics")
@office()
def index() -> str:
    return render_template("office/topics/index.html", topics=topics.all_topics(retired=True))


@blueprint.get("/topics/<slug>")
@office("administrator")
def edit(slug: str) -> Response:
    found = _topic(slug)
    typed = {"name_en": found.name.en, "name_zh": found.name.zh} if found else {}
    return _page(found, TopicForm(MultiDict(typed)))


@blueprint.post("/topics/<slug>")
@office("administrator")
def save(slug: str) -> Response | Redirection:
    """Add the topic, or give it another name."""
    found, form = _topic(slug), TopicForm(request.form)
    if not form.validate():
        return _page(found, form, 422)
    try:
        with_free_name(lambda: _write(slug, form.name()))
    except TopicIsIncomplete as refusal:
        for name in refusal.fields:
            form[name].errors = [_("Type the name with letters, in both languages.")]
        return _page(_topic(slug), form, 422)
    except TopicIsThere as refusal:
        form.form_errors.append(_there(refusal))
        return _page(_topic(slug), form, 422)
    flash(_("Saved."))
    return redirect(url_for(".index"), 303)


@blueprint.post("/topics/<slug>/standing")
@office("administrator")
def change_standing(slug: str) -> Redirection:
    """Retire the topic, or take it back."""
    with writing():
        found = topics.by_slug(slug) or abort(404)
        change = topics.take_back_topic if request.form.get("do") == "take-back" else topics.retire_topic
        change(found, now=clock.utc_now(), by=acting())
    said = _("The topic can be chosen again.") if request.form.get("do") == "take-back" else _("The topic is retired.")
    flash(said)
    return redirect(url_for(".index"), 303)


def _write(slug: str, name: Text) -> None:
    with writing():
        found = _topic(slug)
        if found is None:
            topics.add_topic(name, now=clock.utc_now(), by=acting())
        else:
            topics.rename_topic(found, name, now=clock.utc_now(), by=acting())


def _topic(slug: str) -> Topic | None:
    """Return the topic that an address names; None where it asks for a new one."""
    return None if slug == NEW else topics.by_slug(slug) or abort(404)


def _there(refusal: TopicIsThere) -> str:
    if refusal.active:
        return _("Another topic has this name already.")
    return _("A retired topic has this name. Take that one back instead.")


def _page(topic: Topic | None, form: TopicForm, status: int = 200) -> Response:
    return make_response(render_template("office/topics/topic.html", topic=topic, form=form), status)
