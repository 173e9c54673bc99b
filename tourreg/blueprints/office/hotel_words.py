"""What the office calls hotels and rooms, why people are put together, and what does not add up."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from tourreg import formats
from tourreg.blueprints.gettext import _, ngettext
from tourreg.blueprints.languages import language
from tourreg.domain.registrations.models import Participant
from tourreg.domain.travel.lodging import Lodging
from tourreg.domain.travel.models import RoomType
from tourreg.domain.travel.rooming import Snag

NAMES = {
    "hotel": _l("Hotel"),
    "address": _l("Address of the hotel"),
    "phone": _l("Telephone of the hotel"),
    "contact": _l("Contact at the hotel"),
    "email": _l("E-mail of the hotel"),
    "add_on": _l("Who stays here"),
    "check_in_on": _l("First night"),
    "check_out_on": _l("Morning after the last night"),
    "contract": _l("Contract number"),
    "cut_off_on": _l("Cut-off"),
    "currency": _l("Currency of the rates"),
    "comps": _l("Rooms free of charge"),
    "billing": _l("Who pays"),
    "breakfast": _l("Breakfast is in the rate"),
    "billing_note": _l("Billing instruction"),
    "room_types": _l("Types of rooms"),
}
KINDS = {
    "single": _l("Single room"),
    "double": _l("Double room, one large bed"),
    "twin": _l("Twin room, two beds"),
    "suite": _l("Suite"),
    "other": _l("Another room"),
}
BILLINGS = {
    "master": _l("Our master account: room, tax and breakfast; incidentals own"),
    "own": _l("Each guest pays at the desk"),
}
FAULTS = {
    "hotel_missing": _l("Type the name of the hotel, in either language."),
    "no_night": _l("The last morning lies after the first night."),
    "too_long": _l("A stay has sixty nights at most."),
    "cut_off_late": _l("The cut-off lies after the first night."),
    "tour_unknown": _l("Choose one of the event’s tours."),
}
WHY = {
    "both_wish": _l("They wish each other."),
    "one_wishes": _l("One of them wishes it, the other named nobody."),
    "one_house": _l("One organisation; both let us share rooms out by the sex they gave."),
    "one_sex": _l("Both let us share rooms out by the sex they gave."),
    "bought": _l("Pays for a room alone."),
    "guest": _l("Brings a guest."),
    "nobody": _l("Nobody to share with."),
}


def name_of(person: Participant | None) -> str:
    """Return a name as lists of hotels print it."""
    return person.name.formal() if person else _("Somebody")


def snag_words(snag: Snag, lodging: Lodging) -> str:
    """Return a sentence that says what does not add up, and where."""
    names = [name_of(lodging.people.get(person)) for person in snag.people]
    who = {"who": formats.listing(names, language()), "room": snag.room}
    if snag.kind == "over_contract":
        return _over_contract(snag, {each.public_id: each for each in lodging.stay.room_types})
    if snag.kind == "wish_not_met":
        return _wish(names, snag)
    return {
        "no_room": _("%(who)s has no room.", **who),
        "two_rooms": _("%(who)s in room %(room)s has a bed in another hotel for the same night.", **who),
        "gone": _("%(who)s in room %(room)s does not need a bed here any more.", **who),
        "nights_differ": _("%(who)s in room %(room)s needs other nights, by the flights.", **who),
        "outside": _("%(who)s in room %(room)s stays for nights outside the contract.", **who),
        "single_shared": _("%(who)s in room %(room)s pays for a room alone, and shares it.", **who),
        "too_many": _(
            "%(count)s people sleep in room %(room)s, which is made for %(most)s.",
            count=snag.count, most=snag.most, room=snag.room,
        ),
    }[snag.kind]  # fmt: skip


def _wish(names: list[str], snag: Snag) -> str:
    if len(names) > 1:
        return _("%(who)s wishes to share with %(mate)s, and does not.", who=names[0], mate=names[1])
    return _("The wish of %(who)s in room %(room)s fits nobody who shares it.", who=names[0], room=snag.room)


def _over_contract(snag: Snag, types: Mapping[str, RoomType]) -> str:
    label = types[snag.type].label.in_(language()) if snag.type in types else snag.type
    night = formats.short_date(snag.night, language()) if snag.night else ""
    return ngettext(
        "%(type)s: %(num)d room in the night of %(night)s, and %(most)s contracted.",
        "%(type)s: %(num)d rooms in the night of %(night)s, and %(most)s contracted.",
        snag.count, type=label, night=night, most=snag.most,
    )  # fmt: skip
