"""The demo's mailbox: every letter that was sent, for whoever sits at this machine, and for nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import Blueprint, Response, abort, make_response, render_template

from tourreg.adapters.mailer import read_mail
from tourreg.blueprints.guards import demo_on_this_machine
from tourreg.blueprints.words import settings

blueprint = Blueprint("mailbox", __name__)

MOST_LETTERS = 200
# A letter brings its own styles; it may load nothing, run nothing, and lead on only by links that open a new page.
LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
)


@dataclass(frozen=True)
class Kept:
    """One letter of the folder; `name` is the file's, without its ending."""

    name: str
    message: EmailMessage

    @property
    def sent_at(self) -> datetime:
        sent: datetime = self.message["Date"].datetime
        return sent

    @property
    def text(self) -> str:
        return _content(self.message, "plain")

    @property
    def attachments(self) -> list[str]:
        return [part.get_filename() or "" for part in self.message.iter_attachments()]


@blueprint.get("/mailbox/")
@demo_on_this_machine
def letters() -> str:
    return render_template("mailbox/letters.html", letters=_newest(), most=MOST_LETTERS)


@blueprint.get("/mailbox/<name>")
@demo_on_this_machine
def letter(name: str) -> str:
    return render_template("mailbox/letter.html", letter=_kept(name))


@blueprint.get("/mailbox/<name>/html")
@demo_on_this_machine
def page(name: str) -> Response:
    """Show the letter as its reader's program does."""
    answer = make_response(_content(_kept(name).message, "html"))
    answer.headers["Content-Security-Policy"] = LETTER_POLICY
    return answer


@blueprint.get("/mailbox/<name>/attachments/<int:number>")
@demo_on_this_machine
def attachment(name: str, number: int) -> Response:
    """Hand out what came with the letter, always as a file."""
    parts = list(_kept(name).message.iter_attachments())
    if number >= len(parts):
        abort(404)
    answer = Response(parts[number].get_payload(decode=True), mimetype=parts[number].get_content_type())
    answer.headers.set("Content-Disposition", "attachment", filename=parts[number].get_filename())
    return answer


def _newest() -> list[Kept]:
    files = sorted(_folder().glob("[!.]*.eml"), key=lambda path: path.name, reverse=True)
    return [Kept(path.stem, read_mail(path.read_bytes())) for path in files[:MOST_LETTERS]]


def _kept(name: str) -> Kept:
    """Return a letter by the name of its file, which has to be one of the folder's own."""
    files = {path.stem: path for path in _folder().glob("[!.]*.eml")}
    if name not in files:
        abort(404)
    return Kept(name, read_mail(files[name].read_bytes()))


def _folder() -> Path:
    return Path(unquote(urlsplit(settings().mail_url).path))


def _content(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    content: str = part.get_content() if part else ""
    return content
