"""Host cities: what they see of their own, and what the office sees of cities, offers, routes and requests."""

from collections.abc import Iterator

from sqlalchemy import select

from tests.pictures import deeds
from tests.pictures.scenes import ENDED, SUMMIT, Scene, asking
from tests.pictures.season import Season
from tourreg.db import db
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.request_models import HostingRequest

OVER, PLANNED, TO_CHINA = "water-and-waste", "districts-around-transit", "old-quarters-new-uses"
# Two months that no tour of the season lies in.
NOBODYS_MONTH = "2090-01"
OF_A_REQUEST = ("days", "files", "people", "questions")
Asked = tuple[str, str, str]


def hosting(season: Season) -> Iterator[Scene]:
    requests = requests_of(season)
    yield from public()
    yield from own_page(season)
    yield from own_offers(f"/city/{season.hosts()['accepted']}")
    yield from own_requests(requests)
    yield from cities(season)
    yield from hosts(season)
    yield from letter_to_cities()
    yield from offers(season)
    yield from legs_and_routes(season)
    yield from asked_by_the_office(season, requests)


def requests_of(season: Season) -> dict[str, Asked]:
    """Return one request in each state, by it: the public ids of the request, its event, and the page of its city.

    The one of a programme that is over stands under "over".
    """
    with season.app.app_context():
        pages = select(HostProfile).where(HostProfile.state == "accepted").order_by(HostProfile.id.desc())
        page = {profile.city_id: profile.public_id for profile in db.session.scalars(pages)}
        rows = db.session.scalars(select(HostingRequest).order_by(HostingRequest.id.desc())).all()
        return {
            "over" if row.event.slug == OVER else row.state: (row.public_id, row.event.public_id, page[row.city_id])
            for row in rows
            if row.city_id in page
        }


def public() -> Iterator[Scene]:
    for name, address in {
        "host-cities": "host-cities",
        "host-cities-none": "host-cities?country=CN&topic=public-safety",
        "host-cities-of-china": "host-cities?country=CN",
        "host-city": "host-cities/davenport",
        "host-city-of-china": "host-cities/quanzhou",
    }.items():
        yield Scene(name, f"/{{language}}/{address}")


def own_page(season: Season) -> Iterator[Scene]:
    """What a city's contacts see of their city."""
    found = season.hosts()
    theirs = f"/city/{found['accepted']}"
    yield Scene("city-link-confirm", season.link("host_confirmation", found["signed_up"]) + "?language={language}")
    ended = season.link("host_profile", found["accepted"], lasts=ENDED)
    yield Scene("city-link-ended", ended + "?language={language}", status=410)
    for state, public_id in sorted(found.items()):
        yield Scene(f"city-{state.replace('_', '-')}", asking(f"/city/{public_id}"), "city")
    for part in ("contacts", "offer", "recognition", "requests"):
        yield Scene(f"city-{part}", asking(f"{theirs}/{part}"), "city")
    yield Scene("city-particulars", asking(f"{theirs}/profile"), "city")
    yield Scene("city-offer-faults", asking(f"{theirs}/offer"), "city", deed=deeds.empty("main form textarea"))


def own_offers(theirs: str) -> Iterator[Scene]:
    """What a city offers, as its contact sees it."""
    yield Scene("city-offers", asking(f"{theirs}/offers"), "city")
    one = deeds.press("main a[href*='/offers/']:not([href*='/new/']):not([href*='?'])")
    yield Scene("city-offers-one", asking(f"{theirs}/offers"), "city", deed=one)
    for part in ("edit", "approvals"):
        deed = deeds.after(one, deeds.press(f"main a[href*='/{part}']"))
        yield Scene(f"city-offers-{part}", asking(f"{theirs}/offers"), "city", deed=deed)
    for kind in ("visit", "homestay", "lecture", "internship", "job_shadow"):
        yield Scene(f"city-offers-new-{kind.replace('_', '-')}", asking(f"{theirs}/offers/new/{kind}"), "city")
    refused = deeds.press("#offer button.second")
    yield Scene("city-offers-new-faults", asking(f"{theirs}/offers/new/visit"), "city", deed=refused)
    yield Scene("city-sites", asking(f"{theirs}/sites"), "city")
    yield Scene("city-sites-new", asking(f"{theirs}/sites/new"), "city")
    a_site = deeds.press("main a[href*='/sites/']:not([href*='/new'])")
    yield Scene("city-sites-one", asking(f"{theirs}/sites"), "city", deed=a_site)


