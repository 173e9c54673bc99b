"""Words that open something, such as codes: how often one address may try wrong ones, so that nobody finds them out."""

from flask import session
from flask_limiter.util import get_remote_address
from limits import parse

from tourreg.blueprints.extensions import limiter

MOST_WRONG = parse("12/hour")
_LAST_WRONG = "last_wrong"


def may_guess() -> bool:
    """Tell whether this address may try a further word."""
    return not limiter.enabled or limiter.limiter.test(MOST_WRONG, "guesses", get_remote_address())


def note_wrong(word: str) -> None:
    """Count a wrong word; the same one again, which the form sends with each change, is not counted again."""
    if session.get(_LAST_WRONG) != word:
        session[_LAST_WRONG] = word
        if limiter.enabled:
            limiter.limiter.hit(MOST_WRONG, "guesses", get_remote_address())
