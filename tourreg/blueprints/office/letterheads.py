"""Letterheads: what stands at the top of a seller's papers, who signs them, and the seal."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Redirection
from wtforms import BooleanField, FileField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from tourreg.adapters import pictures
from tourreg.adapters.aside import DidNotFinish
from tourreg.adapters.files import FileDamaged, FileMissing
from tourreg.adapters.pictures import NotAPicture, PictureBroken, PictureTooLarge, PictureTooSmall
from tourreg.blueprints.fields import EmailAddress, Lines, Telephone
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.large_requests import AROUND_A_FILE, let_through
from tourreg.blueprints.office.event_fields import in_both
from tourreg.blueprints.outside import files
from tourreg.blueprints.paper_kinds import KINDS
from tourreg.db import db, writing
from tourreg.domain.papers import letterheads, queries
from tourreg.domain.papers.kinds import SIGNED
from tourreg.domain.papers.letterheads import Letterhead, SignatoryPlan, TooManySignatories
from tourreg.domain.papers.models import Issuer, Signatory
from tourreg.kernel import clock
from tourreg.kernel.bilingual import Text
from tourreg.kernel.refusals import Refusal

blueprint = Blueprint("office_letterheads", __name__)
NEW = "new"

let_through(
    blueprint,
    2 * pictures.LARGEST_FILE + AROUND_A_FILE,
    _l("A picture has at most 5 MB. Nothing was read."),
)

ACCENTS = [
    SelectChoice("teal", _l("Teal")),
    SelectChoice("red", _l("Seal red")),
    SelectChoice("ink", _l("Ink blue")),
]
PICTURE_HINT = _l("PNG or JPEG, at most 5 MB and 16 megapixels; on white or on nothing.")
REFUSALS: dict[type[Refusal], object] = {
    NotAPicture: _l("This is no PNG and no JPEG, whatever its name says. Save the picture as one of these."),
    PictureTooSmall: _l("This picture is too small to be printed. Scan it with 300 dots to the inch."),
    PictureBroken: _l("This picture cannot be read to its end. Save it once more and choose it again."),
}


class Picture(FileField):
    """A picture that is examined at once; `plain` is what is kept of it, or nothing."""

    plain: bytes = b""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label, description=PICTURE_HINT, render_kw={"accept": "image/png,image/jpeg"}, **more)

    def pre_validate(self, form: Any) -> None:
        if not self.data or not getattr(self.data, "filename", ""):
            return
        content = self.data.read(pictures.LARGEST_FILE + 1)
        if len(content) > pictures.LARGEST_FILE:
            raise ValidationError(_("This picture has more than 5 MB. Make it smaller."))
        try:
            self.plain = pictures.plain_picture(content)
        except PictureTooLarge as refusal:
            told = _("This picture has %(count)d megapixels; 16 are enough.", count=refusal.megapixels)
            raise ValidationError(told) from None
        except (NotAPicture, PictureTooSmall, PictureBroken) as refusal:
            raise ValidationError(str(REFUSALS[type(refusal)])) from None
        except DidNotFinish:
            raise ValidationError(str(REFUSALS[PictureBroken])) from None


class LetterheadForm(FlaskForm):
    address_en, address_zh = in_both(_l("Address"), most=500, rows=3, printed=True)
    phone = Telephone(_l("Telephone"))
    email = EmailAddress(_l("E-mail"))
    accent = SelectField(_l("Colour"), choices=ACCENTS)
    mark = Picture(_l("Mark"))
    no_mark = BooleanField(_l("Print the filed mark no more"))
    seal = Picture(_l("Seal"))
    no_seal = BooleanField(_l("Print the seal no more"))

    def letterhead(self) -> Letterhead:
        """Return what the form says; only after it was found right."""
        address = Text(self.address_en.data or "", self.address_zh.data or "")
        return Letterhead(address, self.phone.data or "", self.email.data or "", self.accent.data)


class SignatoryForm(FlaskForm):
    name_en, name_zh = in_both(_l("Name"), most=120, printed=True)
    position_en, position_zh = in_both(_l("Position"), most=200, printed=True)
    kinds = SelectMultipleField(_l("Signs"), choices=[SelectChoice(kind, KINDS[kind]) for kind in SIGNED])
    signature = Picture(_l("Picture of the signature"))
    no_signature = BooleanField(_l("Print no picture; leave room for ink"))

    def validate_name_en(self, control: Lines) -> None:
        if not control.data and not self.name_zh.data:
            raise ValidationError(_("Type the name, in English or in Chinese."))

    def plan(self) -> SignatoryPlan:
        """Return what the form says; only after it was found right."""
        name = Text(self.name_en.data or "", self.name_zh.data or "")
        return SignatoryPlan(
            name, Text(self.position_en.data or "", self.position_zh.data or ""), tuple(self.kinds.data)
        )


@blueprint.get("/letterheads")
@office()
def index() -> str:
    return render_template("office/letterheads/index.html", issuers=queries.issuers())


@blueprint.route("/letterheads/<public_id>", methods=["GET", "POST"])
@office("administrator")
def letterhead(public_id: str) -> Response | Redirection:
    issuer = _issuer(public_id)
    form = LetterheadForm(data=_letterhead_of(issuer))
    if form.validate_on_submit():
        _save_letterhead(public_id, form)
        flash(_("Saved. Papers to come carry it; those that were issued stay as they are."))
        return redirect(url_for(".letterhead", public_id=public_id), 303)
    signing = letterheads.signatories_of(issuer)
    page = render_template("office/letterheads/letterhead.html", form=form, issuer=issuer, signing=signing, kinds=KINDS)
    return make_response(page, 422 if form.errors else 200)


@blueprint.route("/letterheads/<public_id>/signatories/<signatory>", methods=["GET", "POST"])
@office("administrator")
def signatory(public_id: str, signatory: str) -> Response | Redirection:
    issuer = _issuer(public_id)
    found = _signatory(issuer, signatory)
    form = SignatoryForm(data=_signatory_of(found))
    if form.validate_on_submit() and _is_saved(public_id, signatory, form):
        flash(_("Saved. Papers to come carry it; those that were issued stay as they are."))
        return redirect(url_for(".letterhead", public_id=public_id), 303)
    page = render_template("office/letterheads/signatory.html", form=form, issuer=issuer, signatory=found)
    return make_response(page, 422 if form.errors or form.form_errors else 200)


@blueprint.post("/letterheads/<public_id>/signatories/<signatory>/removal")
@office("administrator")
def remove(public_id: str, signatory: str) -> Redirection:
    """Let somebody sign no more."""
    found = _signatory(_issuer(public_id), signatory) or abort(404)
    signatory_id = found.id
    with writing():
        letterheads.remove_signatory(db.session.get_one(Signatory, signatory_id), now=clock.utc_now(), by=acting())
    flash(_("Signs no more. Papers that were issued keep the name."))
    return redirect(url_for(".letterhead", public_id=public_id), 303)


@blueprint.get("/letterheads/<public_id>/pictures/<name>.png")
@office("administrator")
def picture(public_id: str, name: str) -> Response:
    """Show a filed picture, which we have made ourselves from what was sent."""
    issuer = _issuer(public_id)
    filed = {"mark": issuer.mark_sha256, "seal": issuer.seal_sha256}
    found = None if name in filed else letterheads.signatory_of(issuer, name)
    sha256 = found.signature_sha256 if found else filed.get(name)
    if not sha256:
        abort(404)
    try:
        answer = make_response(files().get(sha256))
    except (FileMissing, FileDamaged):
        abort(404)
    answer.headers.update(
        {
            "Content-Type": "image/png",
            "Cache-Control": "private, no-store",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        }
    )
    return answer


def _issuer(public_id: str) -> Issuer:
    return queries.issuer_by_public_id(public_id) or abort(404)


def _signatory(issuer: Issuer, public_id: str) -> Signatory | None:
    """Return whom an address names; None where it asks for somebody new."""
    return None if public_id == NEW else letterheads.signatory_of(issuer, public_id) or abort(404)


def _letterhead_of(issuer: Issuer) -> dict[str, Any]:
    address = issuer.address
    known = {"phone": issuer.phone, "email": issuer.email, "accent": issuer.accent}
    return {"address_en": address.en, "address_zh": address.zh, **known}


def _signatory_of(found: Signatory | None) -> dict[str, Any]:
    if found is None:
        return {"kinds": list(SIGNED)}
    name, position = found.name, found.position
    texts = {"name_en": name.en, "name_zh": name.zh, "position_en": position.en, "position_zh": position.zh}
    return {**texts, "kinds": found.kinds}


def _save_letterhead(public_id: str, form: LetterheadForm) -> None:
    """Keep the files first and note them after, so that nothing is noted that is not kept."""
    now = clock.utc_now()
    db.session.rollback()
    kept = {name: files().put(form[name].plain) for name in ("mark", "seal") if form[name].plain}
    with writing():
        issuer = _issuer(public_id)
        letterheads.change_letterhead(issuer, form.letterhead(), now=now, by=acting())
        for name in ("mark", "seal"):
            if name in kept or form[f"no_{name}"].data:
                letterheads.file_picture(issuer, name, kept.get(name), now=now, by=acting())


def _is_saved(public_id: str, signatory: str, form: SignatoryForm) -> bool:
    now = clock.utc_now()
    db.session.rollback()
    kept = files().put(form.signature.plain) if form.signature.plain else None
    try:
        with writing():
            issuer = _issuer(public_id)
            found = _signatory(issuer, signatory)
            written = letterheads.write_signatory(issuer, found, form.plan(), now=now, by=acting())
            if kept or form.no_signature.data:
                letterheads.file_signature(written, kept, now=now, by=acting())
    except TooManySignatories:
        form.form_errors.append(_("Twenty sign for this seller already. Remove one first."))
        return False
    return True
