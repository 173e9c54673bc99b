"""Bills that strain their papers: a very long payer, forty lines with discounts, several payments, and yen."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from tests.paper_samples.account_papers import REFUND_ADVICE, STATEMENT, reminder
from tests.paper_samples.further_bills import CREDIT_NOTE, PRO_FORMA, QUOTE, RECEIPT
from tests.paper_samples.organisations import both
from tests.paper_samples.us_invoice import INVOICE

LINES = 40
LONG_PAYER = {
    "name": "The Metropolitan Government of Nashville and Davidson County, Department of Transportation and Multimodal"
    " Infrastructure, International Partnerships Programme",
    "department": "Office of the Director of Finance, Division of Accounts and Treasury Management, Accounts Payable",
    "attention": "Attn: Bartholomew-Alexander Featherstonehaugh-Cholmondeley, Senior Accounts Payable Specialist",
    "address": "Howard Office Building, 700 President Ronald Reagan Way, Suite 310\nMail Station 4-B, Rear Entrance\n"
    "Nashville, Tennessee 37210-4417\nUnited States of America",
    "email": "accounts.payable.international.partnerships@transportation.nashville.example",
}
NAMES = ("Andrea WHITFIELD", "CHEN Guoliang 陈国梁", "Marcus OYELARAN", "Bartholomew-Alexander FEATHERSTONEHAUGH")
FEES = (
    both("Summit fee, government rate, early price", "峰会费（政府价，早鸟价）"),
    both("Pre-tour Beijing–Xi’an–Luoyang by high-speed rail, twin", "会前考察：北京—西安—洛阳（高铁，双人间）"),
    both("Single-room supplement", "单间差价"),
    both("Workshop", "工作坊"),
)
PRICE_MINOR, OFF_MINOR = 128_000, -12_800


def yen(minor: int) -> dict[str, Any]:
    return {"minor": minor, "currency": "JPY"}


def hard(sheet: Mapping[str, Any]) -> dict[str, Any]:
    """Return the sheet of a sample for a payer with a very long name, in yen."""
    return {**_in_yen(deepcopy(dict(sheet))), "payer": LONG_PAYER}


def hard_bill(sheet: Mapping[str, Any]) -> dict[str, Any]:
    """Return the same with forty lines, every third reduced, and several payments; it still adds up."""
    rows = [_line(number) for number in range(LINES)]
    off_minor = sum(row["discount"]["minor"] for row in rows if row["discount"])
    total_minor = LINES * PRICE_MINOR + off_minor
    payments = [_payment(number) for number in range(5)] if sheet["payments"] else []
    paid_minor = sum(payment["amount"]["minor"] for payment in payments)
    return {
        **hard(sheet),
        "lines": rows,
        "gross": yen(LINES * PRICE_MINOR),
        "discounts": yen(off_minor),
        "subtotal": yen(total_minor),
        "total": yen(total_minor),
        "payments": payments,
        "balance": yen(total_minor + paid_minor) if sheet["balance"]["minor"] else yen(0),
        "not_a_fapiao": True,
    }


def hard_statement() -> dict[str, Any]:
    """Return a statement of two programmes with forty movements."""
    balance, moves = 0, []
    for number in range(LINES):
        minor = -400_000 if number % 5 == 4 else PRICE_MINOR
        balance += minor
        moves.append(
            {
                "on": (date(2026, 2, 1) + timedelta(days=2 * number)).isoformat(),
                "what": both("Payment", "付款") if minor < 0 else FEES[number % 4],
                "detail": f"WIRE-2026-{number:06}" if minor < 0 else NAMES[number % 4],
                "paper": f"CCE-{'REC' if minor < 0 else 'INV'}-2026-{number:05}",
                "registration": ("YZ26-7K3M9-Q", "HZ26-2M8T4-K")[number % 2],
                "amount": yen(minor),
                "balance": yen(balance),
            }
        )
    charged = sum(max(0, move["amount"]["minor"]) for move in moves)  # type: ignore[index]
    title = both("Forum on Sponge Cities", "海绵城市论坛")
    other = {**STATEMENT["programme"], "registration": "HZ26-2M8T4-K", "title": title}
    return {
        **hard(STATEMENT),
        "programmes": [other, STATEMENT["programme"]],
        "movements": moves,
        "charged": yen(charged),
        "credited": yen(balance - charged),
        "closing": yen(balance),
        "ages": [{**age, "amount": yen(balance if age["age"] == "over_90" else 0)} for age in STATEMENT["ages"]],
        "not_a_fapiao": True,
    }


def _in_yen(sheet: Any) -> Any:
    """Return the sheet with every amount in yen: as many of them as it had cents."""
    if isinstance(sheet, dict):
        return {name: "JPY" if name == "currency" else _in_yen(value) for name, value in sheet.items()}
    return [_in_yen(value) for value in sheet] if isinstance(sheet, list) else sheet


def _line(number: int) -> dict[str, Any]:
    off = yen(OFF_MINOR) if number % 3 == 0 else None
    return {
        "po_line": str(number // 4 + 1),
        "description": FEES[number % 4],
        "detail": NAMES[number % 4],
        "first_on": "2026-09-20",
        "last_on": "2026-09-23",
        "quantity": 1,
        "unit": both("person", "人"),
        "unit_price": yen(PRICE_MINOR),
        "discount": off,
        "amount": yen(PRICE_MINOR + (OFF_MINOR if off else 0)),
    }


def _payment(number: int) -> dict[str, Any]:
    means = ("wire", "check", "card", "alipay", "ach")[number]
    on = date(2026, 3, 1 + number).isoformat()
    return {"received_on": on, "means": means, "reference": f"2026-{number:08}", "amount": yen(-400_000)}


# By name: the template and the sheet.
HARD: dict[str, tuple[str, Mapping[str, Any]]] = {
    "hard-quote": ("quote", hard_bill(QUOTE)),
    "hard-pro-forma": ("pro_forma", hard_bill(PRO_FORMA)),
    "hard-invoice": ("invoice", hard_bill(INVOICE)),
    "hard-receipt": ("receipt", hard_bill(RECEIPT)),
    "hard-credit-note": ("credit_note", hard_bill(CREDIT_NOTE)),
    "hard-statement": ("statement", hard_statement()),
    "hard-reminder": ("reminder", hard(reminder(3))),
    "hard-refund-advice": ("refund_advice", hard(REFUND_ADVICE)),
}
