"""`tourreg demo`: the sample season made once, then served."""

from pathlib import Path

import click
from flask import Flask
from passlib.totp import TOTP

from tourreg import create_app, schema
from tourreg.blueprints import outside
from tourreg.demo.bank import make_statements
from tourreg.demo.bookings import Desk
from tourreg.demo.chosen_options import choose_some
from tourreg.demo.city_letter import write_to_some_cities
from tourreg.demo.discounts import make_codes
from tourreg.demo.doors import doors
from tourreg.demo.folder import NotOurFolder, is_ready, note_ready, prepare
from tourreg.demo.groups import put_into_groups
from tourreg.demo.host_cities import make_host_cities
from tourreg.demo.host_offers import make_host_offers
from tourreg.demo.host_particulars import tell_of_cities
from tourreg.demo.hosting_proposals import make_proposals
from tourreg.demo.hosting_requests import make_hosting_requests
from tourreg.demo.hosting_talk import make_questions
from tourreg.demo.hotels import make_hotels
from tourreg.demo.introductions import introduce_people
from tourreg.demo.journeys import take_one_back, tell_of_journeys
from tourreg.demo.letterheads import file_letterheads
from tourreg.demo.money_papers import file_papers_of_sellers, make_money_papers
from tourreg.demo.odd_money import make_odd_money
from tourreg.demo.offers import make_offers
from tourreg.demo.own_pages import make_own_pages
from tourreg.demo.paper_batches import make_batches
from tourreg.demo.particulars import write_particulars
from tourreg.demo.past_visits import make_past_visits
from tourreg.demo.payers import make_payers
from tourreg.demo.payment_plans import offer_plans
from tourreg.demo.programme import end_events, make_season, open_events
from tourreg.demo.programme_books import write_books
from tourreg.demo.recognitions import recognise_hosts
from tourreg.demo.refunds import refund
from tourreg.demo.room_wishes import tell_wishes
from tourreg.demo.security_desks import note_security_desks
from tourreg.demo.sent_programmes import send_programmes
from tourreg.demo.servers import DidNotStart, Place, stand_in_for_stripe, wait_for_end, web_and_worker
from tourreg.demo.staff import keys_of, make_office
from tourreg.demo.stand_in import StandIn
from tourreg.demo.tour_legs import make_tour_legs
from tourreg.kernel import clock
from tourreg.settings import read_settings


def run(folder: Path, *, port: int, fresh: bool) -> None:
    """Make the season if it is not there yet, serve it, and tidy up at the end."""
    place = Place(folder, port, port + 1)
    try:
        prepare(folder, fresh=fresh)
        with stand_in_for_stripe(place):
            if not is_ready(folder):
                click.echo("Making the sample season …")
                make(place)
                note_ready(folder)
            with web_and_worker(place) as processes:
                click.echo(welcome(place))
                click.echo(wait_for_end(processes))
    except (DidNotStart, NotOurFolder) as fault:
        raise click.ClickException(str(fault)) from fault


def make(place: Place) -> None:
    """Fill the place's new database with the sample season."""
    fill(create_app(read_settings(place.environment())), place)


def fill(app: Flask, place: Place) -> None:
    """Bring the application's database to the newest schema and fill it with the sample season.

    place   where its office's keys are kept, and the running stand-in for Stripe
    """
    schema.upgrade(app)
    with app.app_context():
        now = clock.utc_now()
        make_office(place.folder, now)
        season = make_season(now)
        write_particulars(season, now)
        write_books(season, now)
        note_security_desks(season, now)
        open_events(season, now)
        make_codes(season, now)
        file_papers_of_sellers(now)
        file_letterheads(now)
        offer_plans(season, now)
        stand_in = StandIn(place.stand_in)
        stand_in.hold_webhooks(True)
        Desk(season, stand_in, outside.payments(), place.site, now).make_all()
        make_payers(now)
        tell_wishes(season, now)
        tell_of_journeys(season, now)
        make_hotels(season, now)
        make_statements(now)
        make_money_papers(now)
        end_events(season, now)
        refund(season, outside.payments(), now)
        make_offers(season, now)
        make_host_offers(season, now)
        tell_of_cities(now)
        make_host_cities(season, now)
        make_hosting_requests(season, now)
        make_questions(now)
        make_proposals(now)
        recognise_hosts(make_past_visits(season, now))
        write_to_some_cities(now)
        make_tour_legs(season, now)
        make_batches(now)
        choose_some(season, now)
        put_into_groups(season, now)
        introduce_people(season, now)
        send_programmes(season, now)
        take_one_back(season, now)
        make_own_pages(season, now)
        make_odd_money(stand_in, outside.payments(), now)
        stand_in.hold_webhooks(False)


def welcome(place: Place) -> str:
    """Return what a first visitor needs to know."""
    app = create_app(read_settings(place.environment()))
    with app.app_context():
        ways_in = doors(clock.utc_now())
    return "\n".join(
        [
            "",
            f"  {place.site}/en/            the programmes, in English",
            f"  {place.site}/zh/            the same in Chinese",
            f"  {place.site}/mailbox/       every letter that was sent",
            f"  {place.site}/office/        the office",
            "",
            "Who comes in by a link, as letters bring it:",
            *(f"  {address}\n    {who}" for address, who in ways_in),
            "",
            "Who signs in to the office (each with a code of the authenticator; `tourreg demo-codes` tells it):",
            *(f"  {key['email']:26} {key['password']}  secret {key['secret']}" for key in keys_of(place.folder)),
            "",
            "Everything is a sample: invented people, no real money. Ctrl-C ends it.",
        ]
    )


def codes(folder: Path) -> list[str]:
    """Return the code that each member's authenticator shows now."""
    return [f"{key['email']:26} {TOTP(key=key['secret']).generate().token}" for key in keys_of(folder)]
