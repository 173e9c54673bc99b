"""What every page owes its readers, in both languages."""

import html5lib
import pytest
from flask.testing import FlaskClient

from tests.cast import a_published_summit, a_study_tour

PAGES = [
    "/{}/",
    "/{}/events",
    "/{}/events?kind=summit",
    "/{}/events/yangzhou-2027",
    "/{}/events/energy-2027",
    "/{}/events/yangzhou-2027/register",
    "/{}/events/energy-2027/register",
    "/{}/texts/terms",
    "/{}/texts/privacy",
    "/{}/accessibility",
    "/{}/contact",
    "/{}/host",
    "/{}/host/sign-up",
    "/{}/host/sign-up/sent",
    "/my/sign-in?language={}",
    "/office/sign-in?language={}",
    "/{}/no-such-page",
]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_valid_html_with_one_title(client: FlaskClient, address: str, language: str) -> None:
    a_published_summit()
    a_study_tour(state="cancelled")
    answer = client.get(address.format(language))

    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(answer.get_data(as_text=True))

    assert len(page.findall(".//h1")) == 1
