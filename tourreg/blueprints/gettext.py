"""Flask-Babel's gettext with types."""

from typing import Any

import flask_babel


def _(message: str, **holes: Any) -> str:
    return str(flask_babel.gettext(message, **holes))


def ngettext(one: str, many: str, num: int, **holes: Any) -> str:
    return str(flask_babel.ngettext(one, many, num, **holes))
