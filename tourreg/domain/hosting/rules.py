"""What a city says when it signs up, along which states its offer goes, and how its words are found again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tourreg.domain.hosting.models import HOST_MOVES
from tourreg.kernel.ordering import sort_key
from tourreg.kernel.refusals import Refusal
from tourreg.kernel.states import Axis

HOST = Axis("host", "state", HOST_MOVES)

STATES = tuple(HOST_MOVES)
# The largest group that any programme has brought is 200 people.
LARGEST_GROUP = 500
LONGEST_SEARCH_KEY = 1500
# Where people have mail of their own; an office that truly writes from one of them can still be accepted.
PERSONAL_HOSTS = frozenset({
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "ymail.com",
    "aol.com", "icloud.com", "me.com", "mac.com", "proton.me", "protonmail.com", "pm.me", "gmx.com", "gmx.net",
    "mail.com", "zoho.com", "fastmail.com", "hey.com", "tutanota.com", "comcast.net", "verizon.net", "att.net",
    "sbcglobal.net", "bellsouth.net", "cox.net", "charter.net", "earthlink.net", "qq.com", "foxmail.com",
    "163.com", "126.com", "yeah.net", "188.com", "sina.com", "sina.cn", "sohu.com", "139.com", "189.cn", "wo.cn",
    "21cn.com", "aliyun.com", "tom.com", "yandex.com", "yandex.ru", "mail.ru", "web.de", "yahoo.co.jp",
    "naver.com",
})  # fmt: skip
PERSONAL_ENDINGS = (".qq.com", ".163.com", ".sina.com", ".sina.cn", ".hotmail.com", ".outlook.com", ".rr.com")


class PrivacyNotAgreed(Refusal):
    """The privacy notice was not agreed to, or an older version of it was."""


class AddressNotConfirmed(Refusal):
    """Nobody has shown yet that the contact's address is theirs, so that no answer can reach them."""


class OfficeNotConfirmed(Refusal):
    """The contact writes from a personal address, and nobody has noted how the office of the city was confirmed."""


class CityIsHere(Refusal):
    """The city that would be entered is here already; facts: city, its public id."""


class OfferedMeanwhile(Refusal):
    """Somebody else who speaks for the city changed its words after the page was opened."""


class AnswerIsMissing(Refusal):
    """A decision goes out with a sentence to the contact, and there is none."""


class AnsweredMeanwhile(Refusal):
    """Somebody else moved the offer on after this page was opened; facts: state."""


@dataclass(frozen=True)
class Offer:
    """What a city would like to host and when, in its own words.

    group_size  the most people it would receive, where it says so
    """

    offers: str
    available: str
    group_size: int | None = None


@dataclass(frozen=True)
class Contact:
    """Who speaks for the city."""

    name: str
    position: str
    email: str
    phone: str = ""


@dataclass(frozen=True)
class SignUp:
    """A city's sign-up as plain values.

    country         ISO 3166-1, two letters
    privacy_on      date of the version of the privacy notice that was agreed to
    submission_key  the same for every sending of one form
    place_key       the place of the list that was chosen; "" where the city was typed
    """

    city_name: str
    region: str
    country: str
    contact: Contact
    offer: Offer
    language: str
    privacy_on: date | None
    submission_key: str
    place_key: str = ""


def is_personal(email: str) -> bool:
    """Tell whether the address is at a provider of mail for everybody, so that it shows no office."""
    host = email.rpartition("@")[2].casefold()
    return host in PERSONAL_HOSTS or host.endswith(PERSONAL_ENDINGS)


def search_key(*parts: str) -> str:
    """Return the parts without marks, signs and spaces, Chinese as pinyin, so that 厦门, Xiamen and "xia men" meet."""
    return "/".join(sort_key(part).replace(" ", "") for part in parts)[:LONGEST_SEARCH_KEY]