def own_requests(requests: dict[str, Asked]) -> Iterator[Scene]:
    """What a city sees of a request in each state, and of a visit that it confirmed."""
    for state, (asked, _event, page) in requests.items():
        yield Scene(f"city-request-{state}", asking(f"/city/{page}/requests/{asked}"), "city")
    asked, _event, page = requests["confirmed"]
    visit = f"/city/{page}/requests/{asked}"
    for part in OF_A_REQUEST:
        yield Scene(f"city-request-{part}", asking(f"{visit}/{part}"), "city")
    item = deeds.press("main a[href*='/days/']")
    yield Scene("city-request-item", asking(f"{visit}/days"), "city", deed=item)
    asked, _event, page = requests["over"]
    yield Scene("city-after", asking(f"/city/{page}/requests/{asked}/after"), "city")
    yield Scene("city-recognised", asking(f"/city/{page}/recognition"), "city")


def cities(season: Season) -> Iterator[Scene]:
    one, twice = (f"/office/cities/{city}" for city in (season.a_city(), season.city_that_hosted_twice()))
    for name, address in {
        "cities": "/office/cities",
        "cities-next": "/office/cities?order=next",
        "cities-map": "/office/cities/map",
        "cities-none": "/office/cities?q=nowhere",
        "cities-not-since": "/office/cities?last=never&country=US",
        "city": one,
        "city-new": "/office/cities/new",
        "city-new-found": "/office/cities/new?q=springfield",
        "city-history": f"{one}/history",
        "city-history-twice": f"{twice}/history",
        "city-sites": f"{twice}/sites",
        "city-sites-new": f"{twice}/sites/new",
        "city-offers-new": f"{twice}/offers/new/visit",
        "certificates": "/office/certificates",
        "certificates-of-event": f"/office/events/{season.events()[OVER]}/certificates",
        "weights": "/office/weights",
    }.items():
        yield Scene(f"office-{name}", asking(address), "office")
    site = deeds.press("main a[href*='/sites/']:not([href*='/new'])")
    yield Scene("office-city-site", asking(f"{twice}/sites"), "office", deed=site)
    certificate = deeds.press("main a[href*='/office/certificates/']")
    yield Scene("office-certificate", asking("/office/certificates"), "office", deed=certificate)


def hosts(season: Season) -> Iterator[Scene]:
    yield Scene("office-hosts", asking("/office/hosts"), "office")
    yield Scene("office-hosts-none", asking("/office/hosts?q=nothing"), "office")
    for state, public_id in sorted(season.hosts().items()):
        name, one = state.replace("_", "-"), f"/office/hosts/{public_id}"
        yield Scene(f"office-host-{name}", asking(one), "office")
        yield Scene(f"office-host-contacts-{name}", asking(f"{one}/contacts"), "office")
        yield Scene(f"office-host-particulars-{name}", asking(f"{one}/profile"), "office")


