"""Forms as a browser sends them: every field that the page holds, changed as a test wants it."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

# By name; a list where several controls share one, such as ticks.
Fields = dict[str, Any]


def page_of(answer: TestResponse) -> Element:
    """Return the page, which must be valid HTML."""
    text = answer.get_data(as_text=True)
    page: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    return page


def fields_of(answer: TestResponse, form_id: str) -> Fields:
    """Return what a browser would send for the form if nothing more were typed."""
    fields: Fields = {}
    for control in _form(answer, form_id).iter():
        for name, value in _sent(control):
            fields[name] = [*fields[name], value] if name in fields else [value]
    return {name: values[0] if len(values) == 1 else values for name, values in fields.items()}


def send(client: FlaskClient, address: str, form_id: str, **typed: Any) -> TestResponse:
    """Open the page, type into one of its forms, and send it."""
    page = client.get(address)
    return client.post(_form(page, form_id).attrib["action"], data={**fields_of(page, form_id), **typed})


def faults_of(answer: TestResponse) -> dict[str, str]:
    """Return the sentences of the summary by the id of the field that each leads to; "" where it leads to none."""
    entries = page_of(answer).findall(".//div[@class='errors']//li")
    links = [(entry.find("a"), "".join(entry.itertext())) for entry in entries]
    return {("" if link is None else link.attrib["href"][1:]): sentence for link, sentence in links}


def words_of(element: Element | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def _form(answer: TestResponse, form_id: str) -> Element:
    form = page_of(answer).find(f".//form[@id='{form_id}']")
    assert form is not None
    return form


def _sent(control: Element) -> Iterator[tuple[str, str]]:
    name, kind = control.get("name"), control.get("type", "text")
    if not name or control.tag == "button":
        return
    if control.tag == "select":
        options = control.findall(".//option")
        chosen = [option for option in options if "selected" in option.attrib] or options[:1]
        yield from ((name, option.get("value", "")) for option in chosen)
    elif control.tag == "textarea":
        # A browser drops the line break after the tag; html5lib forgets to inside tables.
        yield name, (control.text or "").removeprefix("\n")
    elif kind not in ("checkbox", "radio") or "checked" in control.attrib:
        yield name, control.get("value", "")
