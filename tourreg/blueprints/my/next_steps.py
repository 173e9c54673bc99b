"""What happens next with a registration, and where its parts stand, in words for the person who made it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tourreg import formats
from tourreg.blueprints.gettext import _, ngettext
from tourreg.blueprints.languages import language
from tourreg.domain.billing.dues import Due, overdue_of
from tourreg.domain.billing.models import Entry
from tourreg.domain.billing.rules import MoneyStanding
from tourreg.domain.registrations import holds
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.states import State
from tourreg.kernel.clock import local_day
from tourreg.kernel.money import Money


@dataclass(frozen=True)
class Next:
    """The one thing to know or to do.

    action  "pay", "register" or "" where nothing is to be done
    """

    title: str
    sentence: str
    action: str = ""


@dataclass(frozen=True)
class Line:
    """Where one part stands: a sentence, then a tag with its state in the style sheet."""

    name: str
    sentence: str
    tag: str
    words: str


@dataclass(frozen=True)
class Situation:
    """What the page is made from.

    awaited  whether money is on its way that takes days
    due_on   last day on which the open invoice is to be paid
    papers   how many are issued, and how many of these can be opened
    dues     the instalments of the bill; none where it is paid in full
    next_due what is to be paid next
    shared   whether the bill is one of several registrations, and another person's to pay
    """

    registration: Registration
    state: State
    money: MoneyStanding
    awaited: bool
    due_on: date | None
    papers: tuple[int, int]
    dues: tuple[Due, ...]
    next_due: Money
    now: datetime
    shared: bool = False

    @property
    def today(self) -> date:
        return local_day(self.now, self.registration.event.zone)

    @property
    def overdue(self) -> Money:
        return overdue_of(self.dues, self.today, self.registration.folio.currency)

    @property
    def held_until(self) -> datetime | None:
        return holds.held_until(self.registration)

    @property
    def is_over(self) -> bool:
        """Tell whether the hold has ended, be its seats freed already or in the next minute."""
        return self.state == "expired" or (not self.awaited and holds.is_over(self.registration, self.now))

    @property
    def asks_to_cancel(self) -> bool:
        return self.registration.cancellation_state == "asked"

    @property
    def may_pay(self) -> bool:
        waits = self.state in ("held", "asked", "confirmed")
        return bool(self.money.owed) and waits and not self.is_over and not self.awaited and not self.shared

    def sum_of(self, entry: Entry) -> Money:
        return Money(entry.amount_minor, self.registration.folio.currency)

    @property
    def until(self) -> str:
        """Return when the hold ends, in the event's zone."""
        zone = self.registration.event.zone
        return formats.instant(self.held_until, zone, language()) if self.held_until else ""


def next_step(at: Situation) -> Next:
    """Return what the person should know or do first."""
    if at.is_over:
        return Next(_("Your seats are no longer held"), _over(at), "register")
    if at.state == "cancelled":
        return Next(_("This registration is cancelled"), _cancelled(at))
    if at.awaited:
        return Next(
            _("Your payment is on its way"), _("We write to you as soon as it arrives; please do not pay twice.")
        )
    if at.asks_to_cancel:
        return Next(
            _("Our office reads your request to cancel"),
            _("We answer by letter. Until then your registration stands as it is."),
        )
    if at.state == "review":
        return Next(
            _("Our office looks at the fee that you chose"),
            _("The seats are held until we answer by letter. Nothing is to be paid before."),
        )
    return _to_pay(at)


def _to_pay(at: Situation) -> Next:
    if at.shared and at.money.owed:
        return Next(_("Your bill is paid together with others"), _shared(at))
    if at.state == "asked":
        return Next(_("Our finance office reads your request"), _asked(at), "pay")
    if at.state == "held":
        sentence = _held(at)
        return Next(_("Pay to keep your seats"), sentence, "pay")
    if at.overdue:
        return Next(_("A payment is overdue"), _overdue(at), "pay")
    if at.money.owed:
        return Next(_("Pay what is open"), _open(at), "pay")
    return Next(
        _("Everything is done"), _("The seats are yours. Look at the days of the programme and prepare your trip.")
    )


def standing_lines(at: Situation) -> list[Line]:
    """Return application, seats, money and papers, each in words and with a tag; and a request to cancel, if any."""
    return [_application(at), _seats(at), _money(at), _papers(at), *_cancellation(at)]


def _over(at: Situation) -> str:
    if at.money.kept:
        return _("The hold ended before your payment came. Your money is safe; somebody in our office writes to you.")
    return _("The hold ended before a payment came. You owe nothing; register again while seats are left.")


def _cancelled(at: Situation) -> str:
    if at.money.kept:
        amount = formats.money(at.money.kept, language())
        return _("%(amount)s goes back to you the way it came; we write when it has left.", amount=amount)
    if at.money.paid_back:
        return _("%(amount)s has gone back to you.", amount=formats.money(at.money.paid_back, language()))
    return _("Nothing is owed, and nothing is to be done.")


def _shared(at: Situation) -> str:
    payer = at.registration.folio.payer_name
    if at.held_until is None:
        return _("The seats are yours. %(payer)s pays one bill for all of you.", payer=payer)
    return _(
        "%(payer)s pays one bill for all of you. Your seats are held until %(until)s.", payer=payer, until=at.until
    )