def letter_to_cities() -> Iterator[Scene]:
    """Show the letter to many cities on its way: ticked, written, refused, and as its readers get it."""
    found = asking("/office/cities/letter?those=found&q=s")
    yield Scene("office-city-letters", asking("/office/cities/letters"), "office")
    sent = deeds.press("main a[href*='/cities/letters/']")
    yield Scene("office-city-letter-sent", asking("/office/cities/letters"), "office", deed=sent)
    yield Scene("office-cities-ticked", asking("/office/cities"), "office", deed=deeds.tick_some_cities)
    yield Scene("office-city-letter", found, "office")
    yield Scene("office-city-letter-faults", found, "office", deed=deeds.press("main button.button"))
    yield Scene("office-city-letter-preview", found, "office", deed=deeds.look_at_letter)
    known = asking("/office/cities/letter?those=found&q=宿州")
    yield Scene("office-city-letter-known", known, "office", deed=deeds.look_at_letter)
    nobody = asking("/office/cities/letter?those=found&readiness=nobody&country=US")
    yield Scene("office-city-letter-to-nobody", nobody, "office", status=422, deed=deeds.look_at_letter)


def offers(season: Season) -> Iterator[Scene]:
    yield Scene("office-offers", asking("/office/offers"), "office")
    yield Scene("office-offers-none", asking("/office/offers?q=nothing"), "office")
    yield Scene("office-offers-new", asking("/office/offers/new"), "office")
    one = deeds.press("main td a[href*='/office/offers/']")
    yield Scene("office-offer", asking("/office/offers"), "office", deed=one)
    for part in ("edit", "approvals"):
        deed = deeds.after(one, deeds.press(f"main a[href*='/{part}']"))
        yield Scene(f"office-offer-{part}", asking("/office/offers"), "office", deed=deed)
    yield Scene("office-offers-calendar", asking("/office/offers/calendar"), "office")
    yield Scene("office-offers-calendar-none", asking(f"/office/offers/calendar?from={NOBODYS_MONTH}"), "office")
    busy = f"/office/offers/calendar?from={season.month_of(TO_CHINA)}"
    yield Scene("office-offers-calendar-needs", asking(busy), "office")


def legs_and_routes(season: Season) -> Iterator[Scene]:
    """A tour whose routes were found, one that has none, and one without a leg."""
    events = season.events()
    for name, slug in {"": PLANNED, "-impossible": TO_CHINA, "-none": SUMMIT}.items():
        tour = f"/office/events/{events[slug]}"
        yield Scene(f"office-event-legs{name}", asking(f"{tour}/legs"), "office")
        yield Scene(f"office-event-routes{name}", asking(f"{tour}/routes"), "office")
    tour = f"/office/events/{events[PLANNED]}/legs"
    yield Scene("office-event-leg-new", asking(f"{tour}/new"), "office")
    faults = deeds.empty("main [name=people], main [name=nights]")
    yield Scene("office-event-leg-new-faults", asking(f"{tour}/new"), "office", deed=faults)
    leg = deeds.press("main a[href*='/legs/']:not([href*='/new']):not([href$='/cities'])")
    yield Scene("office-event-leg", asking(tour), "office", deed=leg)
    suited = deeds.press("main a[href*='/cities']")
    yield Scene("office-event-leg-cities", asking(tour), "office", deed=suited)


def asked_by_the_office(season: Season, requests: dict[str, Asked]) -> Iterator[Scene]:
    """What the office sees of the cities that it asked."""
    for part in ("", "/questions", "/reports"):
        yield Scene(f"office-hosting{part.replace('/', '-')}", asking(f"/office/hosting{part}"), "office")
    yield Scene("office-event-hosting-none", asking(f"/office/events/{season.events()[SUMMIT]}/hosting"), "office")
    for state, (asked, event, _page) in requests.items():
        one = f"/office/events/{event}/hosting/{asked}"
        yield Scene(f"office-event-hosting-{state}", asking(f"/office/events/{event}/hosting"), "office")
        yield Scene(f"office-event-hosting-request-{state}", asking(one), "office")
    asked, event, _page = requests["confirmed"]
    for part in ("questions", "proposals"):
        one = f"/office/events/{event}/hosting/{asked}/{part}"
        yield Scene(f"office-event-hosting-request-{part}", asking(one), "office")
    asked, event, _page = requests["over"]
    yield Scene("office-event-hosting-report", asking(f"/office/events/{event}/hosting/{asked}/report"), "office")
