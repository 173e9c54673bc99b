"""The address of the page at hand, asked for once more with another language or another page of its list."""

from typing import Any
from urllib.parse import urlencode

from flask import request, url_for


def this_page(asked: dict[str, Any], **values: Any) -> str:
    """Return the address of the page at hand with these parameters.

    asked   what follows the question mark, by name; anybody can write names such as `_scheme` or `endpoint` there, so
            none of it goes through `url_for`
    values  what stands in the path besides what stands there now
    """
    address = url_for(str(request.endpoint), **{**(request.view_args or {}), **values})
    query = urlencode(asked, doseq=True)
    return f"{address}{'&' if '?' in address else '?'}{query}" if query else address
