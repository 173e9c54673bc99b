"""What papers say of the items of a programme: their kinds, their particulars, and what has changed of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tourreg.paper_words import Pair, PaperWords

Rows = list[tuple[Pair, Pair]]
Named = list[tuple[str, Pair]]


class ProgrammeWords:
    """The words of a programme in the language of a paper."""

    OFFERED = ("kind_of", "particulars", "difference_name", "difference_value")

    def __init__(self, words: PaperWords) -> None:
        label = words.label
        self._words = words
        self._kinds = {
            "meeting": label("Meeting"),
            "site_visit": label("Site visit"),
            "lecture": label("Lecture"),
            "meal": label("Meal"),
            "transfer": label("Transfer"),
            "flight": label("Flight"),
            "train": label("Train"),
            "cultural": label("Culture"),
            "free_time": label("Free time"),
            "hotel": label("Hotel"),
        }
        self._choices: dict[str, dict[Any, Pair]] = {
            "kind": self._kinds,
            "group": {
                "all": label("Everybody"),
                "a": label("Group A"),
                "b": label("Group B"),
                "guests": label("Guests"),
            },
            "cost": {"included": label("Included"), "own": label("At your own cost")},
            "nature": {"official": label("Official"), "cultural": label("Cultural"), "free": label("Free")},
            "optional": {True: label("Optional"), False: label("For all")},
        }
        self._names = {
            "on": label("Date"),
            "starts": label("Begins"),
            "ends": label("Ends"),
            "ends_on": label("Ends on"),
            "zone": label("Time zone"),
            "ends_zone": label("Time zone of the end"),
            "kind": label("Kind"),
            "title": label("Title"),
            "place": label("Where"),
            "address": label("Address"),
            "notes": label("Notes"),
            "nature": label("Nature"),
            "cost": label("Cost"),
            "group": label("For"),
            "optional": label("Choice"),
            "capacity": label("Places"),
            "fee": label("Fee"),
            "speakers": label("Speakers"),
            "part": label("Part"),
            "city": label("City"),
            "hotel": label("Hotel"),
            "details.room": label("Room"),
            "details.entrance": label("Entrance"),
            "details.topics": label("Topics"),
            "details.language": label("Language"),
            "details.dress": label("Dress"),
            "details.access": label("Access"),
            "details.photos": label("Photos"),
            "details.bring": label("Bring"),
            "details.host_name": label("Host"),
            "details.host_title": label("Title of the host"),
            "details.host_phone": label("Telephone of the host"),
            "details.vehicle": label("Vehicle"),
            "details.leaves": label("Leaves at"),
            "details.minutes": label("Minutes on the way"),
            "details.driver": label("Driver"),
            "details.driver_phone": label("Telephone of the driver"),
            "details.reference": label("Booking no."),
            "details.choose_until": label("To be chosen by"),
        }

    def kind_of(self, item: Mapping[str, Any]) -> Pair:
        return self._kinds.get(item["kind"], self._words.text(""))

    def particulars(self, item: Mapping[str, Any], currency: str = "") -> Rows:
        """Return what is told of an item below its title, each with its label; what is not said is left out.

        currency  of a fee, which is left out without one
        """
        said = item.get("details", {})
        rows = [
            ("place", self._all(item["place"], item["address"])),
            ("details.room", self._text(said, "room")),
            ("details.entrance", self._text(said, "entrance")),
            ("details.leaves", self._ride(said)),
            ("details.host_name", self._all(*(said.get(f"host_{name}", "") for name in ("name", "title", "phone")))),
            ("speakers", self._words.joined([self._speaker(speaker) for speaker in item.get("speakers", ())])),
            *((f"details.{name}", self._text(said, name)) for name in ("topics", "language", "dress", "access")),
            *((f"details.{name}", self._text(said, name)) for name in ("photos", "bring")),
            *self._conditions(item, currency),
            ("details.reference", self._text(said, "reference")),
            ("notes", self._words.text(item["notes"])),
        ]
        private = [(self._for_readers(name), self._text(said, name)) for name in ("for_participants", "for_host")]
        return [(self._names[name], value) for name, value in rows if value] + [row for row in private if row[1]]

    def difference_name(self, name: str) -> Pair:
        """Return what a difference between two versions is called; something unknown has no name."""
        return self._names.get(name, self._words.text(""))

    def difference_value(self, name: str, value: Any, currency: str = "") -> Pair:
        """Return what was or is said; nothing where nothing was."""
        words = self._words
        if name in self._choices:
            return self._choices[name].get(value, words.text(""))
        if value in (None, "", {}, []):
            return words.text("")
        if name == "speakers":
            return words.joined([words.text(speaker["name"]) for speaker in value])
        if name in ("on", "ends_on", "details.choose_until"):
            return words.full_date(value)
        if name == "fee":
            return words.text(words.money({"minor": value, "currency": currency}) if currency else "")
        return words.text(value if isinstance(value, dict) else str(value))

    def _conditions(self, item: Mapping[str, Any], currency: str) -> Named:
        """Return for whom it is, who pays, and what a choice costs, where that is not for everybody and included."""
        told: Named = []
        if item.get("group", "all") != "all":
            told.append(("group", self._choices["group"][item["group"]]))
        if item.get("cost", "included") == "own":
            told.append(("cost", self._choices["cost"]["own"]))
        if item.get("optional"):
            told.append(("optional", self._choice(item, currency)))
        return told

    def _choice(self, item: Mapping[str, Any], currency: str) -> Pair:
        parts = [self._choices["optional"][True]]
        if item.get("capacity") is not None:
            parts.append(self._words.label("%(count)s places", count=item["capacity"]))
        if item.get("fee") and currency:
            parts.append(self._words.text(self._words.money({"minor": item["fee"], "currency": currency})))
        return self._words.joined(parts)

    def _ride(self, said: Mapping[str, Any]) -> Pair:
        """Return when a vehicle leaves, which, with whom, and how long it takes."""
        if not said.get("leaves"):
            return self._words.text("")
        parts = [self._words.text(said["leaves"]), self._text(said, "vehicle")]
        if said.get("minutes"):
            parts.append(self._words.label("%(count)s minutes", count=said["minutes"]))
        return self._words.joined(parts)

    def _speaker(self, speaker: Mapping[str, Any]) -> Pair:
        """Return a speaker with what stands behind the name in brackets."""
        words = self._words
        name = words.text(speaker["name"])
        post = words.joined([words.text(speaker[of]) for of in ("title", "organisation")])
        if not post:
            return name
        chinese = f"{name.zh or name.en}（{post.zh or post.en}）" if name.zh or post.zh else ""
        return Pair(f"{name.en or name.zh} ({post.en or post.zh})", chinese, words.language)

    def _for_readers(self, name: str) -> Pair:
        label = self._words.label
        return label("For the host") if name == "for_host" else label("For participants")

    def _text(self, said: Mapping[str, Any], name: str) -> Pair:
        return self._words.text(said.get(name, ""))

    def _all(self, *things: str | Mapping[str, Any]) -> Pair:
        return self._words.joined([self._words.text(thing) for thing in things])
