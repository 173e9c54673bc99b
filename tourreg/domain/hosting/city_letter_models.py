"""Letters of the office to the contacts of many host cities."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tourreg.columns import Bilingual, Instant, Key, PublicId
from tourreg.db import Base


class CityLetter(Base):
    """One letter to the contacts of the cities that were chosen, as it was written.

    subject, words  either language may be empty; its readers then get the other
    roles           of the contacts that it goes to; all of them where it goes to everybody
    """

    __tablename__ = "city_letters"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    subject: Mapped[Bilingual]
    words: Mapped[Bilingual]
    roles: Mapped[list[str]] = mapped_column(JSON)
    submission_key: Mapped[str] = mapped_column(String(40), unique=True)
    written_at: Mapped[Instant]
    written_by: Mapped[str] = mapped_column(String(80))


class CityOfLetter(Base):
    """A city that a letter was meant for.

    people  how many of its contacts it was put into the outbox for; None until its turn came, 0 where nobody is there
    """

    __tablename__ = "city_letter_cities"

    letter_id: Mapped[int] = mapped_column(ForeignKey("city_letters.id"), primary_key=True)
    city_id: Mapped[int] = mapped_column(ForeignKey("cities.id"), primary_key=True, index=True)
    people: Mapped[int | None]