def _asked(at: Situation) -> str:
    return _(
        "You asked to pay by invoice. The seats are held until %(until)s; we answer by then. You can also pay at once.",
        until=at.until,
    )


def _held(at: Situation) -> str:
    amount = formats.money(at.next_due, language())
    if at.money.kept:
        received = formats.money(at.money.kept, language())
        return _(
            "%(received)s has arrived. Pay %(amount)s more by %(until)s and the seats are yours.",
            received=received,
            amount=amount,
            until=at.until,
        )
    if at.next_due < at.money.owed:
        return _(
            "The seats are held until %(until)s. Pay the first part, %(amount)s, by then and they are yours.",
            until=at.until,
            amount=amount,
        )
    return _("The seats are held until %(until)s. Pay by then and they are yours.", until=at.until)


def _overdue(at: Situation) -> str:
    due = next(due for due in at.dues if due.is_next)
    day = formats.deadline(due.due_on, at.registration.event.zone, language())
    amount = formats.money(at.overdue, language())
    return _("%(amount)s was to be paid by %(day)s. Pay it soon, so that you keep your seats.", amount=amount, day=day)


def _open(at: Situation) -> str:
    following = next((due for due in at.dues if due.is_next), None)
    if following is not None and following.open < at.money.owed:
        day = formats.deadline(following.due_on, at.registration.event.zone, language())
        return _(
            "The seats are yours. %(amount)s is to be paid by %(day)s, and %(rest)s later.",
            amount=formats.money(following.open, language()),
            day=day,
            rest=formats.money(at.money.owed - following.open, language()),
        )
    amount = formats.money(at.money.owed, language())
    if at.due_on is None:
        return _("The seats are yours. %(amount)s is still to be paid.", amount=amount)
    day = formats.deadline(at.due_on, at.registration.event.zone, language())
    return _("The seats are yours. %(amount)s is to be paid by %(day)s.", amount=amount, day=day)


def _application(at: Situation) -> Line:
    states = {participant.application_state for participant in at.registration.participants}
    if states == {"accepted"}:
        return Line(_("Application"), _("Admission is open: all are accepted."), "good", _("Accepted"))
    if at.registration.is_withdrawn:
        return Line(_("Application"), _("It was withdrawn or declined."), "over", _("Ended"))
    return Line(_("Application"), _("It is being looked at."), "wait", _("Waits"))


def _seats(at: Situation) -> Line:
    count = len(at.registration.participants)
    if at.is_over or at.state == "cancelled":
        return Line(_("Your seats"), _("They were given back."), "over", _("Freed"))
    if at.state in ("held", "asked"):
        words = ngettext(
            "%(num)d seat is held until %(until)s.", "%(num)d seats are held until %(until)s.", count, until=at.until
        )
        return Line(_("Your seats"), words, "wait", _("Held"))
    return Line(
        _("Your seats"), ngettext("%(num)d seat is yours.", "%(num)d seats are yours.", count), "good", _("Confirmed")
    )


def _money(at: Situation) -> Line:
    if at.shared and at.money.charged:
        return _shared_money(at)
    received, charged = (formats.money(sum_, language()) for sum_ in (at.money.kept, at.money.charged))
    sentence = _("%(received)s of %(charged)s has arrived.", received=received, charged=charged)
    if not at.money.charged:
        sentence = _without_charge(at)
    if at.awaited:
        return Line(_("Money"), sentence, "news", _("On its way"))
    if at.money.state == "owed":
        return Line(_("Money"), sentence, "wait", _("To be paid"))
    tag, words = {
        "part_paid": ("wait", _("Partly paid")),
        "paid": ("good", _("Paid")),
        "overpaid": ("news", _("More than owed")),
        "refunded": ("over", _("Refunded")),
    }.get(at.money.state, ("", _("Nothing owed")))
    return Line(_("Money"), sentence, tag, words)


def _shared_money(at: Situation) -> Line:
    """Say who pays, and no amounts: they are for others too."""
    sentence = _("%(payer)s pays one bill for all of you.", payer=at.registration.folio.payer_name)
    tag, words = ("wait", _("To be paid")) if at.money.owed else ("good", _("Paid"))
    return Line(_("Money"), sentence, tag, words)


def _cancellation(at: Situation) -> list[Line]:
    if at.asks_to_cancel:
        return [Line(_("Cancellation"), _("You asked for it; our office answers by letter."), "news", _("Asked for"))]
    if at.registration.cancellation_state == "kept" and at.state != "cancelled":
        return [Line(_("Cancellation"), _("Our office kept your registration; its letter says why."), "", _("Kept"))]
    return []


def _without_charge(at: Situation) -> str:
    if not at.money.received:
        return _("Nothing is charged.")
    return _over(at) if at.is_over else _cancelled(at)


def _papers(at: Situation) -> Line:
    issued, ready = at.papers
    if not issued:
        return Line(_("Papers"), _("The invoice is issued once the seats are sure."), "", _("Not yet"))
    if ready < issued:
        return Line(_("Papers"), _("Some are being made; they come in a minute."), "wait", _("Being made"))
    words = ngettext("%(num)d paper is ready.", "%(num)d papers are ready.", ready)
    return Line(_("Papers"), words, "good", _("Ready"))
