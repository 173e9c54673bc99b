"""Cities that offer to receive a group."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Instant, Key, OnPublicPages, PublicId, UtcDateTime, choice
from tourreg.db import Base
from tourreg.domain.cities.models import City
from tourreg.kernel.bilingual import Text

HOST_MOVES = {
    "signed_up": ("address_confirmed", "declined"),
    "address_confirmed": ("accepted", "declined"),
    "accepted": ("declined",),
    "declined": ("accepted",),
}


class HostProfile(OnPublicPages, Base):
    """A city's sign-up as a host, in its own words, and what the office decided.

    city         its entry among the cities, chosen by the office when it accepts
    place_key    the place of the list that was chosen, or is the only one that the words name; None where there is none
    office_confirmed  how the office learned that the contact writes for the city, where the address does not show it
    search_key   city, region, contact and address as `rules.search_key` spells them
    revised_at   when the contact last changed the offer
    answer       what the office wrote to the contact, in the contact's language
    """

    __tablename__ = "host_profiles"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    state: Mapped[str] = mapped_column(choice(*HOST_MOVES, name="state"), default="signed_up")
    city_id: Mapped[int | None] = mapped_column(ForeignKey("cities.id"))
    city_name: Mapped[str] = mapped_column(String(120))
    region: Mapped[str] = mapped_column(String(120))
    country: Mapped[str] = mapped_column(String(2))
    place_key: Mapped[str | None] = mapped_column(String(20), index=True)
    office_confirmed: Mapped[str] = mapped_column(String(500), default="")
    contact_name: Mapped[str] = mapped_column(String(120))
    contact_position: Mapped[str] = mapped_column(String(120))
    contact_email: Mapped[str] = mapped_column(String(254), index=True)
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    language: Mapped[str] = mapped_column(choice("en", "zh", name="language"))
    offers: Mapped[str] = mapped_column(String(4000))
    available: Mapped[str] = mapped_column(String(2000))
    group_size: Mapped[int | None]
    submission_key: Mapped[str] = mapped_column(String(40), unique=True)
    signed_up_at: Mapped[Instant]
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revised_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    search_key: Mapped[str] = mapped_column(String(1500), default="")
    answer: Mapped[str] = mapped_column(String(2000), default="")

    city: Mapped[City | None] = relationship()

    @property
    def shown_name(self) -> Text:
        """Return what readers of each language call the city: its entry's name, or the one name that was typed."""
        return self.city.name if self.city else Text(**{self.language: self.city_name})


class SecurityRequest(Base):
    """A host city's security desk asked for the nationality of those who come to an event.

    event     public id, since events lie above hosts
    asked_by  who asked, in words: the name and the desk
    ended_at, ended_by  when it stopped to count
    """

    __tablename__ = "security_requests"

    id: Mapped[Key]
    event: Mapped[str] = mapped_column(String(22), index=True)
    city_id: Mapped[int] = mapped_column(ForeignKey("cities.id"))
    asked_by: Mapped[str] = mapped_column(String(200))
    asked_on: Mapped[date]
    noted_at: Mapped[Instant]
    noted_by: Mapped[str] = mapped_column(String(80))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str | None] = mapped_column(String(80))

    city: Mapped[City] = relationship(lazy="joined")
