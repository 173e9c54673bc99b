"""The cast of the tests: one of each thing, unsaved, with whatever a test wants changed."""

from datetime import UTC, date, datetime
from typing import Any

from tourreg.db import writing
from tourreg.domain.catalogue.models import AddOn, Event, Fee, Pool
from tourreg.domain.papers.models import Issuer
from tourreg.kernel.bilingual import Text

MADE_AT = datetime(2027, 1, 2, 8, 0, tzinfo=UTC)


def saved(*records: Any) -> Any:
    """Write the records and return the first."""
    with writing() as session:
        session.add_all(records)
    return records[0]


def an_issuer(**changed: Any) -> Issuer:
    values: dict[str, Any] = {
        "key": "center",
        "name": Text("Center for City Exchange", "城市交流中心"),
        "address": Text("100 Main Street, Washington, DC 20001", "华盛顿主街100号"),
        "phone": "+1 202 555 0100",
        "email": "finance@example.org",
        "tax_id": "00-0000000",
        "tax_id_label": Text("EIN", "雇主识别号"),
        "zone": "America/New_York",
        "series_prefix": "CCE",
        "accent": "indigo",
        "country": "US",
        "banks": {"USD": {"Bank": "Sample Bank", "Account": "0000"}},
    }
    return Issuer(**{**values, **changed})


def a_summit(**changed: Any) -> Event:
    """The regional summit in Yangzhou: 200 places, an early and a full fee, a pre-tour of 20 and a single room."""
    values: dict[str, Any] = {
        "slug": "yangzhou-2027",
        "reference_prefix": "YZ27",
        "kind": "summit",
        "state": "published",
        "title": Text("Regional Summit on Eco-friendly Urbanization", "生态城市化区域峰会"),
        "cancellation_policy": Text("Full refund until 30 days before.", "会前30天可全额退款。"),
        "starts_on": date(2027, 10, 20),
        "ends_on": date(2027, 10, 22),
        "zone": "Asia/Shanghai",
        "opens_on": date(2027, 1, 10),
        "closes_on": date(2027, 9, 30),
        "currency": "USD",
        "created_at": MADE_AT,
    }
    parts: dict[str, Any] = {
        "issuer": an_issuer,
        "pool": lambda: Pool(capacity=200, taken=0),
        "fees": lambda: [
            a_fee("Early bird", "早鸟价", 48_000, last_on=date(2027, 6, 30)),
            a_fee("Full fee", "全价", 62_000, position=2),
        ],
        "add_ons": lambda: [
            an_add_on("pre_tour", "Pre-tour: Beijing and Xi’an", 89_000, places=20),
            an_add_on("single_room", "Single room", 21_000, position=2),
        ],
    }
    made = {name: make() for name, make in parts.items() if name not in changed}
    return Event(**{**values, **made, **changed})


def a_fee(en: str = "Fee", zh: str = "费用", amount_minor: int = 48_000, **changed: Any) -> Fee:
    return Fee(**{"position": 1, "label": Text(en, zh), "amount_minor": amount_minor, "withdrawn": False, **changed})


def an_add_on(kind: str, label: str, amount_minor: int, *, places: int | None = None, **changed: Any) -> AddOn:
    """One add-on; without `places` it cannot sell out."""
    pool = None if places is None else Pool(capacity=places, taken=0)
    values = {"position": 1, "kind": kind, "label": Text(label, label), "amount_minor": amount_minor, "pool": pool}
    return AddOn(**{**values, "withdrawn": False, **changed})
