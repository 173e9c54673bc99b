"""An invoice to a U.S. city."""

from tests.paper_samples.organisations import CENTRE, both, usd
from tourreg.domain.papers.sheets import Bilingual, InvoiceSheet, Line


def line(
    description: Bilingual, detail: str, span: tuple[str, str], sums: tuple[int, int, int, int], unit: Bilingual
) -> Line:
    quantity, price, off, amount = sums
    return {
        "po_line": "",
        "description": description,
        "detail": detail,
        "first_on": span[0],
        "last_on": span[1],
        "quantity": quantity,
        "unit": unit,
        "unit_price": usd(price),
        "discount": usd(off) if off else None,
        "amount": usd(amount),
    }


PERSON, NIGHT = both("person", "人"), both("night", "间夜")
US_LINES = [
    line(
        both("Summit fee, government rate", "峰会费（政府价）"),
        "Whitfield, Oyelaran; alliance member 10%",
        ("2026-09-20", "2026-09-23"),
        (2, 145_000, -29_000, 261_000),
        PERSON,
    ),
    line(
        both("Pre-tour Beijing–Xi’an, twin", "会前考察：北京—西安（双人间）"),
        "Whitfield, Oyelaran; rail, hotels, guide",
        ("2026-09-14", "2026-09-19"),
        (2, 218_000, 0, 436_000),
        PERSON,
    ),
    line(
        both("Post-tour Hangzhou–Shanghai, twin", "会后考察：杭州—上海（双人间）"),
        "Oyelaran; rail, hotels, guide",
        ("2026-09-24", "2026-09-27"),
        (1, 164_000, 0, 164_000),
        PERSON,
    ),
    line(
        both("Single-room supplement", "单间差价"),
        "Whitfield",
        ("2026-09-14", "2026-09-23"),
        (9, 6_800, 0, 61_200),
        NIGHT,
    ),
    line(
        both("Invitation letter and visa file", "邀请函及签证材料"),
        "waived for alliance members",
        ("2026-07-31", "2026-07-31"),
        (2, 4_500, -9_000, 0),
        both("letter", "份"),
    ),
]
for number, row in enumerate(US_LINES):
    row["po_line"] = "11223"[number]

INVOICE: InvoiceSheet = {
    "kind": "invoice",
    "number": "INV-2026-00417",
    "version": 1,
    "issued_at": "2026-04-15T14:12:00+00:00",
    "zone": "America/New_York",
    "replaces": "",
    "seller": CENTRE,
    "question": {"name": "Helen Park, Finance", "phone": "+1 202 555 0137", "email": "billing@icc.example"},
    "sample": False,
    "currency": "USD",
    "payer": {
        "name": "City of Decatur, Georgia",
        "department": "Finance Department",
        "attention": "Attn: Accounts Payable",
        "address": "509 North McDonough Street\nDecatur, GA 30030, USA",
        "email": "accountspayable@decatur.example",
    },
    "order": {
        "po_number": "2026-00731",
        "po_on": "2026-03-12",
        "vendor_number": "V-104882",
        "cost_centre": "100-1320-523700",
        "requester": "Andrea Whitfield, City Manager’s Office",
    },
    "programme": {
        "title": both("Yangzhou Summit on Eco-friendly Urbanization", "扬州生态城镇化峰会"),
        "first_on": "2026-09-20",
        "last_on": "2026-09-23",
        "place": both("Yangzhou, Jiangsu, China", "中国江苏省扬州市"),
        "registration": "YZ26-7K3M9-Q",
        "participants": [
            {"latin": "Andrea WHITFIELD", "native": "", "title": "Assistant City Manager"},
            {"latin": "Marcus OYELARAN", "native": "", "title": "Director of Sustainability"},
        ],
    },
    "lines": US_LINES,
    "gross": usd(960_200),
    "discounts": usd(-38_000),
    "subtotal": usd(922_200),
    "tax": usd(0),
    "tax_note": both(
        "Sales tax: exempt. Georgia sales tax exemption certificate no. 58-0000537 on file.",
        "销售税：免征。佐治亚州免税证书编号58-0000537已备案。",
    ),
    "total": usd(922_200),
    "payments": [
        {"received_on": "2026-02-25", "means": "check", "reference": "20418", "amount": usd(-100_000)},
        {"received_on": "2026-04-02", "means": "ach", "reference": "0417-88215", "amount": usd(-100_000)},
    ],
    "balance": usd(722_200),
    "terms": both("Net 30", "30天内付清"),
    "due_on": "2026-05-15",
    "instalments": [
        {
            "name": both("Deposit, first part", "预付款一"),
            "due_on": "2026-02-27",
            "amount": usd(100_000),
            "state": "paid",
        },
        {
            "name": both("Deposit, second part", "预付款二"),
            "due_on": "2026-03-31",
            "amount": usd(100_000),
            "state": "paid",
        },
        {"name": both("Balance", "余款"), "due_on": "2026-05-15", "amount": usd(722_200), "state": "due"},
    ],
    "remit_to": [
        {
            "means": both("Check", "支票"),
            "facts": [
                {"label": both("Pay to", "抬头"), "value": "International Cities Center, Inc."},
                {"label": both("Mail to", "寄至"), "value": "P.O. Box 4471\nWashington, DC 20090-4471"},
            ],
        },
        {
            "means": both("ACH (preferred)", "ACH（优先）"),
            "facts": [
                {"label": both("Bank", "银行"), "value": "Potomac National Bank"},
                {"label": both("Routing", "路由号"), "value": "0540 0000 0"},
                {"label": both("Account", "账号"), "value": "0001 2345 67"},
                {"label": both("Type", "类型"), "value": "checking, CCD+"},
            ],
        },
        {
            "means": both("Wire", "电汇"),
            "facts": [
                {"label": both("Bank", "银行"), "value": "Potomac National Bank"},
                {"label": both("Fedwire", "Fedwire"), "value": "0540 0000 0"},
                {"label": both("SWIFT", "SWIFT"), "value": "PNBKUS33XXX"},
                {"label": both("Account", "账号"), "value": "0001 2345 67"},
            ],
        },
    ],
    "payment_reference": "INV-2026-00417 / PO 2026-00731",
    "not_a_fapiao": False,
    "notes": [
        both(
            "A signed Form W-9 (Rev. March 2024) follows in the same e-mail.",
            "签署的W-9表（2024年3月版）随同一邮件发送。",
        )
    ],
}
