"""The store of kept pages has bounds."""

from tourreg.blueprints.shelf import Shelf


def test_what_was_not_asked_for_longest_goes_first() -> None:
    shelf: Shelf[str, str] = Shelf(most=2, most_bytes=100)
    shelf.put("a", "A", 1)
    shelf.put("b", "B", 1)

    shelf.get("a")
    shelf.put("c", "C", 1)

    assert [key in shelf for key in "abc"] == [True, False, True]


def test_the_bytes_are_bounded_too() -> None:
    shelf: Shelf[str, str] = Shelf(most=100, most_bytes=10)
    for key in "abcdef":
        shelf.put(key, key, 4)

    assert (len(shelf), shelf.bytes_held) == (2, 8)


def test_a_thing_larger_than_the_shelf_is_not_held_and_pushes_nothing_out() -> None:
    shelf: Shelf[str, str] = Shelf(most=100, most_bytes=10)
    shelf.put("small", "s", 3)

    shelf.put("huge", "h", 11)

    assert ("huge" in shelf, "small" in shelf, shelf.bytes_held) == (False, True, 3)


def test_putting_a_thing_anew_counts_it_once() -> None:
    shelf: Shelf[str, str] = Shelf(most=100, most_bytes=10)

    for size in (3, 5, 4):
        shelf.put("page", "p", size)

    assert (len(shelf), shelf.bytes_held, shelf.get("page")) == (1, 4, "p")


def test_an_empty_shelf_answers_nothing() -> None:
    shelf: Shelf[str, str] = Shelf(most=1, most_bytes=10)
    shelf.put("page", "p", 1)

    shelf.clear()

    assert (shelf.get("page"), len(shelf), shelf.bytes_held) == (None, 0, 0)
