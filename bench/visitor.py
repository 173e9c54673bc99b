"""People at their browsers: each with an address and cookies of their own, over HTTP, a connection for each request."""

import re
from html import unescape
from http.client import HTTPConnection, HTTPMessage
from urllib.parse import urlencode

from bench.season import SUMMIT
from bench.site import Site

FORM = f"/en/events/{SUMMIT}/register"
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
_TICKED = re.compile(r'<input type="checkbox" name="(terms|privacy|cross_border)"[^>]* value="([^"]*)"')
_FEE = re.compile(r'<select[^>]* name="p1-fee".*?<option[^>]* value="([\w-]{22})">Other city', re.DOTALL)


class Visitor:
    """One person; their registration takes three requests: form, sending, and the page that it leads to."""

    def __init__(self, site: Site, number: int) -> None:
        self.port = site.place.port
        self.number = number
        self.headers = {"X-Forwarded-For": f"10.{number // 65536}.{number // 256 % 256}.{number % 256}"}
        self.fields: dict[str, str] = {}
        self.leads_to = ""

    def register(self) -> int:
        """Return the status of the sending, once the page behind it is read."""
        self.open_form()
        status = self.send()
        if status == 303:
            self.get(self.leads_to)
        return status

    def open_form(self) -> None:
        self.fields = filled_in(self.get(FORM), self.number)

    def send(self) -> int:
        return self._ask("POST", FORM, urlencode(self.fields))[0]

    def get(self, path: str) -> str:
        """Return the body, decoded; a page that does not come ends the measuring."""
        status, _headers, body = self._ask("GET", path)
        if status not in (200, 304):
            raise SystemExit(f"bench: {path} answered {status}")
        return body.decode(errors="replace")

    def etag(self, path: str) -> str:
        """Return the mark by which the page is asked for again."""
        return self._ask("GET", path)[1]["ETag"] or ""

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, HTTPMessage, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        connection.request(method, path, body, {**self.headers, **kind})
        answer = connection.getresponse()
        if "Set-Cookie" in answer.headers:
            self.headers["Cookie"] = answer.headers["Set-Cookie"].partition(";")[0]
        self.leads_to = answer.headers["Location"] or self.leads_to
        return answer.status, answer.headers, answer.read()


def filled_in(page: str, number: int) -> dict[str, str]:
    """Return the form of the page as one person fills it in, to be paid by their city's invoice."""
    fee = _FEE.search(page)
    if fee is None:
        raise SystemExit("bench: the registration page offers no fee")
    kept = {name: unescape(value) for name, value in [*_HIDDEN.findall(page), *_TICKED.findall(page)]}
    return {
        **kept,
        "contact_name": "Marisol Vega",
        "contact_email": f"person{number}@example.org",
        "organisation": "City of Charlotte",
        "p1-surname": "Vega",
        "p1-given": "Marisol",
        "p1-country": "US",
        "p1-fee": fee[1],
        "pays_by": "invoice",
        "bill_name": "City of Charlotte",
        "bill_address": "600 East Fourth Street\r\nCharlotte, NC 28202",
        "bill_country": "US",
        "do": "register",
    }
