"""The shapes of the sample content: what each entry must say.

Days count from the first day of the event (day 0; a pre-tour has negative days), in the local date of the item's own
zone. `starts_in_days` counts from the day the demo is made; the start then moves on to the next `weekday`
(Monday is 0). `days_ago` and `minutes_ago` are added up and count back from the moment the demo is made.
Amounts are minor units of the event's currency.
"""

from typing import Literal, NotRequired, TypedDict

EventKind = Literal["summit", "study_tour", "training_forum"]
Direction = Literal["none", "to_china", "to_us"]
EventState = Literal["draft", "published", "closed", "cancelled"]
Cover = Literal["indigo", "willow", "harbour", "prairie", "brick", "plum", "slate"]
StopRole = Literal["pre", "main", "post"]
Audience = Literal["member", "other", "academic", "anyone"]
AddOnKind = Literal["pre_tour", "post_tour", "single_room", "guest", "other"]
ItemKind = Literal[
    "meeting",
    "site_visit",
    "lecture",
    "meal",
    "transfer",
    "flight",
    "train",
    "cultural",
    "free_time",
    "hotel",
]
Language = Literal["en", "zh"]
Payer = Literal["card", "invoice"]
Means = Literal["card", "check", "ach", "wire"]
RegistrationState = Literal[
    "review",  # the office has yet to approve the fee
    "held",  # by card, the checkout still open
    "expired",  # by card, never paid, the seats given back
    "paid",  # by card, in full
    "invoice_waiting",  # finance has not yet accepted the payer
    "invoice_accepted",  # confirmed and invoiced, nothing paid
    "invoice_partly_paid",
    "invoice_paid",
    "cancelled_unpaid",
    "cancelled_refunded",  # everything came back, by card or by hand
    "cancelled_refund_due",  # finance has to pay the refund out
    "paid_late",  # by bank, after the seats were given back and taken by others
]
HostState = Literal["signed_up", "address_confirmed", "accepted", "declined"]


class Text(TypedDict):
    """One text in both languages; an empty string is a translation still missing."""

    en: str
    zh: str


class City(TypedDict):
    key: str
    name: Text
    region: Text
    country: str
    zone: str
    latitude: float
    longitude: float
    population: int
    population_source: Text
    government: Text
    summary: Text


class BankLine(TypedDict):
    label: Text
    value: Text


class Remittance(TypedDict):
    """One way to pay an issuer; lines in the order of the paper."""

    means: Means
    title: Text
    lines: list[BankLine]


class Signatory(TypedDict):
    name: Text
    position: Text


class Issuer(TypedDict):
    key: str
    legal_name: Text
    short_name: Text
    country: str
    address: Text
    tax_id_label: Text
    tax_id: str
    currency: str
    series_prefix: str
    phone: str
    email: str
    zone: str
    accent: Cover
    remit_to: list[Remittance]
    remit_to_cny: NotRequired[list[Remittance]]
    footnote: Text
    signatories: list[Signatory]


class Stop(TypedDict):
    city: str
    role: StopRole
    first_day: int
    last_day: int


class EarlyPrice(TypedDict):
    """What a fee costs up to so many days before the first day, inclusive."""

    amount_minor: int
    until_days_before: int


class LatePrice(TypedDict):
    """What a fee costs from so many days before the first day, inclusive."""

    amount_minor: int
    from_days_before: int


class Fee(TypedDict):
    """A price; `until_days_before` is the last day on which it can be chosen, None as long as registration is open.

    admits, proof, population_most  as the catalogue has them; a number stands on the list of the alliance
    places                          at this price
    """

    key: str
    label: Text
    who: Text
    audience: Audience
    amount_minor: int
    until_days_before: int | None
    admits: NotRequired[str]
    proof: NotRequired[str]
    other_prices: NotRequired[dict[str, dict[str, int]]]
    places: NotRequired[int]
    population_most: NotRequired[int]
    early: NotRequired[EarlyPrice]
    late: NotRequired[LatePrice]


class AddOn(TypedDict):
    """Something bought beside the fee; `capacity` None means as many as there are participants."""

    key: str
    kind: AddOnKind
    label: Text
    summary: Text
    amount_minor: int
    other_prices: NotRequired[dict[str, dict[str, int]]]
    capacity: int | None
    first_day: int
    last_day: int


