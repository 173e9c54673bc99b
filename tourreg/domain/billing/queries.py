"""What the ledger holds."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, Select, distinct, func, select
from sqlalchemy.orm import joinedload

from tourreg.db import db
from tourreg.domain.billing.models import AgreedInstalment, Entry, Folio, Invoice, InvoicedEntry, Receipt, Refund
from tourreg.domain.billing.plans import Instalment
from tourreg.domain.billing.rules import LINE_KINDS, MoneyStanding, money_standing
from tourreg.domain.papers.models import Paper
from tourreg.kernel.money import Money

CHARGED_KINDS = ("charge", "discount", "cancellation_fee", "cancellation")


def balance(folio: Folio) -> Money:
    """Return what is still owed; negative when more came than was charged."""
    summed = db.session.scalar(select(func.coalesce(func.sum(Entry.amount_minor), 0)).where(Entry.folio_id == folio.id))
    return Money(int(summed or 0), folio.currency)


def standing(folio: Folio) -> MoneyStanding:
    """Return where the folio stands."""
    return money_standing(entries_of(folio), folio.currency)


def entries_of(folio: Folio) -> list[Entry]:
    """Return the folio's postings as the database has them now, oldest first."""
    return list(db.session.scalars(select(Entry).where(Entry.folio_id == folio.id).order_by(Entry.id)))


def entries_of_all(folios: Sequence[Folio]) -> list[Entry]:
    """Return the postings of several folios, oldest first."""
    theirs = select(Entry).where(Entry.folio_id.in_([folio.id for folio in folios]))
    return list(db.session.scalars(theirs.order_by(Entry.id)))


def agreed_on(which: ColumnElement[bool]) -> dict[int, list[Instalment]]:
    """Return the instalments that were agreed, earliest first, by the id of their folio, in one statement.

    which  folios
    """
    chosen = (
        select(AgreedInstalment.folio_id, Folio.currency, AgreedInstalment.due_on, AgreedInstalment.amount_minor)
        .join(AgreedInstalment.folio)
        .where(which)
        .order_by(AgreedInstalment.folio_id, AgreedInstalment.position)
    )
    agreed: dict[int, list[Instalment]] = defaultdict(list)
    for folio_id, currency, due_on, minor in db.session.execute(chosen):
        agreed[folio_id].append(Instalment(due_on, Money(minor, currency)))
    return agreed


def papers_by_entry(entries: Sequence[Entry]) -> dict[int, str]:
    """Return the number of the paper that goes with each posting, by the posting's id, in as many statements as kinds.

    A line has its last invoice, a payment its receipt, a refund its advice, what was taken back its credit note.
    """
    kinds = {kind: [entry for entry in entries if entry.kind == kind] for kind in ("payment", "refund")}
    taken_back = {entry.reverses_id: entry.id for entry in entries if entry.reverses_id}
    lines = {entry.id: entry.id for entry in entries if entry.kind in LINE_KINDS}
    return {
        **_numbers(lines, taken_back),
        **_receipts(kinds["payment"]),
        **_advices(kinds["refund"]),
    }


def _receipts(payments: Sequence[Entry]) -> dict[int, str]:
    if not payments:
        return {}
    wanted = Receipt.payment_id.in_([payment.id for payment in payments])
    found = db.session.execute(select(Receipt.payment_id, Paper.number).join(Receipt.paper).where(wanted))
    return {payment_id: number for payment_id, number in found}  # noqa: C416 - rows are no pairs to mypy


def _advices(refunds: Sequence[Entry]) -> dict[int, str]:
    if not refunds:
        return {}
    keys = {advice_key(refund): refund.id for refund in refunds}
    found = select(Paper.submission_key, Paper.number).where(Paper.submission_key.in_(list(keys)))
    return {keys[str(key)]: number for key, number in db.session.execute(found)}


def advice_key(refund: Entry) -> str:
    """Return the key under which the advice of a refund is issued, once."""
    return f"refund:{refund.public_id}"


def _numbers(lines: Mapping[int, int], taken_back: Mapping[int, int]) -> dict[int, str]:
    """Return the number of each line's last invoice, and that of the credit note of what was taken back.

    taken_back  the posting that took a line back, by the id of the line
    """
    listed = (
        select(Invoice.kind, InvoicedEntry.entry_id, Paper.number)
        .join(InvoicedEntry.invoice)
        .join(Invoice.paper)
        .where(InvoicedEntry.entry_id.in_([*lines, *taken_back]))
        .order_by(Invoice.id)
    )
    named = {"invoice": lines, "credit_note": taken_back}
    found = db.session.execute(listed) if lines or taken_back else ()
    return {named[kind][line_id]: number for kind, line_id, number in found if line_id in named[kind]}


