"""An invoice to a Chinese office, in yuan."""

from copy import deepcopy

from tests.paper_samples.organisations import ACADEMY, both, cny
from tests.paper_samples.us_invoice import INVOICE, NIGHT, PERSON, line
from tourreg.domain.papers.sheets import InvoiceSheet, Line


def _in_yuan(rows: list[Line]) -> list[Line]:
    for row in rows:
        row["unit_price"]["currency"] = row["amount"]["currency"] = "CNY"
        if row["discount"]:
            row["discount"]["currency"] = "CNY"
    return rows


CHINESE_INVOICE: InvoiceSheet = {
    **deepcopy(INVOICE),
    "number": "INV-2026-00583",
    "issued_at": "2026-09-28T07:05:00+00:00",
    "zone": "Asia/Shanghai",
    "seller": ACADEMY,
    "question": {"name": both("LU Wen", "陆文"), "phone": "+86 514 5550 1180", "email": "finance@yacm.example"},
    "currency": "CNY",
    "payer": {
        "name": both("Wuxi Performance Management Office", "无锡市绩效管理办公室"),
        "department": both("", "综合处 财务（应付账款）"),
        "attention": "",
        "address": both("199 Guanshan Road, Wuxi, Jiangsu 214131", "江苏省无锡市观山路199号 214131"),
        "email": "caiwu@wxjx.example",
    },
    "order": {"po_number": "锡绩发〔2026〕17号", "po_on": "", "vendor_number": "", "cost_centre": "", "requester": ""},
    "programme": {
        "title": both("Performance Management Training Forum", "城市绩效管理培训论坛"),
        "first_on": "2026-11-02",
        "last_on": "2026-11-05",
        "place": both("Yangzhou", "扬州"),
        "registration": "PM26-0R688-4",
        "participants": [
            {"latin": "SHEN Jianguo", "native": "沈建国", "title": both("Director", "处长")},
            {"latin": "XU Li", "native": "许丽", "title": both("Deputy Director", "副处长")},
            {"latin": "TANG Liang", "native": "唐亮", "title": ""},
            {"latin": "YAO Zhe", "native": "姚哲", "title": ""},
            {"latin": "DENG Zihan", "native": "邓子涵", "title": ""},
        ],
    },
    "lines": _in_yuan(
        [
            line(
                both("Forum fee, group of five or more", "论坛费（5人及以上团体价）"),
                "",
                ("2026-11-02", "2026-11-05"),
                (5, 480_000, -240_000, 2_160_000),
                PERSON,
            ),
            line(
                both("Hotel, single room with breakfast", "住宿（单间，含早餐）"),
                "",
                ("2026-11-02", "2026-11-05"),
                (15, 42_000, 0, 630_000),
                NIGHT,
            ),
            line(
                both("Case book and training materials", "案例集与培训资料"),
                "",
                ("2026-11-02", "2026-11-05"),
                (5, 26_000, 0, 130_000),
                both("set", "套"),
            ),
            line(
                both("Airport transfer, both ways", "扬州泰州机场接送"),
                "",
                ("2026-11-02", "2026-11-05"),
                (2, 35_000, 0, 70_000),
                both("trip", "趟"),
            ),
        ]
    ),
    "gross": cny(3_230_000),
    "discounts": cny(-240_000),
    "subtotal": cny(2_990_000),
    "tax": cny(0),
    "tax_note": "",
    "total": cny(2_990_000),
    "payments": [{"received_on": "2026-09-14", "means": "wire", "reference": "202609140031", "amount": cny(-897_000)}],
    "balance": cny(2_093_000),
    "due_on": "2026-10-28",
    "instalments": [
        {"name": both("Deposit 30%", "预付款30%"), "due_on": "2026-09-15", "amount": cny(897_000), "state": "paid"},
        {"name": both("Balance", "余款"), "due_on": "2026-10-28", "amount": cny(2_093_000), "state": "due"},
    ],
    "remit_to": [
        {
            "means": both("Transfer in China", "境内汇款"),
            "facts": [
                {"label": "户名", "value": "扬州城市管理学院"},
                {"label": "开户行", "value": "江苏运河银行扬州文昌支行"},
                {"label": "账号", "value": "3210 0000 1234 5678 901"},
                {"label": "行号", "value": "3133 1200 0000"},
            ],
        },
        {
            "means": both("Wire from abroad", "境外电汇"),
            "facts": [
                {"label": "Account name", "value": "Yangzhou Academy of City Management"},
                {"label": "Bank", "value": "Bank of the Canal, Jiangsu, Wenchang Branch"},
                {"label": "SWIFT", "value": "BOTCCNBJXXX"},
            ],
        },
    ],
    "payment_reference": "INV-2026-00583",
    "not_a_fapiao": True,
    "notes": [],
}
