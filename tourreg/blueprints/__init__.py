"""HTTP only: one list of every blueprint and where it stands."""

from flask import Blueprint, Flask

from tourreg.blueprints import health, mailbox
from tourreg.blueprints.city import profile as city_profile
from tourreg.blueprints.hooks import stripe
from tourreg.blueprints.my import bills as my_bills
from tourreg.blueprints.my import cancellation as my_cancellation
from tourreg.blueprints.my import consents as my_consents
from tourreg.blueprints.my import details as my_details
from tourreg.blueprints.my import fresh_code, links, pay
from tourreg.blueprints.my import home as my_home
from tourreg.blueprints.my import orders as my_orders
from tourreg.blueprints.my import papers as my_papers
from tourreg.blueprints.my import sign_in as my_sign_in
from tourreg.blueprints.office import (
    account,
    account_papers,
    approvals,
    bank,
    bank_certain,
    bank_import,
    bank_lines,
    batches,
    bill_plans,
    bills,
    board,
    books,
    cancellations,
    cases,
    choose_password,
    cities,
    codes,
    comparisons,
    corrections,
    event_book,
    event_papers,
    event_refunds,
    event_terms,
    events,
    hosts,
    inbox,
    invoices,
    itineraries,
    itinerary_item,
    itinerary_versions,
    letters,
    members,
    money,
    order_files,
    orders,
    paper_page,
    papers,
    payers,
    payment_plans,
    payments,
    registration,
    registrations,
    replacements,
    sellers,
    sign_in,
    speakers,
    staff,
    tasks,
    translations,
)
from tourreg.blueprints.office import quotes as office_quotes
from tourreg.blueprints.public import catalogue, front, host, quotes, register, search_engines, verify

PUBLIC = "/<any(en, zh):language>"

BLUEPRINTS: tuple[tuple[Blueprint, str], ...] = (
    (health.blueprint, ""),
    (mailbox.blueprint, ""),
    (front.entrance, ""),
    (search_engines.blueprint, ""),
    (front.blueprint, PUBLIC),
    (catalogue.blueprint, PUBLIC),
    (register.blueprint, PUBLIC),
    (host.blueprint, PUBLIC),
    (quotes.blueprint, PUBLIC),
    (verify.entrance, ""),
    (verify.blueprint, PUBLIC),
    (my_home.blueprint, ""),
    (my_sign_in.blueprint, ""),
    (links.blueprint, ""),
    (city_profile.blueprint, ""),
    (sign_in.blueprint, "/office"),
    (choose_password.blueprint, "/office"),
    (account.blueprint, "/office"),
    (staff.blueprint, "/office"),
    (pay.blueprint, ""),
    (my_papers.blueprint, ""),
    (my_bills.blueprint, ""),
    (my_orders.blueprint, ""),
    (fresh_code.blueprint, ""),
    (my_details.blueprint, ""),
    (my_cancellation.blueprint, ""),
    (my_consents.blueprint, ""),
    (stripe.blueprint, ""),
    (papers.blueprint, "/office"),
    (paper_page.blueprint, "/office"),
    (event_papers.blueprint, "/office"),
    (itinerary_versions.blueprint, "/office"),
    (itinerary_item.blueprint, ""),
    (event_book.blueprint, "/office"),
    (speakers.blueprint, "/office"),
    (batches.blueprint, "/office"),
    (office_quotes.blueprint, "/office"),
    (registration.blueprint, "/office"),
    (registrations.blueprint, "/office"),
    (corrections.blueprint, "/office"),
    (replacements.blueprint, "/office"),
    (letters.blueprint, "/office"),
    (tasks.blueprint, "/office"),
    (translations.blueprint, "/office"),
    (hosts.blueprint, "/office"),
    (money.blueprint, "/office"),
    (cases.blueprint, "/office"),
    (comparisons.blueprint, "/office"),
    (inbox.blueprint, "/office"),
    (books.blueprint, "/office"),
    (bank.blueprint, "/office"),
    (bank_import.blueprint, "/office"),
    (bank_lines.blueprint, "/office"),
    (bank_certain.blueprint, "/office"),
    (orders.blueprint, "/office"),
    (order_files.blueprint, "/office"),
    (bills.blueprint, "/office"),
    (payers.blueprint, "/office"),
    (bill_plans.blueprint, "/office"),
    (payments.blueprint, "/office"),
    (invoices.blueprint, "/office"),
    (account_papers.blueprint, "/office"),
    (sellers.blueprint, "/office"),
    (cancellations.blueprint, "/office"),
    (event_refunds.blueprint, "/office"),
    (board.blueprint, ""),
    (events.blueprint, ""),
    (payment_plans.blueprint, ""),
    (event_terms.blueprint, ""),
    (itineraries.blueprint, ""),
    (cities.blueprint, ""),
    (codes.blueprint, "/office"),
    (members.blueprint, "/office"),
    (approvals.blueprint, "/office"),
)


def register_all(app: Flask) -> None:
    for blueprint, prefix in BLUEPRINTS:
        app.register_blueprint(blueprint, url_prefix=prefix or None)
