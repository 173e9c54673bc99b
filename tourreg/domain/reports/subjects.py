"""For whom and for what an event's papers are made one by one: participants, cities, days, hotels, versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.reports import requests_with_gifts
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.request_queries import requests_of_event
from tourreg.domain.hosting.security_desks import cities_asking
from tourreg.domain.itineraries import rides
from tourreg.domain.itineraries.documents import itinerary_days
from tourreg.domain.itineraries.models import Day as DraftDay
from tourreg.domain.itineraries.models import ItineraryVersion
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.itineraries.versions import versions_of
from tourreg.domain.papers.sheets import Day
from tourreg.domain.registrations.models import Participant
from tourreg.domain.reports.documents import days_to_sign
from tourreg.domain.reports.queries import participants_of
from tourreg.domain.reports.readers import Reader, city_readers, full_name
from tourreg.domain.travel.queries import hotels_of
from tourreg.kernel.bilingual import LANGUAGES, Language, Text


@dataclass(frozen=True)
class Subject:
    """Whom or what one paper of several is for: a participant, a city, a hotel.

    email     to which it can be sent, or ""
    language  in which whoever gets it reads, if that is known
    """

    public_id: str
    name: Text
    email: str = ""
    language: Language | None = None


class Subjects:
    """The subjects of one event: what several kinds of papers need is read once, and only when it is asked for.

    Keep it no longer than a page or a command: it does not notice what is changed meanwhile.
    """

    def __init__(self, event: Event) -> None:
        self.event = event

    def people(self) -> list[Subject]:
        """Return those who take part, in protocol order."""
        return [_subject(person) for person in self.participants]

    def cities(self) -> list[Subject]:
        """Return the cities in which there is a day, in the order of the days."""
        return self._receiving([day.city for day in self._days if day.city])

    def hosts(self) -> list[Subject]:
        """Return the cities of the route, and those that confirmed a visit without standing on it, each once."""
        confirmed = [request.city for request in self.requests if request.state == "confirmed"]
        return self._receiving([*(stop.city for stop in self.event.stops), *confirmed])

    def asked(self) -> list[Subject]:
        """Return the requests to cities that stand, and the cities of the route that were not asked yet."""
        named = {request.city_id for request in self.requests}
        not_yet = [stop.city for stop in self.event.stops if stop.city_id not in named]
        standing = [request for request in self.requests if request.state not in ("declined", "withdrawn")]
        return [*self._of_requests(standing), *self._receiving(not_yet)]

    def confirmed(self) -> list[Subject]:
        """Return the requests that their cities confirmed."""
        return self._of_requests([request for request in self.requests if request.state == "confirmed"])

    def reported(self) -> list[Subject]:
        """Return the visits whose cities sent what they gave in kind."""
        sent = requests_with_gifts([request.id for request in self.requests])
        return self._of_requests([request for request in self.requests if request.id in sent])

    def security_desks(self) -> list[Subject]:
        """Return the cities of the route whose security desk asked for nationality."""
        asking = cities_asking(self.event.public_id)
        return [city for city in self.hosts() if city.public_id in asking] if asking else []

    def days_with_rides(self) -> list[Subject]:
        return [_dated(day) for day in rides.days_with_rides(self.draft)]

    def days_to_sign(self) -> list[Subject]:
        return [_dated(day) for day in days_to_sign(self.draft)]

    def hotels(self) -> list[Subject]:
        """Return the event's hotels in the order of their nights."""
        return [Subject(stay.public_id, stay.hotel, stay.email) for stay in hotels_of(self.event)]

    def notices(self) -> list[Subject]:
        """Return the versions that follow another, newest first."""
        following = [version for version in self.versions if version.number > 1]
        told = [f"{version.number - 1} → {version.number}" for version in following]
        return [Subject(version.public_id, Text(each, each)) for version, each in zip(following, told, strict=True)]

    @cached_property
    def participants(self) -> Sequence[Participant]:
        return participants_of(self.event)

    @cached_property
    def requests(self) -> Sequence[HostingRequest]:
        return requests_of_event(self.event.id)

    @cached_property
    def draft(self) -> list[Day]:
        """Return the days as they stand, as papers print them."""
        return itinerary_days(self.event, self._days)

    @cached_property
    def versions(self) -> Sequence[ItineraryVersion]:
        return versions_of(self.event)

    def unprinted(self) -> list[Participant]:
        """Return those whose native name papers cannot print: badges, plates and lists show the Latin one alone."""
        return [person for person in self.participants if person.name.unprinted_sign]

    @cached_property
    def _days(self) -> Sequence[DraftDay]:
        return days_of(self.event)

    @cached_property
    def _readers(self) -> dict[str, Reader]:
        """Return every city of the days and of the route as a reader, by its public id."""
        cities = dict.fromkeys(day.city for day in self._days if day.city)
        cities |= dict.fromkeys(stop.city for stop in self.event.stops)
        cities |= dict.fromkeys(request.city for request in self.requests)
        return {reader.public_id: reader for reader in city_readers(list(cities))}

    def _receiving(self, cities: Sequence[City]) -> list[Subject]:
        """Return cities, each once, with the addresses of those whose offer to receive a group was accepted."""
        readers = [self._readers[city.public_id] for city in dict.fromkeys(cities)]
        return [Subject(one.public_id, one.name, one.email, one.language) for one in readers]

    def _of_requests(self, requests: Sequence[HostingRequest]) -> list[Subject]:
        """Return requests by their city and first day, with the address of their city's contact."""
        found = []
        for request in requests:
            reader = self._readers[request.city.public_id]
            told = (f"{reader.name.in_(language)} {request.first_on.isoformat()}" for language in LANGUAGES)
            found.append(Subject(request.public_id, Text(*told), reader.email, reader.language))
        return found


def _subject(person: Participant) -> Subject:
    reads: Language = "zh" if person.registration.language == "zh" else "en"
    return Subject(person.public_id, full_name(person), person.email or person.registration.contact_email, reads)


def _dated(day: Day) -> Subject:
    """Return a day by its date and city."""
    told = (f"{day['on']} {Text(**day['city']).in_(language)}".strip() for language in LANGUAGES)
    return Subject(day.get("id", ""), Text(*told))
