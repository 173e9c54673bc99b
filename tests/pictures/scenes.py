"""Every page of the site, as somebody comes to it: its name, its address, who looks, and what they did there first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from tests.pictures import deeds
from tests.pictures.deeds import Deed
from tests.pictures.season import Season

NO_EVENT = "?kind=training_forum&direction=to_us"
SUMMIT = "eco-urbanization-yangzhou"
OVER = "water-and-waste"
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


def offers_of_a_city(season: Season) -> Iterator[Scene]:
    """What a city offers, as its contact sees it."""
    theirs = f"/city/{season.hosts()['accepted']}/offers"
    yield Scene("city-offers", _asking(theirs), "city")
    yield Scene("city-sites", _asking(f"/city/{season.hosts()['accepted']}/sites"), "city")
    yield Scene("city-sites-new", _asking(f"/city/{season.hosts()['accepted']}/sites/new"), "city")
    for kind in ("visit", "homestay"):
        yield Scene(f"city-offers-new-{kind}", _asking(f"{theirs}/new/{kind}"), "city")
    yield Scene(
        "city-offers-new-faults", _asking(f"{theirs}/new/visit"), "city", deed=deeds.press("#offer button.second")
    )


def all_scenes(season: Season) -> list[Scene]:
    people = [*public(season), *for_contacts(season), *changes(season), *for_cities(season)]
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
    found = {state: f"/my/registrations/{public_id}" for state, public_id in season.registrations().items()}
    yield Scene("my-code-to-change", _asking(f"{found['paid']}/code"), "contact")
    yield Scene("my-code-entry", _asking(f"{found['invoice_paid']}/code"), "contact", deed=deeds.press("#code button"))
    for name, registration, part, deed in (
        ("details", "paid", "details", None),
        ("details-faults", "paid", "details", deeds.empty("main form input[type=text], main form input:not([type])")),
        ("cancel", "paid", "cancellation", None),
        ("consents", "paid", "consents", None),
        ("cancel-asked", "cancelling", "cancellation", None),
        ("options", "paid", "options", None),
        ("closed", "expired", "details", None),
    ):
        address = _asking(f"{found[registration]}/{part}")
        yield Scene(f"my-{name}", address, "contact", deed=deeds.with_code(season, address, deed))


def for_cities(season: Season) -> Iterator[Scene]:
    hosts = season.hosts()
    yield Scene("city-link-confirm", season.link("host_confirmation", hosts["signed_up"]) + "?language={language}")
    ended = season.link("host_profile", hosts["accepted"], lasts=ENDED)
    yield Scene("city-link-ended", ended + "?language={language}", status=410)
    for state, public_id in sorted(hosts.items()):
        yield Scene(f"city-{state.replace('_', '-')}", f"/city/{public_id}?language={{language}}", "city")
    offer = f"/city/{hosts['accepted']}/offer?language={{language}}"
    yield Scene("city-contacts", f"/city/{hosts['accepted']}/contacts?language={{language}}", "city")
    yield Scene("city-particulars", f"/city/{hosts['accepted']}/profile?language={{language}}", "city")
    yield Scene("city-offer", offer, "city")
    yield Scene("city-offer-faults", offer, "city", deed=deeds.empty("main form textarea"))
    yield from offers_of_a_city(season)
    yield Scene("city-recognition", _asking(f"/city/{hosts['accepted']}/recognition"), "city")
    yield Scene("city-requests", _asking(f"/city/{hosts['accepted']}/requests"), "city")
    asked, _event, profile = season.confirmed_request()
    yield Scene("city-request", _asking(f"/city/{profile}/requests/{asked}"), "city")
    yield Scene("city-request-people", _asking(f"/city/{profile}/requests/{asked}/people"), "city")
    over, _event, profile = season.confirmed_request(OVER)
    yield Scene("city-after", _asking(f"/city/{profile}/requests/{over}/after"), "city")
    yield Scene("city-recognised", _asking(f"/city/{profile}/recognition"), "city")


def office(season: Season) -> Iterator[Scene]:
    yield Scene("office-sign-in", "/office/sign-in?language={language}")
    yield Scene("office-sign-in-faults", "/office/sign-in?language={language}", deed=deeds.press("main button.button"))
    yield Scene("office-no-code", "/office/no-code?language={language}")
    yield Scene("office-code", "/office/sign-in?language={language}", deed=deeds.give_password(season, "programme"))
    yield Scene("office-choose-password", _asking(season.password_link()))
    yield Scene("office-choose-password-ended", _asking(season.password_link(lasts=ENDED)), status=410)
    faults = deeds.press("main button.button")
    yield Scene("office-staff-new-faults", _asking("/office/staff/new"), "office", deed=faults)
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
        "cities": "/office/cities",
        "offers-calendar": "/office/offers/calendar",
        "offers-calendar-none": "/office/offers/calendar?from=2090-01",
        "cities-next": "/office/cities?order=next",
        "cities-map": "/office/cities/map",
        "cities-none": "/office/cities?q=nowhere",
        "cities-not-since": "/office/cities?last=never&country=US",
        "city-letters": "/office/cities/letters",
        "city-letter-sent": f"/office/cities/letters/{season.a_city_letter()}",
        "city": f"/office/cities/{season.a_city()}",
        "city-new": "/office/cities/new",
        "city-new-found": "/office/cities/new?q=springfield",
        "city-history": f"/office/cities/{season.a_city()}/history",
        "city-history-twice": f"/office/cities/{season.city_that_hosted_twice()}/history",
        "certificates": "/office/certificates",
        "certificates-of-event": f"/office/events/{season.events()[OVER]}/certificates",
        "topics": "/office/topics",
        "topic-new": "/office/topics/new",
        "topic": "/office/topics/water",
        "papers": "/office/papers",
        "papers-none": "/office/papers?number=nothing",
        "paper": f"/office/papers/{season.an_itinerary().public_id}",
        "staff": "/office/staff",
        "staff-new": "/office/staff/new",
        "staff-member": f"/office/staff/{season.a_member()}",
        "hosts": "/office/hosts",
        "hosts-none": "/office/hosts?q=nothing",
        "hosting": "/office/hosting",
        "hosting-questions": "/office/hosting/questions",
        "hosting-reports": "/office/hosting/reports",
        "weights": "/office/weights",
    }.items():
        yield Scene(f"office-{name}", _asking(address), "office")
    yield from letter_to_cities()
    yield from office_events(season)
    yield from office_registrations(season)
    yield from office_codes(season)
    yield from office_money(season)
    yield from office_payers(season)
    for state, public_id in sorted(season.hosts().items()):
        yield Scene(f"office-host-{state.replace('_', '-')}", _asking(f"/office/hosts/{public_id}"), "office")
        profile = _asking(f"/office/hosts/{public_id}/profile")
        sharing = _asking(f"/office/hosts/{public_id}/contacts")
        yield Scene(f"office-host-contacts-{state.replace('_', '-')}", sharing, "office")
        yield Scene(f"office-host-particulars-{state.replace('_', '-')}", profile, "office")


def letter_to_cities() -> Iterator[Scene]:
    """Show the letter to many cities on its way: ticked, written, refused, and as its readers get it."""
    found = _asking("/office/cities/letter?those=found&q=s")
    yield Scene("office-cities-ticked", _asking("/office/cities"), "office", deed=deeds.tick_some_cities)
    yield Scene("office-city-letter", found, "office")
    yield Scene("office-city-letter-faults", found, "office", deed=deeds.press("main button.button"))
    yield Scene("office-city-letter-preview", found, "office", deed=deeds.look_at_letter)
    nobody = _asking("/office/cities/letter?those=found&readiness=nobody")
    yield Scene("office-city-letter-to-nobody", nobody, "office", status=422, deed=deeds.look_at_letter)


def office_events(season: Season) -> Iterator[Scene]:
    events = season.events()
    summit, draft = f"/office/events/{events[SUMMIT]}", f"/office/events/{events['districts-around-transit']}"
    yield Scene("office-events", _asking("/office/events"), "office")
    yield Scene("office-event-new", _asking("/office/events/new"), "office")
    faults = deeds.press("main button.button:not(.second)")
    yield Scene("office-event-new-faults", _asking("/office/events/new"), "office", deed=faults)
    yield Scene("office-event", _asking(summit), "office")
    yield Scene("office-event-draft", _asking(draft), "office")
    yield Scene("office-event-publish", _asking(f"{draft}/publish"), "office")
    for step in ("close", "cancel"):
        yield Scene(f"office-event-{step}", _asking(f"{summit}/{step}"), "office")
    cancelled = season.events()["waste-sorted-at-the-door"]
    yield Scene("office-event-refunds", _asking(f"/office/money/events/{cancelled}/refunds"), "office")
    yield Scene("office-event-terms", _asking(f"{summit}/terms"), "office")
    yield Scene("office-quotes", _asking(f"{summit}/quotes"), "office")
    yield Scene("office-event-preview", _asking(f"{draft}/preview"), "office")
    yield Scene("office-itinerary", _asking(f"{summit}/itinerary"), "office")
    yield Scene("office-itinerary-import", _asking(f"{summit}/itinerary/import"), "office")
    for name, rows in IMPORTED.items():
        sent = deeds.send_workbook(*rows)
        yield Scene(f"office-itinerary-import-{name}", _asking(f"{summit}/itinerary/import"), "office", deed=sent)
    yield Scene("office-travel", _asking(f"{summit}/travel"), "office")
    yield Scene("office-itinerary-copy", _asking(f"{summit}/itinerary/copy"), "office")
    yield Scene("office-book", _asking(f"{summit}/book"), "office")
    yield Scene("office-speakers", _asking(f"{summit}/speakers"), "office")
    yield Scene("office-speaker-new", _asking(f"{summit}/speakers/new"), "office")
    yield Scene("office-versions", _asking(f"{summit}/versions"), "office")
    yield Scene("office-versions-compared", _asking(f"{summit}/versions/compare?from=1&to=draft"), "office")
    for slug in (SUMMIT, "energy-efficiency-us"):
        holders = f"/office/events/{events[slug]}/versions/holders"
        yield Scene(f"office-version-holders-{slug}", _asking(holders), "office")
    yield Scene("office-groups", _asking(f"{summit}/groups"), "office")
    faults = deeds.press("#groups .bulk button.button")
    yield Scene("office-groups-faults", _asking(f"{summit}/groups"), "office", deed=faults)
    yield Scene("office-event-hosting", _asking(f"{summit}/hosting"), "office")
    asked, event, _profile = season.confirmed_request()
    yield Scene("office-event-hosting-request", _asking(f"/office/events/{event}/hosting/{asked}"), "office")
    over, event, _profile = season.confirmed_request(OVER)
    yield Scene("office-event-hosting-report", _asking(f"/office/events/{event}/hosting/{over}/report"), "office")
    yield Scene("office-event-legs", _asking(f"/office/events/{events['energy-efficiency-us']}/legs"), "office")
    yield Scene("office-event-leg", _asking(f"/office/events/{events['energy-efficiency-us']}/legs/new"), "office")
    yield Scene("office-event-routes", _asking(f"/office/events/{events['energy-efficiency-us']}/routes"), "office")
    yield Scene("office-event-options", _asking(f"{summit}/options"), "office")
    yield Scene("office-event-papers", _asking(f"{summit}/papers"), "office")
    yield Scene("office-event-papers-no-version", _asking(f"{draft}/papers"), "office")
    yield Scene("office-batches", _asking(f"{summit}/batches"), "office")
    faults = deeds.press("#begin button.button")
    yield Scene("office-batches-faults", _asking(f"{summit}/batches"), "office", deed=faults)
    for state, public_id in sorted(season.batches().items()):
        yield Scene(f"office-batch-{state}", _asking(f"/office/batches/{public_id}"), "office")
    yield Scene("office-payment-plans", _asking(f"{summit}/payment-plans"), "office")
    yield from office_hotels(season)


def office_hotels(season: Season) -> Iterator[Scene]:
    event, stay, person = season.a_hotel()
    hotels = f"/office/events/{event}/hotels"
    yield Scene("office-hotels", _asking(hotels), "office")
    yield Scene("office-hotel", _asking(f"{hotels}/{stay}"), "office")
    faults = deeds.press("#hotel .savebar button.button")
    yield Scene("office-hotel-new-faults", _asking(f"{hotels}/new"), "office", deed=faults)
    yield Scene("office-rooms", _asking(f"{hotels}/{stay}/rooms"), "office")
    yield Scene("office-room-wish", _asking(f"{hotels}/{stay}/wishes/{person}"), "office")


def office_registrations(season: Season) -> Iterator[Scene]:
    found = season.registrations()
    yield Scene("office-registrations", _asking("/office/registrations"), "office")
    yield Scene("office-registrations-none", _asking("/office/registrations?q=nothing"), "office")
    for state, public_id in sorted(found.items()):
        name = f"office-registration-{state.replace('_', '-')}"
        yield Scene(name, _asking(f"/office/registrations/{public_id}"), "office")
    one = f"/office/registrations/{found['invoice_paid']}"
    yield Scene("office-registration-options", _asking(f"{one}/options"), "office")
    person = season.participant_of(found["invoice_paid"])
    yield Scene("office-replacement", _asking(f"{one}/people/{person}/replace"), "office")
    yield Scene("office-contact", _asking(f"{one}/contact"), "office")
    yield Scene("office-person", _asking(f"{one}/people/{person}"), "office")
    faults = deeds.empty("main form input[type=text], main form input:not([type])")
    yield Scene("office-person-faults", _asking(f"{one}/people/{person}"), "office", deed=faults)


def office_codes(season: Season) -> Iterator[Scene]:
    yield Scene("office-codes", _asking("/office/codes"), "office")
    yield Scene("office-code", _asking(f"/office/codes/{season.a_code()}"), "office")
    yield Scene("office-members", _asking("/office/members"), "office")
    yield Scene("office-member-list", _asking(f"/office/members/{season.a_member_list()}"), "office")
    sent = deeds.press("main button.button")
    yield Scene("office-members-faults", _asking("/office/members/new"), "office", deed=sent)
    approval = f"/office/registrations/{season.registrations()['review']}/approval"
    yield Scene("office-approval", _asking(approval), "office")
    yield Scene("office-code-new", _asking("/office/codes/new"), "office")
    yield Scene("office-code-faults", _asking("/office/codes/new"), "office", deed=deeds.press("main button.button"))


def office_money(season: Season) -> Iterator[Scene]:
    found, money = season.registrations(), "/office/money"
    yield Scene("office-money", _asking(money), "office")
    yield Scene("office-money-overview", _asking(f"{money}/overview"), "office")
    yield Scene("office-seller-accounts", _asking(f"{money}/accounts/{season.a_seller()}"), "office")
    bill = season.bill_of(found["invoice_accepted"])
    yield Scene("office-bill-plan", _asking(f"{money}/plans/{bill}"), "office")
    yield Scene("office-order", _asking(f"{money}/orders/{found['invoice_waiting']}"), "office")
    yield Scene("office-payment", _asking(f"{money}/payments/{found['invoice_accepted']}"), "office")
    faults = deeds.press("#payment-form button.button")
    payment = _asking(f"{money}/payments/{found['invoice_accepted']}")
    yield Scene("office-payment-faults", payment, "office", deed=faults)
    yield Scene("office-cancellation", _asking(f"{money}/cancellations/{found['paid']}"), "office")
    for part in ("", "/keep"):
        address = f"{money}/cancellations/{found['cancelling']}{part}"
        yield Scene(f"office-cancellation-asked{part.replace('/', '-')}", _asking(address), "office")
    yield Scene("office-invoice", _asking(f"{money}/invoices/{season.newest_invoice()}"), "office")
    yield Scene("office-seller", _asking(f"{money}/sellers/{season.a_seller()}"), "office")
    event = season.events()["energy-efficiency-us"]
    yield Scene("office-nationality", _asking(f"/office/events/{event}/papers/nationality"), "office")
    yield Scene("office-letterheads", _asking("/office/letterheads"), "office")
    seller = f"/office/letterheads/{season.a_seller()}"
    yield Scene("office-letterhead", _asking(seller), "office")
    yield Scene("office-signatory", _asking(f"{seller}/signatories/{season.a_signatory()}"), "office")
    for name in ("statement", "reminder"):
        address = f"{money}/bills/{season.bill_of(found['invoice_accepted'])}/{name}"
        yield Scene(f"office-{name}", _asking(address), "office")
    for kind, public_id in sorted(season.desk_cases().items()):
        yield Scene(f"office-case-{kind.replace('_', '-')}", _asking(f"{money}/cases/{public_id}"), "office")
    for public_id in season.refunds_to_pay_out()[:1]:
        yield Scene("office-refund", _asking(f"{money}/refunds/{public_id}"), "office")
    for public_id in season.paid_too_much()[:1]:
        yield Scene("office-overpayment", _asking(f"{money}/overpayments/{public_id}"), "office")
    yield from office_stripe(season, money)
    yield from office_bank(season, f"{money}/bank")


def office_stripe(season: Season, money: str) -> Iterator[Scene]:
    yield Scene("office-inbox", _asking(f"{money}/inbox"), "office")
    for state in ("strange", "failed"):
        yield Scene(f"office-inbox-{state}", f"{money}/inbox?state={state}&language={{language}}", "office")
    yield Scene("office-comparisons", _asking(f"{money}/comparisons"), "office")
    faults = deeds.empty("#compare-form input[type=date]")
    yield Scene("office-comparisons-faults", _asking(f"{money}/comparisons"), "office", deed=faults)
    yield Scene("office-comparison", _asking(f"{money}/comparisons/{season.newest_comparison()}"), "office")


def office_bank(season: Season, bank: str) -> Iterator[Scene]:
    yield Scene("office-bank", _asking(bank), "office")
    yield Scene("office-bank-import", _asking(f"{bank}/import"), "office")
    yield Scene("office-bank-account-new", _asking(f"{bank}/accounts/new"), "office")
    statement = f"{bank}/statements/{season.a_bank_statement()}"
    yield Scene("office-bank-statement", _asking(statement), "office")
    yield Scene("office-bank-certain", _asking(f"{statement}/certain"), "office")
    for state, public_id in sorted(season.bank_lines().items()):
        yield Scene(f"office-bank-line-{state.replace('_', '-')}", _asking(f"{bank}/lines/{public_id}"), "office")


def office_payers(season: Season) -> Iterator[Scene]:
    payers, found = "/office/money/payers", season.registrations()
    yield Scene("office-payers", _asking(payers), "office")
    yield Scene("office-payers-none", _asking(f"{payers}?q=nothing"), "office")
    yield Scene("office-payer", _asking(f"{payers}/{season.a_payer()}"), "office")
    yield Scene("office-payer-new", _asking(f"{payers}/new"), "office")
    sent = deeds.press("main button.button:not(.second)")
    yield Scene("office-payer-new-faults", _asking(f"{payers}/new"), "office", deed=sent)
    one = f"/office/money/registrations/{found['invoice_accepted']}"
    for part in ("payer", "another-payer", "together", "invoice"):
        yield Scene(f"office-bill-{part}", _asking(f"{one}/{part}"), "office")
    yield Scene("office-bill-another-payer-faults", _asking(f"{one}/another-payer"), "office", deed=sent)


def letters(season: Season) -> Iterator[Scene]:
    """The mailbox; each letter in its own language, as its reader's program shows it."""
    found = season.letters()
    yield Scene("mailbox", "/mailbox/?language={language}")
    yield Scene("mailbox-letter", f"/mailbox/{found['paid-en']}?language={{language}}")
    for name, file in sorted(found.items()):
        kind, _, language = name.rpartition("-")
        yield Scene(f"letter-{kind.replace('_', '-')}", f"/mailbox/{file}/html", languages=(language,))


def _asking(address: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}language={{language}}"
