"""Column types and the columns that many tables share."""

from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import BigInteger, Dialect, Enum, Integer, String
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import JSON, DateTime, TypeDecorator

from tourreg.kernel.bilingual import Text, text_of
from tourreg.kernel.numbers import new_public_id

# SQLite compares what it stores, so every instant is kept with the same width and in UTC.
_SQLITE_INSTANT = sqlite.DATETIME(  # type: ignore[no-untyped-call]
    storage_format="%(year)04d-%(month)02d-%(day)02d %(hour)02d:%(minute)02d:%(second)02d.%(microsecond)06d"
)


class NaiveInstant(ValueError):
    """An instant without a zone reached the database."""


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database; naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(_SQLITE_INSTANT if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise NaiveInstant(value.isoformat())
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class BilingualText(TypeDecorator[Text]):
    """A `Text`, kept as JSON with one member for each language."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Text | None, dialect: Dialect) -> dict[str, str] | None:
        return None if value is None else value.plain()

    def process_result_value(self, value: dict[str, str] | None, dialect: Dialect) -> Text | None:
        return None if value is None else text_of(value)


def choice(*values: str, name: str) -> Enum:
    """Return a column type that holds one of the words, as text with a check in the database."""
    return Enum(*values, native_enum=False, create_constraint=True, validate_strings=True, length=32, name=name)


Key = Annotated[int, mapped_column(Integer, primary_key=True)]
PublicId = Annotated[str, mapped_column(String(22), unique=True, default=new_public_id)]
Minor = Annotated[int, mapped_column(BigInteger)]
Currency = Annotated[str, mapped_column(String(3))]
Instant = Annotated[datetime, mapped_column(UtcDateTime)]
Bilingual = Annotated[Text, mapped_column(BilingualText, default=lambda: Text())]
Plain = Annotated[dict[str, Any], mapped_column(JSON, default=dict)]


class OnPublicPages:
    """Marks a table whose rows public pages show; catalogue/freshness.py has the pages made anew when one changes."""
