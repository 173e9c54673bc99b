"""What papers say, in each language, and that their HTML stands alone."""

import io
import re
from copy import deepcopy
from itertools import product

import html5lib
import pytest
from jinja2 import DictLoader, UndefinedError
from pypdf import PdfReader

from tests.paper_samples import (
    ALL,
    ATTENDANCE,
    CHINESE_INVOICE,
    CREDIT_NOTE,
    INVOICE,
    ITINERARY,
    PRO_FORMA,
    RECEIPT,
    ROSTER,
    US_LINES,
    both,
    cny,
    usd,
)
from tourreg import rendering
from tourreg.adapters.pdf import make_pdf
from tourreg.rendering import render_document, render_mail, twin_headers


def words(template, sheet, language, page_size="letter", **options):
    """Return what a reader of the HTML twin reads, in one line."""
    html = render_document(template, sheet, language=language, page_size=page_size, **options)
    body = html5lib.parse(html, namespaceHTMLElements=False).find("body")
    assert body is not None
    return " ".join("".join(body.itertext()).replace("\u2009", "").split())


def pages(html):
    return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(make_pdf(html))).pages]


@pytest.mark.parametrize(("name", "language", "page_size"), list(product(ALL, ("en", "zh", "both"), ("letter", "a4"))))
def test_every_paper_is_valid_html_that_stands_alone(name, language, page_size):
    template, sheet = ALL[name]

    html = render_document(template, sheet, language=language, page_size=page_size)

    html5lib.HTMLParser(strict=True).parse(html)
    assert not re.search(r'\sstyle="|<script|<link|https?://(?!www\.w3\.org)|\son\w+="', html)
    titles = len(sheet["badges"]) if "badges" in sheet else 2 if name == "itinerary" else 1
    assert html.count("<h1") == titles
    assert "None" not in html
    if language == "en":
        assert 'lang="zh-Hans"' not in html.partition("</style>")[0]


@pytest.mark.parametrize(
    ("name", "language"), [("invoice", "en"), ("itinerary", "both"), ("roster", "zh"), ("receipt", "en")]
)
def test_papers_become_pdf_without_a_complaint_of_the_renderer(name, language, caplog):
    template, sheet = ALL[name]

    made = pages(render_document(template, sheet, language=language, page_size="a4", working_copy=True))

    assert made
    assert not [record for record in caplog.records if record.name.startswith("weasyprint")]


def test_an_invoice_carries_all_that_a_finance_office_asks_for_on_its_first_page():
    first, *further = pages(render_document("invoice", INVOICE, language="en", page_size="letter"))

    assert not further
    for fact in (
        "INVOICE", "INV-2026-00417", "15 Apr 2026", "Net 30", "15 May 2026", "2026-00731", "V-104882",
        "100-1320-523700", "International Cities Center, Inc.", "EIN 52-0000417", "Accounts Payable",
        "Andrea WHITFIELD", "YZ26-7K3M9-Q", "PNBKUS33XXX", "Sales tax: exempt", "Helen Park", "Page 1 of 1",
    ):  # fmt: skip
        assert fact in first


@pytest.mark.parametrize(
    ("template", "sheet", "page_size"),
    [
        ("invoice", INVOICE, "letter"),
        ("invoice", INVOICE, "a4"),
        ("invoice", CHINESE_INVOICE, "letter"),
        ("invoice", CHINESE_INVOICE, "a4"),
        ("pro_forma", PRO_FORMA, "letter"),
        ("receipt", RECEIPT, "letter"),
        ("credit_note", CREDIT_NOTE, "letter"),
    ],
)
def test_an_ordinary_bill_in_two_languages_stays_on_one_page(template, sheet, page_size):
    assert len(pages(render_document(template, sheet, language="both", page_size=page_size))) == 1


def test_an_invoice_that_is_paid_asks_for_nothing():
    paid = {**deepcopy(CHINESE_INVOICE), "balance": cny(0)}

    read = words("invoice", paid, "both")

    assert "Paid in full, balance due 已付清，应付余额CNY 0.00" in read
    assert "Due date" not in read
    assert "Remit to" not in read
    assert "Total in words 总额（大写）" in read
    assert "人民币贰万玖仟玖佰元整" in read


