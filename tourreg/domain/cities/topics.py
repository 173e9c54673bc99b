"""The list of topics: added to, renamed, retired and taken back by the office."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.audit.commands import note_change
from tourreg.domain.cities.models import Topic
from tourreg.kernel.bilingual import Text
from tourreg.kernel.ordering import sort_key
from tourreg.kernel.refusals import Refusal

LONGEST_SLUG = 40


class TopicIsIncomplete(Refusal):
    """A topic needs its name in both languages, with letters that an address can be made of; facts: fields."""


class TopicIsThere(Refusal):
    """Another topic has this name already; facts: slug, active."""


def add_topic(name: Text, *, now: datetime, by: str) -> Topic:
    """Return a new topic; its address is made of the English name.

    raises  TopicIsIncomplete, TopicIsThere
    """
    _require_complete(name)
    slug = sort_key(name.en).replace(" ", "-")[:LONGEST_SLUG].strip("-")
    if not slug:
        raise TopicIsIncomplete(fields=["name_en"])
    _require_new(name, slug, None)
    topic = Topic(slug=slug, name=name, active=True)
    db.session.add(topic)
    db.session.flush()
    note_change(_subject(topic), "topic", {}, {"name": name.plain(), "active": True}, now=now, by=by)
    return topic


def rename_topic(topic: Topic, name: Text, *, now: datetime, by: str) -> None:
    """Give a topic another name everywhere; its address stays.

    raises  TopicIsIncomplete, TopicIsThere
    """
    _require_complete(name)
    _require_new(name, "", topic)
    note_change(_subject(topic), "topic", {"name": topic.name.plain()}, {"name": name.plain()}, now=now, by=by)
    topic.name = name
    db.session.flush()


def retire_topic(topic: Topic, *, now: datetime, by: str) -> None:
    """Let nobody choose the topic anew; whoever has it keeps it."""
    _set_active(topic, False, now=now, by=by)


def take_back_topic(topic: Topic, *, now: datetime, by: str) -> None:
    """Let the topic be chosen again."""
    _set_active(topic, True, now=now, by=by)


def all_topics(*, keep: Collection[int] = (), retired: bool = False) -> Sequence[Topic]:
    """Return the topics that may be chosen, by their English names.

    keep     ids of topics that are listed although they are retired, since somebody has them
    retired  True to list every topic
    """
    topics = db.session.scalars(select(Topic)).all()
    shown = [topic for topic in topics if retired or topic.active or topic.id in keep]
    return sorted(shown, key=lambda topic: sort_key(topic.name.en))


def by_slug(slug: str) -> Topic | None:
    return db.session.scalar(select(Topic).where(Topic.slug == slug))


def by_slugs(slugs: Collection[str]) -> list[Topic]:
    """Return the topics of these addresses, by their English names; unknown ones are left out."""
    found = db.session.scalars(select(Topic).where(Topic.slug.in_(slugs))).all() if slugs else []
    return sorted(found, key=lambda topic: sort_key(topic.name.en))


def _set_active(topic: Topic, active: bool, *, now: datetime, by: str) -> None:
    note_change(_subject(topic), "topic", {"active": topic.active}, {"active": active}, now=now, by=by)
    topic.active = active


def _subject(topic: Topic) -> str:
    return f"topic:{topic.id}"


def _require_complete(name: Text) -> None:
    if missing := [f"name_{language}" for language in ("en", "zh") if not getattr(name, language).strip()]:
        raise TopicIsIncomplete(fields=missing)


def _require_new(name: Text, slug: str, itself: Topic | None) -> None:
    """Refuse a name that another topic has in either language, whatever its letters' case."""
    for topic in db.session.scalars(select(Topic)):
        alike = topic.slug == slug or _alike(topic.name.en, name.en) or _alike(topic.name.zh, name.zh)
        if topic is not itself and alike:
            raise TopicIsThere(slug=topic.slug, active=topic.active)


def _alike(one: str, other: str) -> bool:
    return bool(one) and sort_key(one) == sort_key(other) and (one.isascii() or one == other)
