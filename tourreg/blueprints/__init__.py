"""HTTP only: one list of every blueprint and where it stands."""

from flask import Blueprint, Flask

from tourreg.blueprints import health, mailbox
from tourreg.blueprints.city import after as city_after
from tourreg.blueprints.city import contacts as city_contacts
from tourreg.blueprints.city import days as city_days
from tourreg.blueprints.city import offer_approvals
from tourreg.blueprints.city import offers as city_offers
from tourreg.blueprints.city import particulars as city_particulars
from tourreg.blueprints.city import people as city_people
from tourreg.blueprints.city import profile as city_profile
from tourreg.blueprints.city import questions as city_questions
from tourreg.blueprints.city import recognition as city_recognition
from tourreg.blueprints.city import request_papers as city_request_papers
from tourreg.blueprints.city import requests as city_requests
from tourreg.blueprints.city import sites as city_sites
from tourreg.blueprints.city import visit_files as city_files
from tourreg.blueprints.hooks import stripe
from tourreg.blueprints.my import bills as my_bills
from tourreg.blueprints.my import cancellation as my_cancellation
from tourreg.blueprints.my import consents as my_consents
from tourreg.blueprints.my import details as my_details
from tourreg.blueprints.my import fresh_code, links, pay
from tourreg.blueprints.my import home as my_home
from tourreg.blueprints.my import itinerary as my_itinerary
from tourreg.blueprints.my import itinerary_links as my_itinerary_links
from tourreg.blueprints.my import options as my_options
from tourreg.blueprints.my import orders as my_orders
from tourreg.blueprints.my import papers as my_papers
from tourreg.blueprints.my import sign_in as my_sign_in
from tourreg.blueprints.my import travel as my_travel
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
    certificate,
    certificates,
    choose_password,
    cities,
    city_letters,
    city_list,
    codes,
    comparisons,
    corrections,
    event_book,
    event_options,
    event_papers,
    event_refunds,
    event_terms,
    events,
    host_contacts,
    host_history,
    host_particulars,
    hosting,
    hosting_days,
    hosting_reports,
    hosting_talk,
    hosts,
    hotels,
    inbox,
    invoices,
    itineraries,
    itinerary_copy,
    itinerary_item,
    itinerary_spreadsheet,
    itinerary_versions,
    legs,
    letterheads,
    letters,
    members,
    money,
    offer_calendar,
    offer_writing,
    option_choices,
    order_files,
    orders,
    paper_page,
    papers,
    payers,
    payment_plans,
    payments,
    proposals,
    registration,
    registrations,
    replacements,
    room_wishes,
    rooming,
    rooming_workbook,
    routes,
    security_desks,
    sellers,
    sign_in,
    speakers,
    staff,
    tasks,
    topics,
    translations,
    version_holders,
)
from tourreg.blueprints.office import groups as office_groups
from tourreg.blueprints.office import offers as office_offers
from tourreg.blueprints.office import quotes as office_quotes
from tourreg.blueprints.office import sites as office_sites
from tourreg.blueprints.office import travel as office_travel
from tourreg.blueprints.public import (
    catalogue,
    front,
    host,
    host_cities,
    host_join,
    quotes,
    register,
    search_engines,
    verify,
)

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
    (host_cities.blueprint, PUBLIC),
    (host_join.blueprint, PUBLIC),
    (quotes.blueprint, PUBLIC),
    (verify.entrance, ""),
    (verify.blueprint, PUBLIC),
    (my_home.blueprint, ""),
    (my_sign_in.blueprint, ""),
    (links.blueprint, ""),
    (city_profile.blueprint, ""),
    (city_offers.blueprint, ""),
    (city_requests.blueprint, ""),
    (city_request_papers.blueprint, ""),
    (city_days.blueprint, ""),
    (city_people.blueprint, ""),
    (city_questions.blueprint, ""),
    (city_files.blueprint, ""),
    (city_after.blueprint, ""),
    (city_recognition.blueprint, ""),
    (certificates.blueprint, "/office"),
    (host_history.blueprint, "/office"),
    (certificate.blueprint, "/office"),
    (offer_approvals.blueprint, ""),
    (city_sites.blueprint, ""),
    (office_offers.blueprint, "/office"),
    (offer_writing.blueprint, "/office"),
    (office_sites.blueprint, "/office"),
    (city_particulars.blueprint, ""),
    (city_contacts.blueprint, ""),
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
    (my_travel.blueprint, ""),
    (my_cancellation.blueprint, ""),
    (my_options.blueprint, ""),
    (my_itinerary.blueprint, ""),
    (my_itinerary_links.blueprint, ""),
    (my_consents.blueprint, ""),
    (stripe.blueprint, ""),
    (papers.blueprint, "/office"),
    (paper_page.blueprint, "/office"),
    (event_papers.blueprint, "/office"),
    (itinerary_versions.blueprint, "/office"),
    (version_holders.blueprint, "/office"),
    (event_options.blueprint, "/office"),
    (option_choices.blueprint, "/office"),
    (itinerary_item.blueprint, ""),
    (event_book.blueprint, "/office"),
    (itinerary_copy.blueprint, "/office"),
    (itinerary_spreadsheet.blueprint, "/office"),
    (speakers.blueprint, "/office"),
    (batches.blueprint, "/office"),
    (hotels.blueprint, "/office"),
    (office_travel.blueprint, "/office"),
    (office_groups.blueprint, "/office"),
    (rooming.blueprint, "/office"),
    (rooming_workbook.blueprint, "/office"),
    (room_wishes.blueprint, "/office"),
    (office_quotes.blueprint, "/office"),
    (registration.blueprint, "/office"),
    (registrations.blueprint, "/office"),
    (corrections.blueprint, "/office"),
    (replacements.blueprint, "/office"),
    (letters.blueprint, "/office"),
    (tasks.blueprint, "/office"),
    (translations.blueprint, "/office"),
    (hosting.blueprint, "/office"),
    (hosting_days.blueprint, "/office"),
    (hosting_talk.blueprint, "/office"),
    (hosting_reports.blueprint, "/office"),
    (proposals.blueprint, "/office"),
    (legs.blueprint, "/office"),
    (routes.blueprint, "/office"),
    (hosts.blueprint, "/office"),
    (host_particulars.blueprint, "/office"),
    (host_contacts.blueprint, "/office"),
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
    (security_desks.blueprint, "/office"),
    (topics.blueprint, "/office"),
    (letterheads.blueprint, "/office"),
    (cancellations.blueprint, "/office"),
    (event_refunds.blueprint, "/office"),
    (board.blueprint, ""),
    (events.blueprint, ""),
    (payment_plans.blueprint, ""),
    (event_terms.blueprint, ""),
    (itineraries.blueprint, ""),
    (cities.blueprint, ""),
    (city_list.blueprint, ""),
    (city_letters.blueprint, ""),
    (offer_calendar.blueprint, "/office"),
    (codes.blueprint, "/office"),
    (members.blueprint, "/office"),
    (approvals.blueprint, "/office"),
)


def register_all(app: Flask) -> None:
    for blueprint, prefix in BLUEPRINTS:
        app.register_blueprint(blueprint, url_prefix=prefix or None)