@pytest.mark.parametrize("count", [4, 20])
def test_that_it_is_no_fapiao_stands_on_the_first_page(count):
    rows = [deepcopy(CHINESE_INVOICE["lines"][place % 4]) for place in range(count)]
    sheet = {**deepcopy(CHINESE_INVOICE), "lines": rows}

    first = pages(render_document("invoice", sheet, language="both", page_size="a4"))[0]

    assert "不是发票" in first
    assert "not a tax invoice" in first


def test_tax_has_a_line_of_its_own_and_a_subtotal_before_it_where_there_is_any():
    taxed = {**deepcopy(INVOICE), "tax": usd(64_554), "total": usd(986_754)}

    assert "Subtotal9,222.00Tax645.54Total9,867.54" in words("invoice", taxed, "en").replace(" ", "")
    assert "Discounts−380.00Tax0.00Total9,222.00" in words("invoice", INVOICE, "en").replace(" ", "")


def test_totals_are_shown_as_the_sheet_has_them():
    sheet = deepcopy(INVOICE)
    sheet["balance"] = {"minor": 123_45, "currency": "USD"}

    read = words("invoice", sheet, "en")

    assert "USD 123.45" in read
    assert "−1,000.00" in read
    assert "−290.00" in read


def test_a_chinese_invoice_spells_out_its_amount_and_says_that_it_is_no_fapiao():
    read = words("invoice", CHINESE_INVOICE, "zh")

    assert "应付余额（大写）" in read
    assert "人民币贰万零玖佰叁拾元整" in read
    assert "不是发票" in read
    assert "第1版，2026年9月28日15:05（UTC+8）签发" in read


def test_a_bilingual_invoice_says_each_thing_in_both_languages():
    read = words("invoice", CHINESE_INVOICE, "both")

    assert "INVOICE 账单" in read
    assert "Bill to 付款单位" in read
    assert "Balance due by 28 October 2026 请于2026年10月28日前付清" in read
    assert "Hotel, single room with breakfast住宿（单间，含早餐）" in read


def test_an_english_invoice_has_no_amount_in_chinese_figures():
    assert "人民币" not in words("invoice", CHINESE_INVOICE, "en")


def test_a_receipt_says_paid_and_which_meals_were_included():
    read = words("receipt", RECEIPT, "en")

    assert "PAID on 2 April 2026" in read
    assert "ACH" in read
    assert "0417-88215" in read
    assert "Nights and meals included, for your per diem" in read
    assert "Remit to" not in read


def test_a_credit_note_names_its_invoice_and_the_reason():
    read = words("credit_note", CREDIT_NOTE, "en")

    assert "Credited against invoice INV-2026-00417" in read
    assert "Reason: The registration was cancelled on 3 May 2026" in read


def test_a_pro_forma_has_no_number_and_says_until_when_it_holds():
    read = words("pro_forma", PRO_FORMA, "en")

    assert "INV-" not in read
    assert "Total, held until 18 April 2026" in read
    assert "It is not an invoice" in read


def test_an_itinerary_gives_each_item_its_zone():
    read = words("itinerary", ITINERARY, "en")

    assert "13:40–14:30UTC+8" in read
    assert "09:00–11:30MDT UTC−6" in read
    assert "All times are local: China Standard Time (UTC+8), Central Daylight Time (UTC−5)" in read


def test_a_flight_over_the_date_line_shows_both_clocks_and_both_dates():
    read = words("itinerary", ITINERARY, "en")

    assert "Leaves23:20Wednesday 27 May 2026Eastern Daylight Time (UTC−4)" in read
    assert "Arrives03:05Friday 29 May 2026China Standard Time (UTC+8)" in read


def test_a_roster_shows_nationality_and_arrival_only_where_they_were_asked_for():
    assert "Nationality" in words("roster", ROSTER, "en")
    assert "AA 128" in words("roster", ROSTER, "en")

    reserved = {**ROSTER, "show_country": False, "show_arrival": False}

    assert "Nationality" not in words("roster", reserved, "en")
    assert "AA 128" not in words("roster", reserved, "en")


