"""Days taken as a template."""

from datetime import date, time

from tourreg.domain.itineraries.copying import as_new, template_days
from tourreg.domain.itineraries.details import Details
from tourreg.domain.itineraries.plans import DayPlan, ItemPlan
from tourreg.kernel.bilingual import Text

VISIT = ItemPlan(
    "site_visit", time(9), "America/Denver", Text("Water works"), ends=time(1), ends_days=1, standing="confirmed",
    standing_by="Ms Hart", standing_on=date(2027, 2, 1), speakers=("s1",), public_id="i1",
    details=Details(room=Text("Hall 2"), reference="V-7", driver="Joe", driver_phone="+1 303 555 0100", minutes=20),
)  # fmt: skip


def test_what_happens_once_more_was_not_asked_for_yet() -> None:
    again = as_new(VISIT)

    assert (again.public_id, again.standing, again.standing_by, again.standing_on) == ("", "none", "", None)
    assert again.details.reference == ""
    assert (again.speakers, again.details.driver, again.title) == (("s1",), "Joe", VISIT.title)


def test_a_template_keeps_the_distance_between_days_and_leaves_people_behind() -> None:
    days = [DayPlan(date(2027, 2, 14), "denver", "old", Text("One"), (VISIT,)), DayPlan(date(2027, 2, 17), "", "old")]

    copied = template_days(days, date(2028, 3, 1), "new")

    assert [(day.on_date, day.city, day.add_on) for day in copied] == [
        (date(2028, 3, 1), "denver", "new"), (date(2028, 3, 4), "", "new"),
    ]  # fmt: skip
    [visit] = copied[0].items
    assert (visit.starts, visit.ends, visit.ends_days, visit.details.room) == (time(9), time(1), 1, Text("Hall 2"))
    assert (visit.speakers, visit.details.driver, visit.details.driver_phone) == ((), "", "")
