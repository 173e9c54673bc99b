"""Who is proposed to share a room with whom."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tourreg.domain.travel.nights import Nights
from tourreg.domain.travel.pairing import Sleeper, pairs, wished
from tourreg.kernel.names import PersonName

NIGHTS = Nights(date(2027, 5, 20), date(2027, 5, 24))
LATER = Nights(date(2027, 5, 21), date(2027, 5, 24))


def a_sleeper(id_: str, **changed: Any) -> Sleeper:
    plain = Sleeper(id=id_, name=id_.upper(), nights=NIGHTS)
    wish = changed.get("wish", "")
    return replace(plain, **{"wishes": bool(wish), **changed})


def ids(*sleepers: Sleeper) -> list[tuple[str, ...]]:
    return [tuple(one.id for one in room) for room in pairs(sleepers)]


def test_people_who_wish_each_other_share_whatever_their_organisations():
    chen = a_sleeper("chen", organisation="Yangzhou", wish="zhou", sex="male")
    wang = a_sleeper("wang", organisation="Yangzhou", sex="male")
    zhou = a_sleeper("zhou", organisation="Xuzhou", wish="chen", sex="male")

    assert ids(chen, wang, zhou) == [("chen", "zhou"), ("wang",)]


def test_a_wish_for_somebody_without_one_is_proposed():
    assert ids(a_sleeper("chen", wish="zhou"), a_sleeper("zhou")) == [("chen", "zhou")]


def test_a_wish_for_somebody_who_wishes_another_is_not():
    assert ids(a_sleeper("chen", wish="zhou"), a_sleeper("zhou", wish="han")) == [("chen",), ("zhou",)]


def test_colleagues_come_before_strangers():
    chen, han = (a_sleeper(name, organisation="Yangzhou", sex="female") for name in ("chen", "han"))
    emily = a_sleeper("emily", organisation="Charlotte", sex="female")

    assert ids(chen, emily, han) == [("chen", "han"), ("emily",)]


def test_people_of_the_same_nights_come_before_others():
    chen, han, zhou = (a_sleeper(name, sex="male") for name in ("chen", "han", "zhou"))

    assert ids(chen, replace(han, nights=LATER), zhou) == [("chen", "zhou"), ("han",)]


@pytest.mark.parametrize(("one", "other"), [("", ""), ("female", ""), ("female", "male")])
def test_nobody_is_put_together_whose_sex_was_not_given_alike(one, other):
    chen = a_sleeper("chen", organisation="Yangzhou", sex=one)
    han = a_sleeper("han", organisation="Yangzhou", sex=other)

    assert ids(chen, han) == [("chen",), ("han",)]


@pytest.mark.parametrize("own", [{"alone": True}, {"guest": "Lin Fang"}])
def test_whoever_pays_for_a_room_or_brings_a_guest_shares_with_nobody(own):
    assert ids(a_sleeper("chen", wish="han", **own), a_sleeper("han", wish="chen")) == [("chen",), ("han",)]


def test_people_whose_nights_never_meet_do_not_share():
    before = Nights(date(2027, 5, 18), date(2027, 5, 20))

    assert ids(a_sleeper("chen", wish="han"), a_sleeper("han", wish="chen", nights=before)) == [("chen",), ("han",)]


PEOPLE = [
    ("chen", PersonName("Chen", "Guoliang", "陈国梁")),
    ("hart", PersonName("Hart", "Emily")),
    ("wei-1", PersonName("Li", "Wei", "李伟")),
    ("wei-2", PersonName("Li", "Wei", "李炜")),
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Chen Guoliang", "chen"),
        ("CHEN, Guo-liang", "chen"),
        ("guoliang chen", "chen"),
        ("陈国梁", "chen"),
        (" 陈 国 梁 ", "chen"),
        ("Emily Hart", "hart"),
        ("Li Wei", ""),  # two of them
        ("李炜", "wei-2"),
        ("Somebody from the office", ""),
        ("", ""),
        ("-", ""),
    ],
)
def test_a_wish_is_understood_in_any_order_and_script(typed, meant):
    assert wished(typed, PEOPLE, by="x") == meant


def test_nobody_wishes_themselves():
    assert wished("Emily Hart", PEOPLE, by="hart") == ""


NAMES = [f"s{number}" for number in range(9)]


@st.composite
def groups(draw: st.DrawFn) -> list[Sleeper]:
    """Return up to nine people with wishes, sexes, houses, supplements, guests and nights of any kind."""
    chosen = draw(st.lists(st.sampled_from(NAMES), unique=True))
    return [
        a_sleeper(
            name,
            wish=draw(st.sampled_from(["", *(other for other in NAMES if other != name)])),
            sex=draw(st.sampled_from(["", "female", "male"])),
            organisation=draw(st.sampled_from(["", "Yangzhou", "Davenport"])),
            alone=draw(st.booleans()),
            guest=draw(st.sampled_from(["", "", "Lin Fang"])),
            nights=Nights(
                date(2027, 5, 20) + timedelta(days=draw(st.integers(0, 2))),
                date(2027, 5, 23) + timedelta(days=draw(st.integers(0, 2))),
            ),
        )
        for name in chosen
    ]


@given(groups())
def test_everybody_gets_one_room_and_nobody_two(people):
    slept = [one.id for room in pairs(people) for one in room]

    assert sorted(slept) == sorted(one.id for one in people)


@given(groups())
def test_wishes_for_each_other_are_always_honoured_where_both_may_share(people):
    rooms = [{one.id for one in room} for room in pairs(people)]

    for one in people:
        for other in people:
            mutual = one.wish == other.id and other.wish == one.id
            if mutual and one.shares and other.shares and one.nights.meets(other.nights):
                assert {one.id, other.id} in rooms


@given(groups())
def test_no_room_of_ones_own_is_ever_shared(people):
    assert all(one.shares for room in pairs(people) if len(room) > 1 for one in room)


@given(groups())
def test_no_sex_is_ever_guessed(people):
    for room in pairs(people):
        if len(room) > 1:
            one, other = room
            wish = one.wish == other.id or other.wish == one.id
            assert wish or (one.sex and one.sex == other.sex)