def test_a_sheet_to_sign_has_a_column_for_each_half_day():
    read = words("roster", ATTENDANCE, "en")

    assert "Thu 21 May 2026" in read
    assert read.count("Morning 09:00") == 2
    assert "Present, of 20" in read


def test_working_copies_and_samples_are_stamped_on_every_page():
    sheet = {**ITINERARY, "sample": True}

    made = pages(render_document("itinerary", sheet, language="both", page_size="a4", working_copy=True))

    assert len(made) > 1
    assert all("WORKING COPY, not numbered" in page and "Sample" in page for page in made)
    assert "WORKING COPY" not in words("itinerary", ITINERARY, "both")


@pytest.mark.parametrize("count", [*range(9, 15), 40])
def test_totals_of_a_long_invoice_stay_with_its_last_line_under_a_repeated_head(count):
    sheet = {**deepcopy(INVOICE), "lines": [deepcopy(US_LINES[place % 5]) for place in range(count)]}

    made = pages(render_document("invoice", sheet, language="en", page_size="letter"))

    totals = next(page for page in made if "Gross" in page)
    assert "Description" in totals
    assert re.search(rf"^{count}\s", totals, re.MULTILINE)
    assert all("Description" in page for page in made[: made.index(totals) + 1])


def test_what_people_typed_is_printed_and_never_obeyed():
    sheet = deepcopy(INVOICE)
    sheet["payer"]["name"] = "<script>alert(1)</script> {{ 7 * 7 }} {% raw %} %(x)s & “O’Neill”"
    sheet["payer"]["department"] = "X" * 200
    sheet["lines"][0]["description"] = both("Word " * 40, "很长的摘要文字" * 28)

    html = render_document("invoice", sheet, language="both", page_size="letter")

    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 * 7 }} {% raw %} %(x)s &amp;" in html
    assert pages(html)


def test_letters_and_their_accents_are_put_together():
    sheet = {**INVOICE, "payer": {**INVOICE["payer"], "name": "Cafe\u0301 Zu\u0308rich"}}

    assert "Café Zürich" in words("invoice", sheet, "en")


def test_a_sheet_that_lacks_something_is_refused_and_not_printed_with_a_gap():
    sheet = {key: value for key, value in INVOICE.items() if key != "due_on"}

    with pytest.raises(UndefinedError, match="due_on"):
        render_document("invoice", sheet, language="en", page_size="letter")


def test_the_twin_may_use_its_own_styles_only():
    headers = twin_headers(render_document("invoice", INVOICE, language="en", page_size="letter"))

    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_a_letter_has_a_subject_a_text_and_a_page_in_its_language(monkeypatch):
    letters = {
        "paid.html": "{% extends frame %}{% import parts as say with context %}"
        "{% block subject %}Received: {{ amount|money }}{% endblock %}"
        '{% block letter %}{{ say.p(name ~ ", it is yours until " ~ until|deadline(zone) ~ ".") }}{% endblock %}',
    }
    facts = {
        "amount": {"minor": 154_000, "currency": "USD"},
        "name": "O’Neill & <b>Sons</b>",
        "until": "2026-10-21",
        "zone": "Asia/Shanghai",
        "site_name": "Center for City Exchange",
        "sample": False,
    }
    rendering.mail_environment.cache_clear()
    folder = rendering.HERE / "templates" / "mails"
    kept = ("base.txt", "base.html", "parts.txt", "parts.html")
    letters |= {name: (folder / name).read_text() for name in kept}
    monkeypatch.setattr(rendering, "FileSystemLoader", lambda _: DictLoader(letters))

    subject, text, html = render_mail("paid", facts, language="en")
    rendering.mail_environment.cache_clear()

    assert subject == "Received: US$1,540.00"
    assert text.startswith("O’Neill & <b>Sons</b>, it is yours until Wednesday 21 October 2026, 23:59 China")
    assert "<p>O’Neill &amp; &lt;b&gt;Sons&lt;/b&gt;, it is yours" in html
    assert '<html lang="en">' in html
    html5lib.HTMLParser(strict=True).parse(html)
