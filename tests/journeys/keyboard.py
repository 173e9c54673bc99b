"""What a visitor without a mouse does in the journeys."""

from tests.journeys.traveller import Traveller


def write(visitor: Traveller, field: str, words: str) -> None:
    visitor.page.locator(field).focus()
    visitor.page.keyboard.type(words)


def press(visitor: Traveller, button: str) -> None:
    """Press a button or follow a link by the keyboard and look at what follows."""
    visitor.page.locator(button).first.focus()
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    visitor.look()
