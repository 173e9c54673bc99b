"""Every paper of the sample season's summit, tours and forums lies well on its pages.

Each is made in one form with the other tests; the stage `papers` of bin/test makes it in all others.
"""

import fcntl
import json
import subprocess
import sys
from itertools import product

import pytest

from tests.demo_season import SHEETS, SLUGS
from tests.paper_boxes import lay_out, lines_of, require_good_layout
from tests.paper_files import MadePaper, require_good_file
from tourreg.adapters.files import FolderFiles
from tourreg.domain.papers.kinds import SIGNED
from tourreg.domain.reports.event_papers import EVENT_PAPERS
from tourreg.rendering import render_document

FOLDER = "papers-of-the-season"
PAPERS = list(product(SLUGS, EVENT_PAPERS))
FORMS = list(product(("both", "en", "zh"), ("letter", "a4")))
# By turns, so that over the events a kind comes in five of the six.
SOME = [
    (slug, kind, *FORMS[(turn + place) % len(FORMS)])
    for place, kind in enumerate(EVENT_PAPERS)
    for turn, slug in enumerate(SLUGS)
]
ALL = [(*paper, *form) for paper, form in product(PAPERS, FORMS)]


@pytest.fixture(scope="session")
def sheets(tmp_path_factory, worker_id):
    """The fullest sheet of each kind of each event; the season is made once, whoever of the workers comes first."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / FOLDER
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / SHEETS).exists():
            subprocess.run([sys.executable, "-m", "tests.demo_season", str(folder)], check=True)
    return json.loads((folder / SHEETS).read_text("utf-8"))


@pytest.fixture(scope="session")
def pictures(tmp_path_factory, worker_id, sheets):
    """What the season's office has filed as signatures and seals, by its hash."""
    own = tmp_path_factory.getbasetemp()
    return FolderFiles((own if worker_id == "master" else own.parent) / FOLDER / "season" / "files").get


@pytest.mark.parametrize("slug", SLUGS)
def test_every_kind_of_paper_comes_out_of_each_event(sheets, slug):
    lacking = set(EVENT_PAPERS) - set(sheets[slug])

    assert not [kind for kind in lacking if EVENT_PAPERS[kind].subjects is None]
    assert not lacking - {kind for other in sheets for kind in sheets[other]}


def test_a_city_is_thanked_for_what_it_reported_with_the_certificate_that_stands(sheets):
    mayor, gifts = sheets["water-and-waste"]["thanks_mayor"], sheets["water-and-waste"]["in_kind_report"]

    assert mayor["given"] == {"minutes": gifts["minutes"], "worth": [gifts["sum"]]}
    assert mayor["certificate"].endswith("-00002")


@pytest.mark.parametrize(("slug", "kind", "language", "page_size"), SOME)
def test_a_paper_of_the_season_lies_well_on_its_pages(sheets, pictures, slug, kind, language, page_size):
    require_good(sheets[slug].get(kind), pictures, language=language, page_size=page_size)


@pytest.mark.papers
@pytest.mark.parametrize(("slug", "kind", "language", "page_size"), [form for form in ALL if form not in SOME])
def test_so_does_it_in_every_language_on_both_sizes(sheets, pictures, slug, kind, language, page_size):
    require_good(sheets[slug].get(kind), pictures, language=language, page_size=page_size)


def require_good(sheet, pictures, **form):
    """Refuse the paper if it does not lie well; not every event has each hotel, bus or second version."""
    if sheet is None:
        return
    stamped = sheet["kind"] not in SIGNED  # signatures and seals stand on what is issued alone
    html = render_document(sheet["kind"], sheet, pictures=pictures, working_copy=stamped, **form)
    laid = lay_out(html)
    require_good_layout(laid)
    require_good_file(MadePaper(laid.content), **form)
    require_stamp(laid, form["language"])


def require_stamp(laid, language):
    """Refuse a page that does not say that it is of a demonstration."""
    word = "样本" if language == "zh" else "Sample"
    for number, page in enumerate(laid.pages, start=1):
        assert any(word in line.words for line in lines_of(page)), f"page {number} is not stamped"
