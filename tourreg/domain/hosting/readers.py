"""Who reads letters to a host city, each in a language of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tourreg.domain.hosting.contact_models import HostContact
from tourreg.domain.hosting.contacts import contacts_of as sharing_page_of
from tourreg.domain.hosting.contacts import written_to_about_requests
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.request_queries import contacts_of


@dataclass(frozen=True)
class Reader:
    """Somebody who reads letters for a city.

    profile  public id of the sign-up whose page they share
    contact  public id of a further contact, or "" for who signed the city up
    """

    name: str
    email: str
    language: str
    profile: str
    contact: str = ""

    @property
    def facts(self) -> dict[str, str]:
        """Return what a letter needs to greet them and to lead them in by a link of their own."""
        own = {"host_contact": self.contact} if self.contact else {}
        return {**own, "profile": self.profile, "contact": self.name}

    @property
    def key(self) -> str:
        """Return what tells their letters from those of others."""
        return self.contact or self.profile


def deciding_of(city_id: int) -> list[Reader]:
    """Return who decides or coordinates visits for a city, first signed up first."""
    return [reader for one in contacts_of(city_id) for reader in _readers(one, written_to_about_requests(one))]


def everybody_of(city_id: int) -> list[Reader]:
    """Return every confirmed contact of a city, whatever they do for it; whoever shares several pages of it once."""
    found = [reader for one in contacts_of(city_id) for reader in _readers(one, _active(one))]
    return list({reader.email.casefold(): reader for reader in reversed(found)}.values())[::-1]


def _active(profile: HostProfile) -> Iterable[HostContact]:
    return (one for one in sharing_page_of(profile) if one.state == "active")


def _readers(profile: HostProfile, further: Iterable[HostContact]) -> list[Reader]:
    first = Reader(profile.contact_name, profile.contact_email, profile.language, profile.public_id)
    return [first, *(Reader(one.name, one.email, one.language, profile.public_id, one.public_id) for one in further)]
