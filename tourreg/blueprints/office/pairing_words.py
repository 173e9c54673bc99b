"""Why a city is suggested to be invited to pair, with whom, and the letter that could invite it."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import force_locale

from tourreg import formats
from tourreg.blueprints.gettext import _, ngettext
from tourreg.blueprints.languages import LOCALES, language
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.history import Hosted
from tourreg.domain.hosting.pairing import Partner
from tourreg.kernel.bilingual import LANGUAGES, Language

# Up to this factor two populations are called alike.
ALIKE = 1.5
# From this one on, they are not named as a reason.
FAR = 5


def reason_words(visits: Sequence[Hosted]) -> str:
    """Say why a city is suggested."""
    people = sum(visit.people or 0 for visit in visits)
    first, last = visits[-1].first_on.year, visits[0].first_on.year
    times = ngettext("It hosted %(num)d programme", "It hosted %(num)d programmes", len(visits))
    years = _("in %(year)s", year=first) if first == last else _("from %(first)s to %(last)s", first=first, last=last)
    guests = ngettext("%(num)d guest in all", "%(num)d guests in all", people) if people else ""
    return ("，" if language() == "zh" else ", ").join(part for part in (times, years, guests) if part)


def partner_words(partner: Partner) -> str:
    """Say what speaks for a partner."""
    told = []
    if partner.topics:
        names = formats.listing([topic.name.in_(language()) for topic in partner.topics], language())
        told.append(_("both know %(topics)s", topics=names))
    if partner.difference is not None and partner.difference < FAR:
        told.append(
            _("about as many people")
            if partner.difference < ALIKE
            else _("%(times)s times as many or as few people", times=partner.difference)
        )
    return ("；" if language() == "zh" else "; ").join(told) or _("a host city of the other country")


def drafts(city: City, visits: Sequence[Hosted], partners: Sequence[Partner]) -> list[tuple[Language, str]]:
    """Return the letter that invites a city, in each language, to be copied and changed."""
    return [(spoken, _draft(city, visits, partners, spoken)) for spoken in LANGUAGES]


def _draft(city: City, visits: Sequence[Hosted], partners: Sequence[Partner], spoken: Language) -> str:
    titles = formats.listing([visit.event.title.in_(spoken) for visit in reversed(visits)], spoken)
    with force_locale(LOCALES[spoken]):
        named = partners[0] if partners else None
        return "\n\n".join(
            [
                _(
                    "%(city)s has received our groups %(count)d times: %(titles)s. Those who came still speak of it.",
                    city=city.name.in_(spoken),
                    count=len(visits),
                    titles=titles,
                ),
                _("We would like to propose that your city pairs with one whose officials it knows by now."),
                _partner_sentence(named, spoken)
                if named
                else _("Tell us what you would look for in a partner, and we propose one."),
                _(
                    "Pairing may begin small: a call between two departments, a visit each, a letter of intent. "
                    "Neither city is bound before its council says so. May we put you in touch?"
                ),
            ]
        )


def _partner_sentence(partner: Partner, spoken: Language) -> str:
    name = partner.city.name.in_(spoken)
    if not partner.topics:
        return _("We think of %(partner)s.", partner=name)
    topics = formats.listing([topic.name.in_(spoken) for topic in partner.topics], spoken)
    return _("We think of %(partner)s: both cities know %(topics)s.", partner=name, topics=topics)
