"""Speakers in a spreadsheet: by their names, and by more where several bear one name."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tourreg.domain.itineraries.models import Speaker
from tourreg.kernel.bilingual import LANGUAGES, Language


def labels(speakers: Sequence[Speaker], language: Language) -> dict[str, str]:
    """Return what each speaker is called, by public id: of several of one name, with the position or the organisation
    behind it, and with a number where that does not tell them apart either.
    """
    named = {each.public_id: each.name.in_(language) for each in speakers}
    told = {each.public_id: _told(each, named[each.public_id], language) for each in speakers}
    clear = _clear(named, told)
    places: Counter[str] = Counter()
    shared = {label for label, count in Counter(map(str.casefold, clear.values())).items() if count > 1}
    for public_id, label in clear.items():
        if label.casefold() in shared:
            places[label.casefold()] += 1
            clear[public_id] = f"{label} #{places[label.casefold()]}"
    return clear


def called(speakers: Sequence[Speaker]) -> dict[str, list[str]]:
    """Return the public ids of those whom a name or a label may mean, without case, in either language.

    A name is told apart by the position, by the organisation, or by both; brackets may be wide.
    """
    found: dict[str, list[str]] = {}
    for language in LANGUAGES:
        label = labels(speakers, language)
        for each in speakers:
            for name in {each.name.en, each.name.zh, label[each.public_id], *_all_told(each, language)} - {""}:
                ids = found.setdefault(bare(name), [])
                if each.public_id not in ids:
                    ids.append(each.public_id)
    return found


def bare(label: str) -> str:
    """Return a label without case, wide signs made narrow, and blanks as they usually stand."""
    narrow = unicodedata.normalize("NFKC", label).casefold().replace("、", ",")
    return re.sub(r"\s*([(),])\s*", r"\1", narrow)


def _all_told(speaker: Speaker, language: Language) -> Iterator[str]:
    title, organisation = (text.in_(language).replace(";", ",") for text in (speaker.title, speaker.organisation))
    for more in filter(None, (title, organisation, title and organisation and f"{title}, {organisation}")):
        yield f"{speaker.name.in_(language)} ({more})"


def _told(speaker: Speaker, name: str, language: Language) -> str:
    more = speaker.title.in_(language) or speaker.organisation.in_(language)
    return f"{name} ({more.replace(';', ',')})" if more else name


def _clear(named: Mapping[str, str], told: Mapping[str, str]) -> dict[str, str]:
    counts = Counter(map(str.casefold, named.values()))
    return {one: told[one] if counts[name.casefold()] > 1 else name for one, name in named.items()}