def posted(reference: str) -> Entry | None:
    """Return what was posted under a reference."""
    return db.session.scalar(select(Entry).where(Entry.reference == reference))


def first_reference(line: Entry) -> str:
    """Return the reference under which a line was charged first, however often it was charged again or moved since."""
    reference = line.reference
    while (parts := reference.partition(":"))[0] in ("again", "moved"):
        cancellation = db.session.scalars(select(Entry).where(Entry.public_id == parts[2])).one()
        if cancellation.reverses is None:
            raise ValueError(f"{cancellation.reference} took nothing back")
        reference = cancellation.reverses.reference
    return reference


def next_reference(wanted: str) -> str:
    """Return the reference, with a number behind it where it or its like was posted before."""
    alike = (Entry.reference == wanted) | Entry.reference.startswith(f"{wanted}:", autoescape=True)
    before = db.session.scalar(select(func.count(Entry.id)).where(alike)) or 0
    return f"{wanted}:{before + 1}" if before else wanted


def with_lines(folio_ids: Collection[int]) -> set[int]:
    """Return which of the folios charge for anything still."""
    charged = select(Entry.folio_id).where(Entry.folio_id.in_(folio_ids), Entry.kind.in_(CHARGED_KINDS))
    return set(db.session.scalars(charged.group_by(Entry.folio_id).having(func.sum(Entry.amount_minor) != 0)))


def folio_of_payer(email: str, name: str, *, event: str, issuer_id: int, currency: str) -> Folio | None:
    """Return the folio that a payer has for an event in a currency, known by name and address."""
    theirs = select(Folio).where(
        Folio.event == event,
        Folio.issuer_id == issuer_id,
        Folio.currency == currency,
        func.lower(Folio.payer_email) == email.lower(),
        func.lower(Folio.payer_name) == name.lower(),
    )
    return db.session.scalar(theirs.order_by(Folio.id).limit(1))


def recorded_by(submission_key: str) -> Entry | None:
    """Return what a form recorded that was sent before."""
    return db.session.scalar(select(Entry).where(Entry.submission_key == submission_key))


def same_money_elsewhere(folio: Folio, means: str, number: str) -> Entry | None:
    """Return a payment by the same wire, check or ACH on another folio of the same seller.

    number  as `rules.normal_number` writes it
    """
    known = (
        select(Entry)
        .join(Entry.folio)
        .where(
            Entry.kind == "payment",
            Entry.means == means,
            Entry.reference.endswith(f":{number}", autoescape=True),
            Folio.issuer_id == folio.issuer_id,
            Folio.id != folio.id,
        )
    )
    return db.session.scalar(known.limit(1))


def live_invoices(folio: Folio) -> list[Invoice]:
    """Return the invoices that no credit note took back, oldest first."""
    return live_invoices_of([folio])


def live_invoices_of(folios: Sequence[Folio]) -> list[Invoice]:
    """Return the invoices of several folios that no credit note took back, oldest first."""
    return list(db.session.scalars(_live_invoices(*folios)))


def invoices_asking_for(folio: Folio, entry_ids: Collection[int]) -> list[Invoice]:
    """Return the invoices that no credit note took back and that ask for one of these postings, oldest first."""
    asking = select(InvoicedEntry.invoice_id).where(InvoicedEntry.entry_id.in_(entry_ids))
    return list(db.session.scalars(_live_invoices(folio).where(Invoice.id.in_(asking))))


def folios_of_payer(folio: Folio) -> list[Folio]:
    """Return all folios of a folio's payer with its issuer in its currency, oldest first: same name, same address."""
    theirs = select(Folio).where(
        Folio.issuer_id == folio.issuer_id,
        Folio.currency == folio.currency,
        func.lower(Folio.payer_name) == func.lower(folio.payer_name),
        func.lower(Folio.payer_email) == func.lower(folio.payer_email),
    )
    return list(db.session.scalars(theirs.order_by(Folio.id)))