class Rate(TypedDict):
    """What one unit of the event's currency was in another, so many days before its first day."""

    currency: str
    figure: str
    days_before: int


class RefundStep(TypedDict):
    """What goes back to who withdraws up to so many days before the first day, inclusive."""

    up_to_days_before: int
    percent: int


class Event(TypedDict):
    """One programme; opens and closes count days before its first day, both inclusive, in its zone."""

    key: str
    slug: str
    reference_prefix: str
    kind: EventKind
    direction: Direction
    state: EventState
    published_days_ago: int | None
    ended_days_ago: int | None
    ended_reason: Text | None
    title: Text
    theme: Text
    summary: Text
    description: Text
    who_comes: Text
    languages: Text
    access: Text
    venue: Text
    venue_address: Text
    host: Text
    organiser: Text
    partners: list[Text]
    included: list[Text]
    not_included: list[Text]
    cancellation_policy: Text
    refund_steps: list[RefundStep]
    cover: Cover
    slip: str
    zone: str
    issuer: str
    currency: str
    other_currencies: NotRequired[list[str]]
    rate: NotRequired[Rate]
    capacity: int
    minimum_to_run: int
    starts_in_days: int
    weekday: int
    last_day: int
    opens_days_before: int
    closes_days_before: int
    cities: list[Stop]
    fees: list[Fee]
    add_ons: list[AddOn]


class Item(TypedDict):
    """One line of a day.

    end        None where only the start is known
    end_zone   where the clock of the end is another one: the arrival of a flight
    end_day    where the end falls on another local day
    address, notes   None where there is nothing to say
    """

    kind: ItemKind
    start: str
    zone: str
    end: str | None
    end_zone: str | None
    end_day: int | None
    title: Text
    place: Text
    address: Text | None
    notes: Text | None


class Day(TypedDict):
    """One local date in one city, for everybody or for who bought `add_on`; a date can have one of each.

    Items stand in the order in which they happen, which is not the order of their clocks where the group
    crosses the date line.
    """

    day: int
    city: str
    add_on: str | None
    title: Text
    items: list[Item]


class Itinerary(TypedDict):
    event: str
    days: list[Day]


class Organisation(TypedDict):
    name: Text
    city: Text
    country: str
    department: str
    address: str


class Contact(TypedDict):
    surname: str
    given: str
    native_name: str
    salutation: str
    position: Text
    organisation: str
    email: str
    phone: str
    language: Language


class Participant(TypedDict):
    """Names as in the passport, in Latin letters; who has only one name has it as the surname.

    email   "" where the participant gave none
    """

    surname: str
    given: str
    native_name: str
    salutation: str
    position: Text
    organisation: str
    email: str
    fee: str
    add_ons: list[str]


class BillTo(TypedDict):
    legal_name: str
    department: str
    address: str
    country: str
    email: str
    vendor_number: str


class Payment(TypedDict):
    """Money that came in otherwise than by card."""

    means: Means
    amount_minor: int
    days_ago: int
    reference: str


class Cancellation(TypedDict):
    days_ago: int
    reason: Text
    refunded_by: Literal["card", "hand", "none"]


class CancellationRequest(TypedDict):
    """What the contact asks the office, which has not answered."""

    days_ago: int
    reason: Text


class Piece(TypedDict):
    """A part of the balance that was paid online; `button` is the one that was pressed on the payment page."""

    days_ago: int
    button: str
    amount_minor: int


class Registration(TypedDict):
    key: str
    event: str
    state: RegistrationState
    days_ago: int
    minutes_ago: int
    contact: Contact
    participants: list[Participant]
    payer: Payer
    po_number: str
    bill_to: BillTo | None
    payments: list[Payment]
    cancellation: Cancellation | None
    request: NotRequired[CancellationRequest]
    code: NotRequired[str]
    plan: NotRequired[str]
    pieces: NotRequired[list[Piece]]
    currency: NotRequired[str]


class Host(TypedDict):
    """A city's sign-up; what it offers and when is plain text in the city's own language."""

    key: str
    city: str
    state: HostState
    days_ago: int
    language: Language
    contact: Contact
    department: str
    offers: str
    available: str
    group_size: int | None
    decided_days_ago: int | None
    decision_note: Text | None


class PolicyText(TypedDict):
    """One versioned text; `agree` is the sentence beside its box. Paragraphs are parted by an empty line."""

    key: str
    version: str
    title: Text
    agree: Text
    body: Text
