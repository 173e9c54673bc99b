"""The page on which a city's particulars are written, for its contact and for the office alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, abort, flash, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as Redirection

from tourreg.adapters.files import FileDamaged, FileMissing
from tourreg.blueprints.attempts import try_again
from tourreg.blueprints.gettext import _
from tourreg.blueprints.outside import files
from tourreg.blueprints.particulars_form import (
    PARTS,
    PLACES_OF_PARTS,
    ParticularsForm,
    PhotoForm,
    particulars_form,
    typed_of,
)
from tourreg.db import db, writing
from tourreg.domain.hosting import particulars, queries
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.particulars import Particulars, ParticularsEditedMeanwhile, TooManyPhotos
from tourreg.kernel import clock
from tourreg.kernel.plans import fingerprint

Onward = Callable[[], Redirection]


def shown(template: str, profile: HostProfile) -> Response:
    """Return the page as it stands."""
    kept = particulars.particulars_of(profile)
    form = particulars_form(typed_of(kept), kept, clock.utc_now())
    return page(template, profile, kept, form, PhotoForm(formdata=None), seen=fingerprint(kept))


def saved(template: str, profile: HostProfile, *, by: str, onward: str) -> Response | Redirection:
    """Write down what was typed and lead on, or return the page with what is to be put right."""
    kept = particulars.particulars_of(profile)
    form = particulars_form(request.form, kept, clock.utc_now())
    photo = PhotoForm(formdata=None)
    seen = request.form.get("seen", "") or "nothing"
    if not form.validate():
        return page(template, profile, kept, form, photo, 422, seen=seen)
    public_id = profile.public_id
    try:
        try_again(lambda: _write(public_id, form, by=by, seen=seen))
    except ParticularsEditedMeanwhile:
        profile = found(public_id)
        form.form_errors.append(
            _("Somebody changed this meanwhile. Nothing of yours was saved; save again to replace what is kept now.")
        )
        kept = particulars.particulars_of(profile)
        return page(template, profile, kept, form, photo, 409, seen=fingerprint(kept))
    flash(_("Saved."))
    return redirect(onward, 303)


def photo_added(template: str, profile: HostProfile, *, by: str, onward: str) -> Response | Redirection:
    """Keep a photograph: the file first and the note of it after, so that nothing is noted that is not kept."""
    photo = PhotoForm()
    kept = particulars.particulars_of(profile)
    form = particulars_form(typed_of(kept), kept, clock.utc_now())
    if not photo.validate():
        return page(template, profile, kept, form, photo, 422, seen=fingerprint(kept))
    public_id, now = profile.public_id, clock.utc_now()
    db.session.rollback()
    sha256 = files().put(photo.plain)
    try:
        with writing():
            particulars.add_photo(found(public_id), sha256, photo.caption(), now=now, by=by)
    except TooManyPhotos:
        photo.form_errors = [*photo.form_errors, _("Twelve photographs are there already. Remove one first.")]
        return page(template, found(public_id), kept, form, photo, 422, seen=fingerprint(kept))
    flash(_("The photograph is kept."))
    return redirect(f"{onward}#photos", 303)


def photo_removed(profile: HostProfile, photo: str, *, by: str, onward: str) -> Redirection:
    public_id = profile.public_id
    with writing():
        particulars.remove_photo(found(public_id), photo, now=clock.utc_now(), by=by)
    flash(_("The photograph is shown no more."))
    return redirect(f"{onward}#photos", 303)


def photo_file(profile: HostProfile, public_id: str) -> Response:
    """Answer with a photograph of this city, which we have made ourselves from what was sent."""
    photo = particulars.photo_of(profile, public_id) or abort(404)
    try:
        answer = make_response(files().get(photo.sha256))
    except (FileMissing, FileDamaged):
        abort(404)
    answer.headers.update(
        {
            "Content-Type": "image/jpeg",
            "Cache-Control": "private, no-store",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        }
    )
    return answer


def page(
    template: str,
    profile: HostProfile,
    kept: Particulars,
    form: ParticularsForm,
    photo: PhotoForm,
    status: int = 200,
    **more: Any,
) -> Response:
    """Return the page with its forms, the photographs and what is missing of what was kept."""
    photos = particulars.photos_of(profile)
    missing = particulars.missing_of(kept, len(photos))
    words = {part: (PARTS[part], PLACES_OF_PARTS.get(part, part)) for part in missing}
    answer = render_template(
        template,
        profile=profile, form=form, photo_form=photo, photos=photos, missing=words, parts=len(PARTS), **more,
    )  # fmt: skip
    return make_response(answer, status)


def found(public_id: str) -> HostProfile:
    return queries.by_public_id(public_id) or abort(404)


def _write(public_id: str, form: ParticularsForm, *, by: str, seen: str) -> None:
    with writing():
        particulars.write_particulars(found(public_id), form.particulars(), now=clock.utc_now(), by=by, seen=seen)