def accounts_of(email: str) -> list[tuple[Folio, int, Money]]:
    """Return the accounts of a payer's address: the latest bill of each, how many bills it has, and their balance.

    Bills of one name, seller and currency are one account, as `folios_of_payer` finds them; newest account first.
    """
    name = func.lower(Folio.payer_name)
    theirs = (
        select(func.max(Folio.id), func.count(distinct(Folio.id)), func.coalesce(func.sum(Entry.amount_minor), 0))
        .outerjoin(Folio.entries)
        .where(func.lower(Folio.payer_email) == email.lower())
        .group_by(name, Folio.issuer_id, Folio.currency)
    )
    sums = {latest: (bills, int(minor)) for latest, bills, minor in db.session.execute(theirs)}
    latest = select(Folio).where(Folio.id.in_(sums)).options(joinedload(Folio.issuer)).order_by(Folio.id.desc())
    return [
        (folio, sums[folio.id][0], Money(sums[folio.id][1], folio.currency)) for folio in db.session.scalars(latest)
    ]


def receipt_of(payment: Entry) -> Receipt | None:
    """Return the receipt that acknowledges a payment."""
    return db.session.scalar(select(Receipt).where(Receipt.payment_id == payment.id))


def left_of_payments(folio: Folio, entries: Sequence[Entry] | None = None) -> list[tuple[Entry, Money]]:
    """Return each payment with what has neither gone back nor is on its way back, even if that failed once.

    entries  of the folio, where they are read already
    """
    asked = select(Refund.payment_id, func.sum(Refund.amount_minor)).where(Refund.folio_id == folio.id)
    going_back = {payment_id: int(minor) for payment_id, minor in db.session.execute(asked.group_by(Refund.payment_id))}
    return [
        (entry, Money(-entry.amount_minor - going_back.get(entry.id, 0), folio.currency))
        for entry in (entries_of(folio) if entries is None else entries)
        if entry.kind == "payment"
    ]


def overpaid(folio: Folio) -> Money:
    """Return what was paid beyond the bill and is not on its way back already."""
    return max(standing(folio).overpaid - on_its_way_back(folio), Money(0, folio.currency))


def on_its_way_back(folio: Folio) -> Money:
    """Return what was asked to go back and has not left yet."""
    waiting = select(func.coalesce(func.sum(Refund.amount_minor), 0)).where(
        Refund.folio_id == folio.id, Refund.state != "succeeded"
    )
    return Money(int(db.session.scalar(waiting) or 0), folio.currency)


def refunds_of(folio: Folio) -> list[Refund]:
    """Return the folio's refunds, oldest first."""
    return list(db.session.scalars(select(Refund).where(Refund.folio_id == folio.id).order_by(Refund.id)))


def refund_by_public_id(public_id: str) -> Refund | None:
    return db.session.scalar(select(Refund).where(Refund.public_id == public_id))


def refund_by_external_id(external_id: str) -> Refund | None:
    return db.session.scalar(select(Refund).where(Refund.external_id == external_id))


def folio_by_reference(reference: str) -> Folio | None:
    """Return the bill that people know by a reference."""
    return db.session.scalar(select(Folio).where(Folio.reference == reference))


def folio_by_public_id(public_id: str) -> Folio | None:
    """Return the folio with its seller."""
    return db.session.scalar(select(Folio).where(Folio.public_id == public_id).options(joinedload(Folio.issuer)))


def invoice_by_public_id(public_id: str) -> Invoice | None:
    return db.session.scalar(select(Invoice).where(Invoice.public_id == public_id, Invoice.kind == "invoice"))


def credit_note_of(invoice: Invoice) -> Invoice | None:
    """Return the credit note that took an invoice back."""
    return db.session.scalar(select(Invoice).where(Invoice.credits_id == invoice.id))


def refunds_asked_by(key: str) -> list[Refund]:
    """Return the refunds that were asked for under a key, one for each payment."""
    return list(db.session.scalars(select(Refund).where(Refund.key.startswith(f"{key}:", autoescape=True))))


def _live_invoices(*folios: Folio) -> Select[Invoice]:
    ids = [folio.id for folio in folios]
    credited = select(Invoice.credits_id).where(Invoice.folio_id.in_(ids), Invoice.credits_id.is_not(None))
    live = select(Invoice).where(Invoice.folio_id.in_(ids), Invoice.kind == "invoice", Invoice.id.not_in(credited))
    return live.order_by(Invoice.id)
