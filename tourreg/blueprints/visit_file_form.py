"""A file that a city sends for a visit: examined, a picture made anew, and kept before it is noted."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask_babel import lazy_gettext as _l
from wtforms import FileField, Form

from tourreg.adapters import pictures
from tourreg.adapters.aside import DidNotFinish
from tourreg.adapters.pictures import NotAPicture, PictureBroken, PictureTooLarge, PictureTooSmall
from tourreg.blueprints import sent_files
from tourreg.blueprints.fields import Line
from tourreg.blueprints.gettext import _
from tourreg.blueprints.office.event_fields import Choice
from tourreg.blueprints.outside import files
from tourreg.blueprints.particulars_form import unfit_picture
from tourreg.db import db
from tourreg.domain.billing.order_files import file_name
from tourreg.domain.hosting.visit_files import LARGEST_FILE, Sent
from tourreg.domain.hosting.visit_models import HostingFile
from tourreg.kernel.file_kinds import kind_of

KINDS = {
    "map": _l("Map or way in"),
    "menu": _l("Menu"),
    "parking": _l("Parking or bus"),
    "photo": _l("Photograph of the visit"),
    "other": _l("Something else"),
}
TOO_LARGE = _l("A file has at most 20 MB. Nothing was read.")
_TAIL = 2_048


class VisitFileForm(Form):
    kind = Choice(_l("What it is"), choices=KINDS)
    note = Line(_l("Note"), most=300)
    sent = FileField(
        _l("File"),
        description=_l("PDF, PNG or JPEG, at most 20 MB. Place and camera are taken out of pictures."),
    )


def read_file(form: VisitFileForm) -> Sent | None:
    """Return what was sent, kept already under its hash; None where something is wrong, which the form then says.

    No transaction may be open.
    """
    right = form.validate()
    upload = request.files.get(form.sent.name)
    content = upload.stream.read(LARGEST_FILE + 1) if upload else b""
    kind, plain, wrong = _examined(content)
    if wrong:
        form.sent.errors = [wrong]
    if not right or wrong:
        return None
    typed: Any = form
    name = file_name((upload and upload.filename) or "", kind)
    db.session.rollback()
    return Sent(typed.kind.data, typed.note.data or "", files().put(plain), kind, name, len(plain))


def handed_over(kept: HostingFile) -> Response:
    """Answer with the file as a download."""
    return sent_files.handed_over(kept.file_hash, kept.file_kind, name=kept.file_name, plain_name="file")


def _examined(content: bytes) -> tuple[str, bytes, str]:
    """Return what the file is, its bytes fit to be kept, and what is wrong with it in a sentence, or ""."""
    if not content:
        return "", b"", _("Choose the file first.")
    if len(content) > LARGEST_FILE:
        return "", b"", str(TOO_LARGE)
    kind = kind_of(content)
    if kind == "pdf":
        is_whole = b"%%EOF" in content[-_TAIL:]
        return "pdf", content, "" if is_whole else _("The end of the file is missing. Send it again.")
    if not kind:
        return "", b"", _("This is neither PDF nor PNG nor JPEG, whatever its name says. Save it as one of these.")
    try:
        return "jpeg", pictures.plain_photo(content), ""
    except (NotAPicture, PictureTooLarge, PictureTooSmall, PictureBroken, DidNotFinish) as refusal:
        return "", b"", unfit_picture(refusal)
