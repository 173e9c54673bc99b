"""What each paper is made from: plain values that a paper keeps for ever (JSON), and templates print.

Dates are ISO (2026-05-15), instants ISO with an offset, times of day HH:MM as the clocks of `zone` show them.
An empty string or an empty list means that the paper does not have the thing; its label is then not printed either.
Nothing is computed when printing: a sheet carries every amount, in the sheet's one currency.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict


class Bilingual(TypedDict):
    """A text in both languages (kernel.bilingual.Text.plain()); an empty one falls back to the other."""

    en: str
    zh: str


Words = str | Bilingual  # what somebody typed once, or a text in both languages


class Amount(TypedDict):
    """Money in minor units."""

    minor: int
    currency: str


class Fact(TypedDict):
    """One row of a list of facts: Bank, Potomac National Bank."""

    label: Words
    value: Words


class Organisation(TypedDict):
    """Who issues a paper, or stands beside its issuer.

    name    the legal name
    registrations  what states ask of sellers of travel to print, one line for each
    mark    a file of static/papers/marks without its ending, or ""
    picture  the hash of a filed picture that is printed in its place
    accent  "teal", "red" or "ink": the one colour of this organisation's papers
    """

    name: Bilingual
    address: Bilingual
    phone: str
    email: str
    tax_id: str
    tax_id_label: Bilingual
    registrations: NotRequired[Bilingual]
    mark: str
    picture: NotRequired[str]
    accent: str


class Contact(TypedDict):
    """Whom to ask about a paper."""

    name: Words
    phone: str
    email: str


class Head(TypedDict):
    """What every paper has.

    kind       one of kinds.KINDS, or "pro_forma", which never has a number
    number     "" on a working copy or a pro-forma
    issued_at  the instant of issue; of a working copy, of its making
    zone       the issuer's zone, in which instants of this paper are told
    replaces   number and version of the paper that this one replaces, or ""
    sample     the paper comes from a demonstration and says so on every page
    """

    kind: str
    number: str
    version: int
    issued_at: str
    zone: str
    replaces: str
    seller: Organisation
    question: Contact
    sample: bool


class Signing(TypedDict):
    """Somebody who signs; signature is the hash of its picture, or "" where there is room for ink."""

    name: Bilingual
    position: Bilingual
    signature: str


class Signed(TypedDict):
    """Who signs a paper for its seller; seal is the hash of its picture, or "" where there is room for one."""

    people: list[Signing]
    seal: str


class Payer(TypedDict):
    """Whom an invoice is addressed to; the address has one line for each of its lines."""

    name: Words
    department: Words
    attention: Words
    address: Words
    email: str


class Order(TypedDict):
    """What the payer's own books call it; vendor_number is the payer's number for the seller."""

    po_number: str
    po_on: str
    vendor_number: str
    cost_centre: str
    requester: Words


class Attendee(TypedDict):
    """A participant: latin as papers print it (CHEN Guoliang, Emily HART), native in its own script or ""."""

    latin: str
    native: str
    title: Words


class Programme(TypedDict):
    """What is paid for; last_on is inclusive."""

    title: Bilingual
    first_on: str
    last_on: str
    place: Bilingual
    registration: str
    participants: list[Attendee]


class Line(TypedDict):
    """One line of a bill.

    detail    a second, smaller line: for whom, why reduced
    discount  negative, or None where there is none
    """

    po_line: str
    description: Words
    detail: Words
    first_on: str
    last_on: str
    quantity: int
    unit: Words
    unit_price: Amount
    discount: Amount | None
    amount: Amount


Means = Literal["card", "wire", "check", "ach", "cash", "alipay", "wechat_pay"]


class Payment(TypedDict):
    """Money received or paid back; the reference is the card's last four digits, or the check's or wire's number.

    amount      received money is negative in `payments`, as in the ledger, and positive in `paid`, as people say it
    going_back  it was asked to go back on that day, and had not left when the paper was issued
    """

    received_on: str
    means: Means
    reference: str
    amount: Amount
    going_back: NotRequired[bool]


class Instalment(TypedDict):
    """One part of the price with its own due date."""

    name: Words
    due_on: str
    amount: Amount
    state: Literal["paid", "due", "later"]


class Account(TypedDict):
    """One way to pay: its name (Check, ACH, Wire, 人民币汇款) and the facts a bank asks for, in order."""

    means: Words
    facts: list[Fact]


class Enclosure(TypedDict):
    """A PDF of the seller's whose pages follow behind the paper's own; sha256 names it among the kept files."""

    name: Bilingual
    sha256: str
    pages: int


class InvoiceSheet(Head):
    """An invoice, or a pro-forma (kind pro_forma: no number; due_on is then the day until which it holds).

    terms              "Net 30", on the face
    tax                the amount of tax, zero where exempt; tax_note says which law or certificate exempts
    payment_reference  what to write on every payment
    not_a_fapiao       the payer is Chinese and must read that this is no 发票
    notes              further sentences, such as the cancellation policy or that a W-9 follows
    enclosed           what follows behind its last page
    """

    currency: str
    payer: Payer
    order: Order
    programme: Programme
    lines: list[Line]
    gross: Amount
    discounts: Amount
    subtotal: Amount
    tax: Amount
    tax_note: Words
    total: Amount
    payments: list[Payment]
    balance: Amount
    terms: Words
    due_on: str
    instalments: list[Instalment]
    remit_to: list[Account]
    payment_reference: str
    not_a_fapiao: bool
    notes: list[Words]
    enclosed: NotRequired[list[Enclosure]]


class IncludedDay(TypedDict):
    """What one day of the programme already contains; travellers cut their per diem by it.

    part  of the programme, where it has tours before or after it, else ""
    """

    on: str
    part: NotRequired[Bilingual]
    night: bool
    breakfast: bool
    lunch: bool
    dinner: bool


class ReceiptSheet(InvoiceSheet):
    """A receipt for one payment.

    paid          the payment that it acknowledges
    invoice       the number of the invoice that it was paid on, or ""
    included      nights and meals by day
    """

    paid: Payment
    invoice: str
    included: list[IncludedDay]


class CreditNoteSheet(InvoiceSheet):
    """A credit note: amounts are positive and come off the invoice it names.

    credits     the number of the invoice
    credits_on  the date of the invoice
    reason      why it is taken back
    """

    credits: str
    credits_on: str
    reason: Words


class Letterhead(Head):
    """What statement, reminder and refund advice have in common with an invoice, but for its lines."""

    currency: str
    payer: Payer
    order: Order
    programme: Programme
    remit_to: list[Account]
    payment_reference: str
    not_a_fapiao: bool
    notes: list[Words]


class Movement(TypedDict):
    """One row of a statement.

    detail        for whom, or by what means
    paper         the number of the paper that goes with it, or ""
    registration  where several stand on one statement, else ""
    amount        what is charged or paid back is positive, what is paid or let off negative
    balance       after it
    """

    on: str
    what: Words
    detail: Words
    paper: str
    registration: str
    amount: Amount
    balance: Amount


AgeName = Literal["not_due", "1_30", "31_60", "61_90", "over_90", "not_invoiced"]


class Aged(TypedDict):
    """What has been overdue for so long."""

    age: AgeName
    amount: Amount


class StatementSheet(Letterhead):
    """A statement of account: of one folio, or of all that one payer has with an issuer in a currency.

    programmes  those whose bills stand on it; `programme` is the first
    first_on    the day from which movements are listed, or "" from the beginning; opening is the balance before it
    last_on     the last day, inclusive; closing is the balance at its end
    charged     the sum of what was charged and paid back in between
    credited    the sum of what was paid and let off, negative
    ages        the closing balance by how long it has been due; nothing where nothing is owed
    included    nights and meals by day
    """

    programmes: list[Programme]
    first_on: str
    last_on: str
    opening: Amount
    movements: list[Movement]
    charged: Amount
    credited: Amount
    closing: Amount
    ages: list[Aged]
    included: list[IncludedDay]


class Demand(TypedDict):
    """Something that should have been paid: an invoice, or one of its instalments.

    name       of the instalment, or ""
    number     of the invoice, or "" where none asks for it yet
    days_late  0 where it is due only now
    """

    name: Words
    number: str
    issued_on: str
    due_on: str
    days_late: int
    amount: Amount
    open: Amount


class ReminderSheet(Letterhead):
    """A payment reminder.

    level   1 is polite, 2 asks what holds it up, 3 is the last one
    pay_by  the day until which it now waits
    """

    level: int
    demands: list[Demand]
    total: Amount
    pay_by: str


class TakenBack(TypedDict):
    """One line that was taken back, or a fee that was kept; what was taken back is negative."""

    description: Words
    detail: Words
    amount: Amount


class PaidBack(TypedDict):
    """One way by which money goes back.

    means    in which it leaves; the reference as payers know it
    left_on  "" while it has not left
    """

    means: Literal["card", "wire", "check", "ach", "cash", "alipay", "wechat_pay"]
    reference: str
    left_on: str
    amount: Amount


class RefundAdviceSheet(Letterhead):
    """That money has left for the payer: over which means, when, and for which lines.

    refund       what this paper tells of
    origin       the payment that it goes back over
    parts        all that was asked to go back at the same time, this among it
    reason       why
    lines        what was taken back for it; nothing where the payer had paid too much
    credit_note  numbers of the credit notes, or ""
    charged, received, paid_back, balance  where the bill stands with it; balance is the sum of the three
    """

    refund: PaidBack
    origin: Payment
    parts: list[PaidBack]
    reason: Words
    lines: list[TakenBack]
    credit_note: str
    charged: Amount
    received: Amount
    paid_back: Amount
    balance: Amount


class Speaker(TypedDict):
    """Somebody who speaks at an item."""

    name: Bilingual
    title: Bilingual
    organisation: Bilingual
    bio: Bilingual


class Item(TypedDict):
    """One thing in a day.

    id            its public id, by which versions are compared
    starts, ends  what clocks show in zone and in ends_zone; no end is ""
    ends_on       the local date of the end where it is not the day's, else ""
    ends_zone     "" where it ends in the zone in which it starts
    fee           of an optional item, in minor units of the event's currency; None without one
    details       what `itineraries.details.Details` holds, as far as it is said; texts are `Bilingual`
    """

    id: NotRequired[str]
    kind: str
    starts: str
    zone: str
    ends: str
    ends_on: str
    ends_zone: str
    title: Bilingual
    place: Bilingual
    address: Bilingual
    notes: Bilingual
    nature: NotRequired[str]
    cost: NotRequired[str]
    group: NotRequired[str]
    optional: NotRequired[bool]
    capacity: NotRequired[int | None]
    fee: NotRequired[int | None]
    standing: NotRequired[str]
    standing_by: NotRequired[str]
    standing_on: NotRequired[str]
    details: NotRequired[dict[str, Any]]
    speakers: NotRequired[list[Speaker]]


class Day(TypedDict):
    """One day: its number from 1, its date, and the part of the programme (pre-tour) it belongs to, if it has parts.

    id      its public id
    add_on  public id of the tour that it belongs to, or ""; city_id of its city, country its two letters
    number  0 before the event's first day, when people arrive
    hotel   in which the night after it is spent, or ""
    """

    id: NotRequired[str]
    add_on: NotRequired[str]
    city_id: NotRequired[str]
    country: NotRequired[str]
    number: int
    on: str
    part: Bilingual
    city: Bilingual
    hotel: NotRequired[Bilingual]
    title: Bilingual
    items: list[Item]


class ItinerarySheet(Head):
    """An itinerary; partners stand beside the organiser (the seller) on the cover.

    programme_version  of the itinerary that is printed; None where it is the draft
    """

    programme_version: NotRequired[int | None]
    currency: NotRequired[str]
    title: Bilingual
    direction: Bilingual
    summary: Bilingual
    first_on: str
    last_on: str
    cities: list[Bilingual]
    partners: list[Organisation]
    days: list[Day]


class RosterRow(TypedDict):
    """One person in protocol order; what nobody on the roster has prints no column.

    role     in the delegation: leader, treasurer
    group    of a divided programme, into which the person was put: "a", "b", "guests" or ""
    tours    those before and after the programme that the person takes
    arrival  in words with its zone
    """

    latin: str
    native: str
    title: Words
    organisation: Words
    country: str
    role: Words
    group: NotRequired[str]
    tours: NotRequired[Words]
    arrival: Words


class Session(TypedDict):
    """One column to sign in: a half day; starts is HH:MM in the sheet's zone."""

    on: str
    name: Bilingual
    starts: str


class RosterSheet(Head):
    """Roster cut B, for host and security desk: no birth date, no passport.

    meeting       where and when, or ""
    show_country  only where the host's security desk asked for it
    sessions      none prints the roster, some print a sheet to sign
    destroy_on    the day after which the receiver is asked to destroy it, or ""
    """

    title: Bilingual
    receiver: Words
    meeting: Words
    show_country: bool
    show_arrival: bool
    rows: list[RosterRow]
    sessions: list[Session]
    destroy_on: str
