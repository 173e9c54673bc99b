"""The list of countries and regions, as a field of forms."""

from __future__ import annotations

from functools import cache

from babel import Locale
from flask_babel import gettext as _
from markupsafe import Markup

from tourreg import formats
from tourreg.blueprints.languages import language
from tourreg.kernel.bilingual import Language
from tourreg.kernel.ordering import sort_key

FIRST = ("CN", "US")
# Codes of CLDR that are no country or region of their own: islands of another, unions, pseudo-locales.
_NONE = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})


@cache
def country_choices() -> frozenset[str]:
    """Return the codes (ISO 3166, two letters) that can be chosen."""
    known = map(str, Locale.parse("en").territories)
    return frozenset(code for code in known if len(code) == 2 and code.isalpha() and code not in _NONE)


def country_select(chosen: str, attributes: Markup) -> Markup:
    """Return the field with the chosen country selected."""
    options = _options(language())
    if chosen in country_choices():
        options = options.replace(f'value="{chosen}"', Markup('value="{}" selected').format(chosen), 1)
    return Markup('<select%s><option value="">%s</option>%s</select>') % (attributes, _("Choose"), options)


@cache
def _options(shown_in: Language) -> Markup:
    names = {code: formats.country(code, shown_in) for code in country_choices()}
    rest = sorted(names.keys() - set(FIRST), key=lambda code: sort_key(names[code]))
    return Markup().join(Markup('<option value="{}">{}</option>').format(code, names[code]) for code in (*FIRST, *rest))
