"""What the environment decides, read once at the start and checked there."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")
STRIPE_API = "https://api.stripe.com"
# Variable, schemes, and what it should be.
_ADDRESSES = (
    (
        "mail_url",
        ("smtp", "smtps", "folder"),
        "smtp://user:password@host:port, smtps://… or, for a demo, folder:///path",
    ),
    (
        "queue_url",
        ("sqlite", "redis", "rediss", "postgresql"),
        "sqlite:////path/of/a/file, redis://… or postgresql://…",
    ),
    ("files_url", ("", "file"), "a folder, as /path or file:///path; files in S3 are not supported yet"),
)


class SettingsRefused(Exception):
    """The environment cannot be run with; the message names each variable and what it needs."""


@dataclass(frozen=True)
class Settings:
    """Every setting, each from the variable TOURREG_<NAME>."""

    database_url: str
    secret_key: str
    base_url: str
    stripe_secret_key: str
    stripe_webhook_secret: str
    stripe_api_base: str
    site_name_en: str
    site_name_zh: str
    mail_url: str
    mail_from: str
    queue_url: str
    limits_url: str
    files_url: str
    proxies: int
    demo: bool
    invoice_hold_working_days: int
    batch_days: int

    def __post_init__(self) -> None:
        faults = list(_faults(self))
        if faults:
            raise SettingsRefused("\n".join(faults))

    @property
    def mail_address(self) -> str:
        """The address that letters come from, without its name."""
        return parseaddr(self.mail_from)[1]

    @property
    def secure(self) -> bool:
        return self.base_url.startswith("https://")


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of the environment.

    raises  SettingsRefused with one line for each fault
    """
    env = os.environ if environment is None else environment

    def value(name: str, default: str = "") -> str:
        return env.get(f"TOURREG_{name}", default).strip()

    return Settings(
        database_url=value("DATABASE_URL"),
        secret_key=value("SECRET_KEY"),
        base_url=value("BASE_URL").rstrip("/"),
        stripe_secret_key=value("STRIPE_SECRET_KEY"),
        stripe_webhook_secret=value("STRIPE_WEBHOOK_SECRET"),
        stripe_api_base=value("STRIPE_API_BASE", STRIPE_API).rstrip("/"),
        site_name_en=value("SITE_NAME_EN", "tourreg"),
        site_name_zh=value("SITE_NAME_ZH") or value("SITE_NAME_EN", "tourreg"),
        mail_url=value("MAIL_URL"),
        mail_from=value("MAIL_FROM"),
        queue_url=value("QUEUE_URL"),
        limits_url=value("LIMITS_URL", "memory://"),
        files_url=value("FILES_URL"),
        proxies=_whole_number(value("PROXIES", "0")),
        demo=value("DEMO", "0") == "1",
        invoice_hold_working_days=_whole_number(value("INVOICE_HOLD_WORKING_DAYS", "3")),
        batch_days=_whole_number(value("BATCH_DAYS", "7")),
    )


def _whole_number(text: str) -> int:
    return int(text) if text.isdecimal() else -1


def _faults(settings: Settings) -> list[str]:
    faults = [
        f"TOURREG_{name.upper()} is missing."
        for name in (
            "database_url",
            "base_url",
            "stripe_secret_key",
            "stripe_webhook_secret",
            "mail_url",
            "mail_from",
            "queue_url",
            "files_url",
        )
        if not getattr(settings, name)
    ]
    if len(settings.secret_key) < 32:
        faults.append("TOURREG_SECRET_KEY needs at least 32 characters.")
    if settings.proxies < 0:
        faults.append("TOURREG_PROXIES is the number of proxies before the server: 0, 1, 2 …")
    if settings.invoice_hold_working_days < 1:
        faults.append("TOURREG_INVOICE_HOLD_WORKING_DAYS is a number of days from 1.")
    if not settings.demo and not settings.base_url.startswith("https://") and not _on_loopback(settings.base_url):
        faults.append("TOURREG_BASE_URL must begin with https:// unless it is on this machine.")
    if settings.batch_days < 1:
        faults.append("TOURREG_BATCH_DAYS is a number of days from 1.")
    return [*faults, *_address_faults(settings), *_stand_in_faults(settings)]


def _address_faults(settings: Settings) -> list[str]:
    """Return what is wrong with the addresses of mail, queue and files; memory:// is for tests, on this machine."""
    faults = []
    for name, schemes, wanted in _ADDRESSES:
        url = getattr(settings, name)
        scheme = urlsplit(url).scheme.partition("+")[0]
        is_memory = scheme == "memory" and _on_loopback(settings.base_url)
        if url and scheme not in schemes and not is_memory:
            faults.append(f"TOURREG_{name.upper()} is {wanted}.")
    if settings.mail_from and "@" not in parseaddr(settings.mail_from)[1]:
        faults.append("TOURREG_MAIL_FROM is an address: desk@example.org, or Name <desk@example.org>.")
    if settings.queue_url and settings.queue_url == settings.database_url:
        faults.append("TOURREG_QUEUE_URL must not be the application's own database file.")
    return faults


def _stand_in_faults(settings: Settings) -> list[str]:
    """Return why the stand-in may not be used; nothing when Stripe itself is."""
    if settings.stripe_api_base == STRIPE_API:
        return []
    faults = []
    if not _on_loopback(settings.stripe_api_base):
        faults.append("TOURREG_STRIPE_API_BASE may name another server than Stripe's only on this machine.")
    if not settings.stripe_secret_key.startswith("sk_test_"):
        faults.append("TOURREG_STRIPE_SECRET_KEY must be a test key where the stand-in for Stripe is used.")
    return faults


def _on_loopback(url: str) -> bool:
    return (urlsplit(url).hostname or "") in LOOPBACK
