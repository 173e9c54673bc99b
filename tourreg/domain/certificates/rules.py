"""What a certificate may say, and how a city is named on one."""

from __future__ import annotations

from dataclasses import dataclass

from tourreg.domain.certificates.models import CERTIFICATE_MOVES
from tourreg.domain.cities.full_names import in_full
from tourreg.kernel.bilingual import EMPTY, Text
from tourreg.kernel.refusals import Refusal
from tourreg.kernel.states import Axis

CERTIFICATE = Axis("certificate", "state", CERTIFICATE_MOVES)
LONGEST_HOLDER = 80
LONGEST_CITATION = 240
LONGEST_REASON = 300
# What already says which kind of place it is, and takes no other word of it.
_KINDS_EN = ("city", "county", "town", "township", "village", "borough", "district", "parish")


class NoLongerStands(Refusal):
    """The certificate was revoked or replaced before; facts: state."""


class NothingNew(Refusal):
    """A replacement would say what the certificate says already."""


@dataclass(frozen=True)
class Wording:
    """What a certificate says of its holder.

    holder    in both languages, as it is printed
    citation  a sentence beside what every certificate says, or nothing
    people    how many were received; None prints no number
    """

    holder: Text
    citation: Text = EMPTY
    people: int | None = None


def holder_of(name: Text) -> Text:
    """Return a city's name as a certificate prints it, until somebody writes it otherwise."""
    says_what_it_is = not name.en or name.en.lower().split()[-1] in _KINDS_EN
    english = name.en if says_what_it_is else f"The City of {name.en}"
    return Text(english, in_full(name.zh))
