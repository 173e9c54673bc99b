"""A web address that somebody pastes has no place to break a line; no page grows wider than a telephone for it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

STYLES = Path(__file__).parents[2] / "tourreg/static/css/tourreg.css"
LONG = "https://city.example/map?at=" + "Q7xTn0aZ4" * 40
# The pieces of host cities' pages in which people's words stand, as their templates write them.
PIECES = {
    "list": '<ul class="papers"><li><span>{0}<small>{0}</small></span><span class="go">Open</span></li></ul>',
    "way": '<p class="trail"><a href="#a">Offers</a><a href="#b">{0}</a></p>',
    "head": '<div class="standing-head"><hgroup><h1>{0}</h1><p>{0}</p></hgroup><span class="tag">Open</span></div>',
    "lines": '<dl class="lines-list"><div><dt>Provided</dt><dd>{0}</dd></div></dl>',
    "next": '<section class="next"><h2>Next</h2><p>We write to {0}.</p></section>',
    "said": '<p class="said">{0}</p>',
}


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("piece", PIECES)
def test_a_long_address_keeps_inside_its_page(browser: Browser, piece: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    body = f'<main class="page">{PIECES[piece].format(LONG)}</main>'
    page.set_content(f'<!doctype html><html lang="en"><style>{STYLES.read_text("utf-8")}</style><body>{body}')

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
