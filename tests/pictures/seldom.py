"""Pages that say no, lists that are narrowed, and what stands there for a moment only."""

from collections.abc import Iterator

from tests.pictures.city_files import city_files
from tests.pictures.deeds import open_unmade_paper, send_file, with_code
from tests.pictures.scenes import ENDED, SUMMIT, Scene
from tests.pictures.season import Season

A_STATEMENT = """Posting Date,Payer,Description,Debit,Credit,Transaction ID
12/01/2026,CITY OF DAVENPORT,INCOMING WIRE,,1500.00,W2612011
12/01/2026,,INCOMING WIRE FEE,25.00,,F0021
12/02/2026,CITY OF DECATUR GEORGIA,CHECK DEPOSIT 20511,,855.00,D20511
12/32/2026,CITY OF DURHAM NC,CHECK DEPOSIT 20512,,855.00,D20512
"""


def seldom_seen(season: Season) -> Iterator[Scene]:
    yield from ended(season)
    yield from for_contacts(season)
    yield from office(season)
    yield from bank(season)
    yield from city_files(season)
    yield Scene("office-not-yours", "/office/money", "programme", status=403)


def ended(season: Season) -> Iterator[Scene]:
    """A month of programmes, and what does not open to everybody, or not any more."""
    hosts = season.hosts()
    yield Scene("programmes-of-a-month", f"/{{language}}/events?kind=summit&month={season.month_of(SUMMIT)}")
    sign_in = season.link("sign_in", season.contact_with_most(), lasts=ENDED)
    yield Scene("my-link-sign-in-ended", sign_in, status=410)
    confirm = season.link("host_confirmation", hosts["signed_up"], lasts=ENDED)
    yield Scene("city-link-confirm-ended", confirm, status=410)
    yield Scene("city-not-open", f"/city/{hosts['accepted']}", status=404)


def for_contacts(season: Season) -> Iterator[Scene]:
    registrations = season.registrations()
    cancelled = f"/my/registrations/{registrations['cancelled_refunded']}/cancellation?language={{language}}"
    yield Scene("my-cancelled-before", cancelled, "contact", deed=with_code(season, cancelled, None))
    paid = f"/my/registrations/{registrations['paid']}"
    thanks = f"{paid}/paid?session={season.payment_page(registrations['paid'])}"
    yield Scene("my-thanks", thanks, "contact")
    of_bill = (
        f"/my/bills/{season.bill_of(registrations['paid'])}/paid?session={season.payment_page(registrations['paid'])}"
    )
    yield Scene("my-bill-thanks", of_bill, "contact")
    unmade = open_unmade_paper(season, registrations["paid"])
    yield Scene("my-paper-not-yet", paid, "contact", deed=unmade, status=202)


def office(season: Season) -> Iterator[Scene]:
    registrations = season.registrations()
    for name, address in {
        "events-closed": "/office/events?state=closed",
        "hosts-declined": "/office/hosts?state=declined",
        "registrations-confirmed": "/office/registrations?seats=confirmed&order=name",
        "registrations-cancelling": "/office/registrations?seats=cancelling",
        "papers-invoices": "/office/papers?kind=invoice",
        "itinerary-draft": f"/office/events/{season.events()['districts-around-transit']}/itinerary",
        "cancellation-keep-none": f"/office/money/cancellations/{registrations['paid']}/keep",
        "discount-code": f"/office/codes/{season.a_discount_code()}",
        "money-inbox": "/office/money/inbox",
        "money-inbox-strange": "/office/money/inbox?state=strange",
    }.items():
        yield Scene(f"office-{name}", address, "office")
    yield Scene("office-no-such-page", "/office/nothing", "office", status=404)


def bank(season: Season) -> Iterator[Scene]:
    """An account, and a file as it would be taken over."""
    yield Scene("office-bank-account", f"/office/money/bank/accounts/{season.a_bank_account()}", "office")
    yield Scene("office-bank-file", "/office/money/bank/import", "office", deed=send_file("december.csv", A_STATEMENT))
