"""What every page owes its readers, in both languages; those that say what went wrong among them."""

from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from html5lib.html5parser import ParseError

from tests.forms import page_of
from tests.house.page_rules import TYPED, faults_in
from tests.house.pages import NOT_PAGES, PAGES, Page, Visit
from tests.staff import sign_in

EVERY = [page for pages in PAGES.values() for page in pages]
EVERY_PAGE = pytest.mark.parametrize("page", EVERY, ids=lambda page: f"{page.visitor}: {page.address}")
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])
GOOD = '<!DOCTYPE html><html lang="en"><head><title>T</title></head><body><main><h1>H</h1>{}</main></body></html>'
TOKEN = '<input type="hidden" name="csrf_token" value="x">'


def test_every_address_is_a_page_to_visit_or_known_to_be_none(app: Flask, visit: Visit) -> None:
    there = [visit.address(page).partition("?")[0] for page in EVERY if page.status != 404]
    visited = {app.url_map.bind("localhost").match(address)[0] for address in there}
    shown = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}

    assert shown - visited - NOT_PAGES == set()
    assert NOT_PAGES - shown == set()


@LANGUAGES
@EVERY_PAGE
def test_every_page_is_whole(visit: Visit, page: Page, language: str) -> None:
    answer = visit(page, language)

    assert answer.status_code == page.status
    assert faults_in(page_of(answer), language) == []


@EVERY_PAGE
def test_every_form_sent_empty_comes_back_whole(visit: Visit, page: Page) -> None:
    for form in page_of(visit(page, "zh")).iter("form"):
        if is_filled_in(form):
            answer = visit.send(form.get("action") or visit.address(page, "zh"), emptied(form))

            assert answer.status_code in (302, 303, 403, 422), form.get("action")
            assert answer.status_code < 400 or faults_in(page_of(answer), "zh") == []


@LANGUAGES
def test_every_list_is_whole_while_it_is_empty(client: FlaskClient, clock_shows: None, language: str) -> None:
    lists = [
        page
        for page in EVERY
        if page.visitor in ("anybody", "office") and "{" not in page.address.replace("{language}", "")
    ]
    sign_in(client, "administrator")

    for page in lists:
        answer = client.get(page.at({}, language))
        assert answer.status_code >= 300 or faults_in(page_of(answer), language) == [], page.address
    assert len(lists) > 30


@LANGUAGES
@pytest.mark.parametrize("code", [400, 403, 404, 405, 410, 413, 418, 429, 500, 503])
@pytest.mark.parametrize("address", ["/{}/host", "/my/sign-in?language={}", "/office/sign-in?language={}"])
def test_every_fault_is_told_on_a_whole_page(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, address: str, code: int, language: str
) -> None:
    endpoint = app.url_map.bind("localhost").match(address.format(language).partition("?")[0])[0]
    monkeypatch.setitem(app.view_functions, endpoint, lambda **_values: fail(code))
    monkeypatch.setattr(app, "testing", False)

    answer = client.get(address.format(language))

    assert answer.status_code == code
    assert faults_in(page_of(answer), language) == []


@LANGUAGES
@pytest.mark.parametrize("address", ["/{}/host/sign-up", "/my/sign-in?language={}", "/office/sign-in?language={}"])
def test_a_form_that_was_open_too_long_is_answered_by_a_whole_page(
    client: FlaskClient, address: str, language: str
) -> None:
    answer = client.post(address.format(language), data={"csrf_token": "of last week"})

    assert answer.status_code == 400
    assert faults_in(page_of(answer), language) == []


@pytest.mark.parametrize(
    "bad",
    [
        "<h1>Second</h1>",
        "<h2 id=a></h2><p id=a></p>",
        "<input name=x>",
        "<label for=x></label><input id=x name=x>",
        '<textarea aria-label="x" aria-describedby="gone"></textarea>',
        "<select name=x><option>1</option></select>",
        "<form method=post></form>",
        f"<form>{TOKEN}</form>",
        "<fieldset><p>Who</p></fieldset>",
        '<a href="#gone">Down</a>',
        '<a href="/"></a>',
        "<button></button>",
        '<img src="/x">',
        "<nav></nav><nav></nav>",
        '<nav aria-label="Steps"></nav><nav aria-label=" Steps "></nav>',
        '<section aria-label="Money"></section><div role="region" aria-label="Money"></div>',
        '<h2 id="a">Pay</h2><form aria-labelledby="a"></form><form aria-label="Pay"></form>',
        "<aside></aside><aside></aside>",
        '<div role="region"></div>',
        '<p style="color: red"></p>',
        '<p onclick="x()"></p>',
        "<script>x()</script>",
        "<style>p {}</style>",
    ],
)
def test_the_tests_notice_a_page_that_is_not_whole(bad: str) -> None:
    assert len(faults_in(read(GOOD.format(bad)), "en")) == 1


def test_the_tests_notice_another_language_no_title_and_html_that_is_none() -> None:
    assert len(faults_in(read(GOOD), "zh")) == 1
    assert len(faults_in(read(GOOD.replace("T<", "<")), "en")) == 1
    with pytest.raises(ParseError):
        read(GOOD.format("<p><div></p>"))


def test_a_page_that_is_whole_has_no_faults() -> None:
    fields = "<label>Name <input name=a></label><label for=b>City</label><input id=b name=b aria-describedby=c>"

    landmarks = (
        "<nav></nav><nav aria-label=Steps></nav><section></section><section></section><form></form><form></form>"
    )

    assert faults_in(read(GOOD.format(f"<form method=post>{TOKEN}{fields}</form><p id=c>Hint</p>")), "en") == []
    assert faults_in(read(GOOD.format(landmarks)), "en") == []


def fail(code: int) -> None:
    if code == 500:
        raise RuntimeError("something that nobody thought of")
    abort(code)


def read(text: str) -> Element:
    page: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    return page


def is_filled_in(form: Element) -> bool:
    """Tell whether a form that is sent has a field in which something is typed, ticked or chosen."""
    return form.get("method", "").lower() == "post" and any(typed(field) for field in form.iter())


def typed(field: Element) -> bool:
    return field.tag in TYPED and field.get("type") not in ("hidden", "submit")


def emptied(form: Element) -> dict[str, str]:
    """Return what a browser sends when everything was deleted; nothing is said for ticks."""
    fields = [field for field in form.iter() if field.tag in TYPED and field.get("type") not in ("checkbox", "radio")]
    return {field.get("name", ""): "" if typed(field) else field.get("value", "") for field in fields}
