"""Settings that cannot be run with are refused at the start, each with what it needs."""

import pytest

from tests.settings import test_settings as settings_with
from tourreg.settings import SettingsRefused

DATABASE = "sqlite:////srv/tourreg/tourreg.db"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"FILES_URL": "s3://papers"}, "files in S3 are not supported yet"),
        ({"MAIL_URL": "mail.example.org:25"}, "smtp://user:password@host:port"),
        ({"MAIL_FROM": "the desk"}, "TOURREG_MAIL_FROM is an address"),
        ({"QUEUE_URL": "amqp://queue"}, "redis://"),
        ({"QUEUE_URL": DATABASE}, "must not be the application's own"),
        ({"BASE_URL": "https://register.example.org"}, "TOURREG_MAIL_URL"),  # memory:// is for tests
    ],
)
def test_an_address_that_cannot_be_used_is_refused_with_what_is_wanted(changed: dict[str, str], says: str) -> None:
    with pytest.raises(SettingsRefused, match=says):
        settings_with(DATABASE, **changed)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("FILES_URL", "/srv/tourreg/files"),
        ("FILES_URL", "file:///srv/tourreg/files"),
        ("MAIL_URL", "smtps://desk%40example.org:secret@mail.example.org:465"),
        ("MAIL_FROM", "城市交流中心 <desk@example.org>"),
        ("QUEUE_URL", "sqlite:////srv/tourreg/queue.db"),
        ("QUEUE_URL", "redis://127.0.0.1:6379/0"),
    ],
)
def test_an_address_that_can_be_used_is_taken(name: str, address: str) -> None:
    settings = settings_with(DATABASE, **{name: address})

    assert getattr(settings, name.lower()) == address


def test_the_address_that_letters_come_from_is_known_without_its_name() -> None:
    assert settings_with(DATABASE, MAIL_FROM="城市交流中心 <desk@example.org>").mail_address == "desk@example.org"
    assert settings_with(DATABASE, MAIL_FROM="desk@example.org").mail_address == "desk@example.org"
