"""What follows an invoice: statement, reminders, and the advice of a refund."""

from tests.paper_samples.organisations import both, usd
from tests.paper_samples.us_invoice import INVOICE
from tourreg.domain.papers.sheets import (
    AgeName,
    Letterhead,
    Movement,
    RefundAdviceSheet,
    ReminderSheet,
    StatementSheet,
    Words,
)

SHARED: Letterhead = {
    "kind": "statement",
    "number": "",
    "version": 1,
    "issued_at": "2026-06-04T14:12:00+00:00",
    "zone": INVOICE["zone"],
    "replaces": "",
    "seller": INVOICE["seller"],
    "question": INVOICE["question"],
    "sample": False,
    "currency": "USD",
    "payer": INVOICE["payer"],
    "order": INVOICE["order"],
    "programme": INVOICE["programme"],
    "remit_to": INVOICE["remit_to"],
    "payment_reference": INVOICE["payment_reference"],
    "not_a_fapiao": False,
    "notes": [],
}

AGES: dict[AgeName, int] = {
    "not_due": 287_200, "1_30": 435_000, "31_60": 0, "61_90": 0, "over_90": 0, "not_invoiced": 0
}  # fmt: skip


def moves(*rows: tuple[str, Words, Words, str, int], opening: int = 0) -> list[Movement]:
    """Return the rows of a statement with their running balance."""
    balance, made = opening, []
    for on, what, detail, paper, minor in rows:
        balance += minor
        made.append(
            Movement(
                on=on,
                what=what,
                detail=detail,
                paper=paper,
                registration="",
                amount=usd(minor),
                balance=usd(balance),
            )
        )
    return made


PAYMENT, FEE = both("Payment", "付款"), both("Summit fee, government rate", "峰会费（政府价）")
TOUR = both("Pre-tour Beijing–Xi’an, twin", "会前考察：北京—西安（双人间）")
STATEMENT: StatementSheet = {
    **SHARED,
    "number": "STM-2026-00031",
    "programmes": [INVOICE["programme"]],
    "first_on": "2026-02-01",
    "last_on": "2026-06-04",
    "opening": usd(0),
    "movements": moves(
        ("2026-02-25", PAYMENT, "20418", "REC-2026-00208", -100_000),
        ("2026-04-02", PAYMENT, "0417-88215", "REC-2026-00391", -100_000),
        ("2026-04-15", FEE, "Andrea WHITFIELD", "INV-2026-00417", 130_500),
        ("2026-04-15", FEE, "Marcus OYELARAN", "INV-2026-00417", 130_500),
        ("2026-04-15", TOUR, "Andrea WHITFIELD", "INV-2026-00417", 218_000),
        ("2026-04-15", TOUR, "Marcus OYELARAN", "INV-2026-00417", 218_000),
        (
            "2026-04-15",
            both("Post-tour Hangzhou–Shanghai, twin", "会后考察：杭州—上海（双人间）"),
            "Marcus OYELARAN",
            "INV-2026-00417",
            164_000,
        ),
        ("2026-05-20", both("Single-room supplement", "单间差价"), "Andrea WHITFIELD", "INV-2026-00502", 61_200),
    ),
    "charged": usd(922_200),
    "credited": usd(-200_000),
    "closing": usd(722_200),
    "ages": [{"age": age, "amount": usd(minor)} for age, minor in AGES.items()],
    "included": [
        {"on": f"2026-09-{day}", "night": day < 23, "breakfast": day > 20, "lunch": True, "dinner": day in (20, 22)}
        for day in range(20, 24)
    ],
}


def reminder(level: int) -> ReminderSheet:
    """Return a reminder of an invoice, and of an instalment that no invoice asks for."""
    return {
        **SHARED,
        "kind": "reminder",
        "number": f"REM-2026-0010{level}",
        "issued_at": "2026-05-29T14:12:00+00:00",
        "level": level,
        "demands": [
            {
                "name": "",
                "number": "INV-2026-00417",
                "issued_on": "2026-04-15",
                "due_on": "2026-05-15",
                "days_late": 14,
                "amount": usd(922_200),
                "open": usd(722_200),
            },
            {
                "name": both("Deposit, second part", "预付款二"),
                "number": "",
                "issued_on": "",
                "due_on": "2026-05-29",
                "days_late": 0,
                "amount": usd(100_000),
                "open": usd(50_000),
            },
        ],
        "total": usd(772_200),
        "pay_by": "2026-06-12",
    }


REFUND_ADVICE: RefundAdviceSheet = {
    **SHARED,
    "kind": "refund_advice",
    "number": "RFA-2026-00007",
    "issued_at": "2026-05-08T15:30:00+00:00",
    "refund": {"means": "ach", "reference": "0417-88215", "left_on": "2026-05-08", "amount": usd(60_000)},
    "origin": {"received_on": "2026-04-02", "means": "ach", "reference": "0417-88215", "amount": usd(100_000)},
    "parts": [
        {"means": "ach", "reference": "0417-88215", "left_on": "2026-05-08", "amount": usd(60_000)},
        {"means": "check", "reference": "20418", "left_on": "", "amount": usd(27_500)},
    ],
    "reason": both("Ms. Whitfield cannot travel.", "惠特菲尔德女士无法成行。"),
    "lines": [
        {"description": FEE, "detail": "Andrea WHITFIELD", "amount": usd(-130_500)},
        {"description": TOUR, "detail": "Andrea WHITFIELD", "amount": usd(-218_000)},
        {"description": both("Cancellation fee", "取消费"), "detail": "Andrea WHITFIELD", "amount": usd(30_000)},
    ],
    "credit_note": "CRN-2026-00012",
    "charged": usd(112_500),
    "received": usd(-200_000),
    "paid_back": usd(60_000),
    "balance": usd(-27_500),
    "remit_to": [],
}
