"""How papers name the people that money is for."""

from datetime import datetime

import pytest
from flask import Flask

from tests.cast import a_person, a_published_summit, a_registration
from tourreg.domain.settlements.bills import bill_of
from tourreg.domain.settlements.purposes import purpose_of


@pytest.mark.parametrize(
    ("native", "named"),
    [
        ("周岚", "ZHOU Lan 周岚"),
        ("Лан Чжоу", "Lan ZHOU"),
        ("محمد", "Lan ZHOU"),
        ("周\U00031350", "ZHOU Lan"),
        ("", "Lan ZHOU"),
    ],
)
def test_a_bill_adds_a_native_name_only_where_it_can_be_printed(
    app: Flask, now: datetime, native: str, named: str
) -> None:
    registration = a_registration(a_published_summit(), a_person("Zhou", "Lan", native=native), now=now)

    purpose = purpose_of(bill_of(registration.folio_id))

    (attendee,) = purpose.participants
    assert list(purpose.names.values()) == [named]
    assert f"{attendee['latin']} {attendee['native']}".strip() == named
