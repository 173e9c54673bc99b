"""Settings for tests: nothing outside this machine, nothing secret."""

from tourreg.settings import Settings, read_settings


def test_settings(database_url: str, **changed: str) -> Settings:
    values = {
        "DATABASE_URL": database_url,
        "SECRET_KEY": "only for tests " * 4,
        "BASE_URL": "http://127.0.0.1:8000",
        "STRIPE_SECRET_KEY": "sk_test_tests",
        "STRIPE_WEBHOOK_SECRET": "whsec_tests",
        "STRIPE_API_BASE": "http://127.0.0.1:9",
        "SITE_NAME_EN": "Center for City Exchange",
        "SITE_NAME_ZH": "城市交流中心",
        "MAIL_URL": "memory://",
        "MAIL_FROM": "desk@tourreg.example",
        "QUEUE_URL": "memory://",
        "FILES_URL": "memory://",
    }
    return read_settings({f"TOURREG_{name}": value for name, value in {**values, **changed}.items()})


test_settings.__test__ = False  # type: ignore[attr-defined]
