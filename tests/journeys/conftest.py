"""A whole site on this machine for the journeys: web, worker and the stand-in for Stripe, and a browser to visit it."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import update

from tests.journeys.browsers import open_browser
from tests.journeys.traveller import Traveller
from tests.ports import free_port
from tourreg import create_app
from tourreg.db import db, writing
from tourreg.demo import show
from tourreg.demo.servers import Place, stand_in_for_stripe, web_and_worker
from tourreg.domain.outbox.models import Task
from tourreg.kernel import clock
from tourreg.settings import read_settings


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.local_servers)


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The sample season, served; one site for all journeys of a worker."""
    site = Place(tmp_path_factory.mktemp("site"), free_port(), free_port())
    with stand_in_for_stripe(site):
        show.make(site)
        put_off_the_season(site)
        let_refunds_arrive_soon(site)
        with web_and_worker(site):
            yield site


def put_off_the_season(site: Place) -> None:
    """Let the letters and papers of the sample season wait, so that no journey waits for hundreds of them."""
    tomorrow = clock.utc_now() + timedelta(days=1)
    with create_app(read_settings(site.environment())).app_context(), writing():
        db.session.execute(update(Task).where(Task.run_at < tomorrow).values(run_at=tomorrow))


def let_refunds_arrive_soon(site: Place) -> None:
    """Let refunds to wallets take a second, not a minute."""
    body, kind = json.dumps({"asynchronous_seconds": 1}).encode(), {"Content-Type": "application/json"}
    urlopen(Request(f"{site.stand_in}/_control/settings", body, kind), timeout=20).close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture
def traveller(browser: Browser, place: Place) -> Iterator[Callable[..., Traveller]]:
    """Make a visitor with a browser of their own: `traveller("zh", width=320, scripts=False)`."""
    contexts = []

    def arrive(language: str, *, width: int = 1280, scripts: bool = True) -> Traveller:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale="zh-CN" if language == "zh" else "en-US",
        )
        contexts.append(context)
        if not scripts:
            context.route("**/*.js*", lambda route: route.abort())
        page: Page = context.new_page()
        return Traveller(page, place, language)

    yield arrive
    for context in contexts:
        context.close()
