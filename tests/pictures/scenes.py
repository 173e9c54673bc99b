"""Every page of the site, as somebody comes to it: its name, its address, who looks, and what they did there first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from tests.pictures import deeds
from tests.pictures.deeds import Deed
from tests.pictures.season import Season

NO_EVENT = "?kind=training_forum&direction=to_us"
SUMMIT = "eco-urbanization-yangzhou"
ENDED = timedelta(seconds=-1)
_HEADINGS = ("Date", "City", "Start", "End", "Zone", "Kind", "Title, English", "Title, Chinese")
# What an Excel file says of the summit: a new day outside it at a time that clocks skip, and cells that are wrong.
IMPORTED: dict[str, tuple[tuple[object, ...], ...]] = {
    "shown": (
        _HEADINGS,
        ("2027-03-14", "Yangzhou", "9:30", "11:00", "", "meeting", "Tables on water", "水主题圆桌"),
        ("2027-03-14", "Yangzhou", "2:30", "", "America/New_York", "meeting", "A call to Baltimore", "连线巴尔的摩"),
    ),
    "wrong": (
        _HEADINGS,
        ("04/05/2027", "Atlantis", "25:00", "8:00", "Mars/Base", "chat", "", ""),
        ("2027-03-14", "Yangzhou", "11:00", "10:00", "", "meeting", "Ends before it starts", "先完后始"),
    ),
}


@dataclass(frozen=True)
class Scene:
    """One page to look at.

    address  with {language} where the site's addresses have it; else the language is asked for
    visitor  "anyone", "contact" (who registered), "city" (a host's contact), "office" or "programme" (without money)
    deed     what is done on the page before the picture, such as sending its form with nothing in it
    status   what the site answers with; 0 for 422 where a form is sent with faults, else for 200
    """

    name: str
    address: str
    visitor: str = "anyone"
    deed: Deed | None = None
    languages: tuple[str, ...] = ("en", "zh")
    status: int = 0

    def at(self, language: str) -> str:
        asked = "" if "{language}" in self.address else ("&" if "?" in self.address else "?") + f"language={language}"
        return self.address.format(language=language) + asked

    @property
    def answer(self) -> int:
        return self.status or (422 if self.name.endswith("-faults") else 200)


def all_scenes(season: Season) -> list[Scene]:
    people = [*public(season), *for_contacts(season), *changes(season)]
    return [*people, *office(season), *letters(season)]


def public(season: Season) -> Iterator[Scene]:
    yield Scene("front", "/{language}/")
    yield Scene("programmes", "/{language}/events")
    yield Scene("programmes-none", "/{language}/events" + NO_EVENT)
    for slug in season.public_events():
        yield Scene(f"event-{slug}", f"/{{language}}/events/{slug}")
    form = f"/{{language}}/events/{SUMMIT}/register"
    yield Scene("register", form)
    yield Scene("register-two-people", form, deed=deeds.fill_in_for_two)
    yield Scene("register-code", form, deed=deeds.apply_code("ALLIANCE10"))
    yield Scene("register-code-wrong", form, deed=deeds.apply_code("LASTYEAR50"))
    yield Scene("register-faults", form, deed=deeds.press("[name=do][value=register]"))
    yield Scene("register-tour", "/{language}/events/energy-efficiency-us/register")
    yield Scene("verify", f"/{{language}}/verify/{season.an_itinerary().verify_code}")
    yield Scene("verify-unknown", "/{language}/verify/AAAA-BBBB-CCCC", status=404)
    yield Scene("quote", f"/{{language}}/events/{SUMMIT}/quote")
    yield Scene("quote-faults", f"/{{language}}/events/{SUMMIT}/quote", deed=deeds.press("#quote button.button"))
    yield Scene("quote-sent", f"/{{language}}/events/{SUMMIT}/quote/sent")
    yield Scene("register-closed", "/{language}/events/water-sensitive-cities/register")
    yield Scene("register-cancelled", "/{language}/events/waste-sorted-at-the-door/register")
    for kind in ("terms", "privacy", "cross_border", "listed"):
        yield Scene(f"text-{kind}", f"/{{language}}/texts/{kind}")
    yield Scene("accessibility", "/{language}/accessibility")
    yield Scene("contact", "/{language}/contact")
    yield Scene("host", "/{language}/host")
    yield Scene("host-sign-up", "/{language}/host/sign-up")
    yield Scene("host-sign-up-found", "/{language}/host/sign-up?q=springfield")
    yield Scene("host-sign-up-place", "/{language}/host/sign-up?place=us-1772000")
    yield Scene("host-sign-up-faults", "/{language}/host/sign-up", deed=deeds.press("#sign-up button.button"))
    yield Scene("host-join", "/{language}/host/join?city_name=Dubuque")
    yield Scene("host-join-sent", "/{language}/host/join/sent")
    yield Scene("host-sent", "/{language}/host/sign-up/sent")
    yield Scene("fault-404", "/{language}/no-such-page", status=404)
    yield Scene("fault-429", "/my/sign-in?language={language}", deed=deeds.ask_too_often, status=429)
    yield Scene("fault-500", "/{language}/", deed=deeds.break_down(season), status=500)


def for_contacts(season: Season) -> Iterator[Scene]:
    registrations, address = season.registrations(), season.contact_with_most()
    yield Scene("my-sign-in", "/my/sign-in?language={language}")
    yield Scene("my-sign-in-faults", "/my/sign-in?language={language}", deed=deeds.press("main button.button"))
    yield Scene("my-code", "/my/sign-in?language={language}", deed=deeds.ask_for_code)
    yield Scene("my-code-faults", "/my/sign-in?language={language}", deed=deeds.give_wrong_code)
    yield Scene("my-link", season.link("registration", registrations["paid"]) + "?language={language}")
    yield Scene("my-link-sign-in", season.link("sign_in", address) + "?language={language}")
    person = season.a_participant(registrations["paid"])
    yield Scene("my-itinerary", season.link("itinerary", person))
    yield Scene("my-itinerary-ended", season.link("itinerary", person, lasts=ENDED), status=410)
    yield Scene("my-itineraries", f"/my/registrations/{registrations['paid']}/itineraries", "contact")
    yield Scene("my-link-broken", "/my/link/cut-short?language={language}", status=404)
    ended = season.link("registration", registrations["paid"], lasts=ENDED)
    yield Scene("my-link-ended", ended + "?language={language}", status=410)
    yield Scene("my-not-open", "/my/registrations/nobodys?language={language}", status=404)
    yield Scene("my", "/my/?language={language}", "contact")
    yield Scene(
        "my-pay", f"/my/registrations/{registrations['invoice_partly_paid']}/pay?language={{language}}", "contact"
    )
    for state, public_id in sorted(registrations.items()):
        yield Scene(f"my-{state.replace('_', '-')}", f"/my/registrations/{public_id}?language={{language}}", "contact")
    statement = f"/my/registrations/{registrations['invoice_paid']}/statement?language={{language}}"
    yield Scene("my-statement", statement, "contact")
    bill = f"/my/bills/{season.bill_of(registrations['invoice_partly_paid'])}"
    for part in ("", "/pay", "/statement"):
        yield Scene(f"my-bill{part.replace('/', '-')}", f"{bill}{part}?language={{language}}", "contact")


def changes(season: Season) -> Iterator[Scene]:
    """What a contact changes, behind a code from a letter."""
    registrations = season.registrations()
    found = {state: f"/my/registrations/{public_id}" for state, public_id in registrations.items()}
    yield Scene("my-code-to-change", asking(f"{found['paid']}/code"), "contact")
    person, option = season.a_chosen_option(registrations["choosing"])
    away = asking(f"{found['choosing']}/options/{person}/{option}")
    yield Scene("my-option-given-up", away, "contact", deed=deeds.with_code(season, away, None))
    yield Scene("my-code-entry", asking(f"{found['invoice_paid']}/code"), "contact", deed=deeds.press("#code button"))
    for name, registration, part, deed in (
        ("details", "paid", "details", None),
        ("details-faults", "paid", "details", deeds.empty("main form input[type=text], main form input:not([type])")),
        ("cancel", "paid", "cancellation", None),
        ("consents", "paid", "consents", None),
        ("cancel-asked", "cancelling", "cancellation", None),
        ("options", "paid", "options", None),
        ("travel", "paid", "travel", None),
        ("travel-person", "paid", "travel", deeds.press("main a[href*='/travel/']")),
        ("closed", "expired", "details", None),
    ):
        address = asking(f"{found[registration]}/{part}")
        yield Scene(f"my-{name}", address, "contact", deed=deeds.with_code(season, address, deed))


def office(season: Season) -> Iterator[Scene]:
    yield Scene("office-sign-in", "/office/sign-in?language={language}")
    yield Scene("office-sign-in-faults", "/office/sign-in?language={language}", deed=deeds.press("main button.button"))
    yield Scene("office-no-code", "/office/no-code?language={language}")
    yield Scene("office-code", "/office/sign-in?language={language}", deed=deeds.give_password(season, "programme"))
    yield Scene("office-choose-password", asking(season.password_link()))
    yield Scene("office-choose-password-ended", asking(season.password_link(lasts=ENDED)), status=410)
    faults = deeds.press("main button.button")
    yield Scene("office-staff-new-faults", asking("/office/staff/new"), "office", deed=faults)
    recovery = deeds.give_password(season, "finance", then="/office/recovery-code")
    yield Scene("office-recovery-code", "/office/sign-in?language={language}", deed=recovery)
    for name, address in {
        "board": "/office/",
        "languages": "/office/languages",
        "account": "/office/account",
        "password": "/office/password",
        "password-again": "/office/password-again",
        "recovery-codes": "/office/recovery-codes",
        "authenticator": "/office/authenticator",
        "tasks": "/office/tasks",
        "topics": "/office/topics",
        "topic-new": "/office/topics/new",
        "topic": "/office/topics/water",
        "papers": "/office/papers",
        "papers-none": "/office/papers?number=nothing",
        "paper": f"/office/papers/{season.an_itinerary().public_id}",
        "staff": "/office/staff",
        "staff-new": "/office/staff/new",
        "staff-member": f"/office/staff/{season.a_member()}",
    }.items():
        yield Scene(f"office-{name}", asking(address), "office")
    yield from office_events(season)
    yield from office_registrations(season)
    yield from office_codes(season)
    yield from office_money(season)
    yield from office_payers(season)


def office_events(season: Season) -> Iterator[Scene]:
    events = season.events()
    summit, draft = f"/office/events/{events[SUMMIT]}", f"/office/events/{events['districts-around-transit']}"
    yield Scene("office-events", asking("/office/events"), "office")
    yield Scene("office-event-new", asking("/office/events/new"), "office")
    faults = deeds.press("main button.button:not(.second)")
    yield Scene("office-event-new-faults", asking("/office/events/new"), "office", deed=faults)
    yield Scene("office-event", asking(summit), "office")
    yield Scene("office-event-draft", asking(draft), "office")
    yield Scene("office-event-publish", asking(f"{draft}/publish"), "office")
    for step in ("close", "cancel"):
        yield Scene(f"office-event-{step}", asking(f"{summit}/{step}"), "office")
    cancelled = season.events()["waste-sorted-at-the-door"]
    yield Scene("office-event-refunds", asking(f"/office/money/events/{cancelled}/refunds"), "office")
    yield Scene("office-event-terms", asking(f"{summit}/terms"), "office")
    yield Scene("office-quotes", asking(f"{summit}/quotes"), "office")
    yield Scene("office-event-preview", asking(f"{draft}/preview"), "office")
    yield Scene("office-itinerary", asking(f"{summit}/itinerary"), "office")
    yield Scene("office-itinerary-import", asking(f"{summit}/itinerary/import"), "office")
    for name, rows in IMPORTED.items():
        sent = deeds.send_workbook(*rows)
        yield Scene(f"office-itinerary-import-{name}", asking(f"{summit}/itinerary/import"), "office", deed=sent)
    yield Scene("office-travel", asking(f"{summit}/travel"), "office")
    person = deeds.press("main a[href*='/travel/']:not([href*='.'])")
    yield Scene("office-travel-person", asking(f"{summit}/travel"), "office", deed=person)
    item = deeds.press("main a[href*='/itinerary/items/']")
    yield Scene("office-itinerary-item", asking(f"{summit}/itinerary"), "office", deed=item)
    yield Scene("office-itinerary-copy", asking(f"{summit}/itinerary/copy"), "office")
    yield Scene("office-book", asking(f"{summit}/book"), "office")
    yield Scene("office-speakers", asking(f"{summit}/speakers"), "office")
    yield Scene("office-speaker-new", asking(f"{summit}/speakers/new"), "office")
    yield Scene("office-versions", asking(f"{summit}/versions"), "office")
    yield Scene("office-versions-compared", asking(f"{summit}/versions/compare?from=1&to=draft"), "office")
    for slug in (SUMMIT, "energy-efficiency-us"):
        holders = f"/office/events/{events[slug]}/versions/holders"
        yield Scene(f"office-version-holders-{slug}", asking(holders), "office")
    yield Scene("office-groups", asking(f"{summit}/groups"), "office")
    faults = deeds.press("#groups .bulk button.button")
    yield Scene("office-groups-faults", asking(f"{summit}/groups"), "office", deed=faults)
    yield Scene("office-event-options", asking(f"{summit}/options"), "office")
    yield Scene("office-event-papers", asking(f"{summit}/papers"), "office")
    yield Scene("office-event-papers-no-version", asking(f"{draft}/papers"), "office")
    yield Scene("office-batches", asking(f"{summit}/batches"), "office")
    faults = deeds.press("#begin button.button")
    yield Scene("office-batches-faults", asking(f"{summit}/batches"), "office", deed=faults)
    for state, public_id in sorted(season.batches().items()):
        yield Scene(f"office-batch-{state}", asking(f"/office/batches/{public_id}"), "office")
    yield Scene("office-payment-plans", asking(f"{summit}/payment-plans"), "office")
    yield from office_hotels(season)


def office_hotels(season: Season) -> Iterator[Scene]:
    event, stay, person = season.a_hotel()
    hotels = f"/office/events/{event}/hotels"
    yield Scene("office-hotels", asking(hotels), "office")
    yield Scene("office-hotel", asking(f"{hotels}/{stay}"), "office")
    faults = deeds.press("#hotel .savebar button.button")
    yield Scene("office-hotel-new-faults", asking(f"{hotels}/new"), "office", deed=faults)
    yield Scene("office-rooms", asking(f"{hotels}/{stay}/rooms"), "office")
    yield Scene("office-room-wish", asking(f"{hotels}/{stay}/wishes/{person}"), "office")


def office_registrations(season: Season) -> Iterator[Scene]:
    found = season.registrations()
    yield Scene("office-registrations", asking("/office/registrations"), "office")
    yield Scene("office-registrations-none", asking("/office/registrations?q=nothing"), "office")
    for state, public_id in sorted(found.items()):
        name = f"office-registration-{state.replace('_', '-')}"
        yield Scene(name, asking(f"/office/registrations/{public_id}"), "office")
    one = f"/office/registrations/{found['invoice_paid']}"
    yield Scene("office-registration-options", asking(f"{one}/options"), "office")
    person = season.participant_of(found["invoice_paid"])
    yield Scene("office-replacement", asking(f"{one}/people/{person}/replace"), "office")
    yield Scene("office-contact", asking(f"{one}/contact"), "office")
    yield Scene("office-person", asking(f"{one}/people/{person}"), "office")
    faults = deeds.empty("main form input[type=text], main form input:not([type])")
    yield Scene("office-person-faults", asking(f"{one}/people/{person}"), "office", deed=faults)


def office_codes(season: Season) -> Iterator[Scene]:
    yield Scene("office-codes", asking("/office/codes"), "office")
    yield Scene("office-code", asking(f"/office/codes/{season.a_code()}"), "office")
    yield Scene("office-members", asking("/office/members"), "office")
    yield Scene("office-member-list", asking(f"/office/members/{season.a_member_list()}"), "office")
    sent = deeds.press("main button.button")
    yield Scene("office-members-faults", asking("/office/members/new"), "office", deed=sent)
    approval = f"/office/registrations/{season.registrations()['review']}/approval"
    yield Scene("office-approval", asking(approval), "office")
    yield Scene("office-code-new", asking("/office/codes/new"), "office")
    yield Scene("office-code-faults", asking("/office/codes/new"), "office", deed=deeds.press("main button.button"))


def office_money(season: Season) -> Iterator[Scene]:
    found, money = season.registrations(), "/office/money"
    yield Scene("office-money", asking(money), "office")
    yield Scene("office-money-overview", asking(f"{money}/overview"), "office")
    yield Scene("office-seller-accounts", asking(f"{money}/accounts/{season.a_seller()}"), "office")
    bill = season.bill_of(found["invoice_accepted"])
    yield Scene("office-bill-plan", asking(f"{money}/plans/{bill}"), "office")
    yield Scene("office-order", asking(f"{money}/orders/{found['invoice_waiting']}"), "office")
    yield Scene("office-payment", asking(f"{money}/payments/{found['invoice_accepted']}"), "office")
    faults = deeds.press("#payment-form button.button")
    payment = asking(f"{money}/payments/{found['invoice_accepted']}")
    yield Scene("office-payment-faults", payment, "office", deed=faults)
    yield Scene("office-cancellation", asking(f"{money}/cancellations/{found['paid']}"), "office")
    for part in ("", "/keep"):
        address = f"{money}/cancellations/{found['cancelling']}{part}"
        yield Scene(f"office-cancellation-asked{part.replace('/', '-')}", asking(address), "office")
    yield Scene("office-invoice", asking(f"{money}/invoices/{season.newest_invoice()}"), "office")
    yield Scene("office-seller", asking(f"{money}/sellers/{season.a_seller()}"), "office")
    event = season.events()["energy-efficiency-us"]
    yield Scene("office-nationality", asking(f"/office/events/{event}/papers/nationality"), "office")
    yield Scene("office-letterheads", asking("/office/letterheads"), "office")
    seller = f"/office/letterheads/{season.a_seller()}"
    yield Scene("office-letterhead", asking(seller), "office")
    yield Scene("office-signatory", asking(f"{seller}/signatories/{season.a_signatory()}"), "office")
    for name in ("statement", "reminder"):
        address = f"{money}/bills/{season.bill_of(found['invoice_accepted'])}/{name}"
        yield Scene(f"office-{name}", asking(address), "office")
    for kind, public_id in sorted(season.desk_cases().items()):
        yield Scene(f"office-case-{kind.replace('_', '-')}", asking(f"{money}/cases/{public_id}"), "office")
    for public_id in season.refunds_to_pay_out()[:1]:
        yield Scene("office-refund", asking(f"{money}/refunds/{public_id}"), "office")
    for public_id in season.paid_too_much()[:1]:
        yield Scene("office-overpayment", asking(f"{money}/overpayments/{public_id}"), "office")
    yield from office_stripe(season, money)
    yield from office_bank(season, f"{money}/bank")


def office_stripe(season: Season, money: str) -> Iterator[Scene]:
    yield Scene("office-inbox", asking(f"{money}/inbox"), "office")
    for state in ("strange", "failed"):
        yield Scene(f"office-inbox-{state}", f"{money}/inbox?state={state}&language={{language}}", "office")
    yield Scene("office-comparisons", asking(f"{money}/comparisons"), "office")
    faults = deeds.empty("#compare-form input[type=date]")
    yield Scene("office-comparisons-faults", asking(f"{money}/comparisons"), "office", deed=faults)
    yield Scene("office-comparison", asking(f"{money}/comparisons/{season.newest_comparison()}"), "office")


def office_bank(season: Season, bank: str) -> Iterator[Scene]:
    yield Scene("office-bank", asking(bank), "office")
    yield Scene("office-bank-import", asking(f"{bank}/import"), "office")
    yield Scene("office-bank-account-new", asking(f"{bank}/accounts/new"), "office")
    statement = f"{bank}/statements/{season.a_bank_statement()}"
    yield Scene("office-bank-statement", asking(statement), "office")
    yield Scene("office-bank-certain", asking(f"{statement}/certain"), "office")
    for state, public_id in sorted(season.bank_lines().items()):
        yield Scene(f"office-bank-line-{state.replace('_', '-')}", asking(f"{bank}/lines/{public_id}"), "office")


def office_payers(season: Season) -> Iterator[Scene]:
    payers, found = "/office/money/payers", season.registrations()
    yield Scene("office-payers", asking(payers), "office")
    yield Scene("office-payers-none", asking(f"{payers}?q=nothing"), "office")
    yield Scene("office-payer", asking(f"{payers}/{season.a_payer()}"), "office")
    yield Scene("office-payer-new", asking(f"{payers}/new"), "office")
    sent = deeds.press("main button.button:not(.second)")
    yield Scene("office-payer-new-faults", asking(f"{payers}/new"), "office", deed=sent)
    one = f"/office/money/registrations/{found['invoice_accepted']}"
    for part in ("payer", "another-payer", "together", "invoice"):
        yield Scene(f"office-bill-{part}", asking(f"{one}/{part}"), "office")
    yield Scene("office-bill-another-payer-faults", asking(f"{one}/another-payer"), "office", deed=sent)


def letters(season: Season) -> Iterator[Scene]:
    """The mailbox; each letter in its own language, as its reader's program shows it."""
    found = season.letters()
    yield Scene("mailbox", "/mailbox/?language={language}")
    yield Scene("mailbox-letter", f"/mailbox/{found['paid-en']}?language={{language}}")
    for name, file in sorted(found.items()):
        kind, _, language = name.rpartition("-")
        yield Scene(f"letter-{kind.replace('_', '-')}", f"/mailbox/{file}/html", languages=(language,))


def asking(address: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}language={{language}}"
