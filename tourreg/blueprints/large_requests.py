"""Pages that take more than a few words: how large a request may be, and what is said of a larger one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, make_response, render_template, request

from tourreg.blueprints.gettext import _

# What a browser sends around a file.
AROUND_A_FILE = 64 * 1024


def let_through(blueprint: Blueprint, largest: int, too_large: Any = None, *, with_files: bool = True) -> None:
    """Let requests to the pages of a blueprint have so many bytes; this runs before anything reads the form.

    too_large   a lazy sentence for a larger one, of which nothing is read; the words that every page has unless given
    with_files  only requests that can carry a file
    """

    @blueprint.url_value_preprocessor
    def bound(_endpoint: str | None, _values: Any) -> None:
        if request.mimetype == "multipart/form-data" or not with_files:
            request.max_content_length = largest
        if too_large is not None and (request.content_length or 0) > largest:
            page = render_template("layout/fault.html", code=413, title=_("That is too large"), sentence=too_large)
            abort(make_response(page, 413))
