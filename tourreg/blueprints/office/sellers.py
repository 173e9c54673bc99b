"""What the papers of a seller carry beside its name: registrations on the letterhead, and its Form W-9."""

from __future__ import annotations

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, FileField
from wtforms.validators import ValidationError

from tourreg.adapters import pdf_joining
from tourreg.adapters.pdf_joining import NotAPdf, PdfBroken, PdfEncrypted, PdfTooLong
from tourreg.blueprints.fields import Lines
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.large_requests import AROUND_A_FILE, let_through
from tourreg.blueprints.outside import files
from tourreg.db import db, writing
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.enclosing import enclose_w9
from tourreg.domain.papers import commands, queries
from tourreg.domain.papers.models import Issuer
from tourreg.kernel import clock
from tourreg.kernel.bilingual import Text
from tourreg.kernel.refusals import Refusal

blueprint = Blueprint("office_sellers", __name__)

let_through(
    blueprint, pdf_joining.LARGEST_FILE + AROUND_A_FILE, _l("A W-9 has at most 8 pages and 2 MB. Nothing was read.")
)

REFUSALS: dict[type[Refusal], object] = {
    NotAPdf: _l("This is no PDF, whatever its name says. Choose the PDF of the form."),
    PdfEncrypted: _l("This PDF is locked by a password. Save it without one and choose it again."),
    PdfTooLong: _l("A W-9 has at most 8 pages and 2 MB. Save its signed page alone."),
    PdfBroken: _l("This PDF cannot be read. Open it, print it to a new PDF and choose that."),
}


class SellerForm(FlaskForm):
    registrations_en = Lines(
        _l("Registrations as a seller of travel, in English"),
        most=500,
        hint=_l("One line for each state that asks for it, such as “CST 0000000-50”. They stand on the letterhead."),
        printed=True,
    )
    registrations_zh = Lines(_l("The same in Chinese"), most=500, printed=True)
    w9 = FileField(_l("Signed Form W-9"), description=_l("A PDF of at most 2 MB and 8 pages, without a password."))
    remove_w9 = BooleanField(_l("Enclose no W-9 any more"))

    content: bytes = b""
    pages: int = 0

    def validate_w9(self, field: FileField) -> None:
        if not field.data or not field.data.filename:
            return
        self.content = field.data.read()
        try:
            self.pages = pdf_joining.examine(self.content)
        except (NotAPdf, PdfEncrypted, PdfTooLong, PdfBroken) as refusal:
            raise ValidationError(str(REFUSALS[type(refusal)])) from None


@blueprint.route("/money/sellers/<public_id>", methods=["GET", "POST"])
@office("finance")
def seller(public_id: str) -> Response | tuple[str, int]:
    issuer = queries.issuer_by_public_id(public_id) or abort(404)
    written = issuer.seller_registrations
    form = SellerForm(data={"registrations_en": written.en, "registrations_zh": written.zh})
    if form.validate_on_submit():
        _save(issuer, form)
        flash(_("Saved. Papers to come carry it; those that were issued stay as they are."))
        return redirect(url_for(".seller", public_id=public_id), 303)
    return render_template("office/money/seller.html", form=form, issuer=issuer), 422 if form.errors else 200


@blueprint.get("/money/sellers/<public_id>/w9.pdf")
@office("finance")
def w9(public_id: str) -> Response:
    """Hand the filed W-9 out as a download."""
    issuer = queries.issuer_by_public_id(public_id)
    if issuer is None or issuer.w9_sha256 is None:
        abort(404)
    answer = make_response(files().get(issuer.w9_sha256))
    answer.headers.update(
        {
            "Content-Type": "application/pdf",
            "Content-Disposition": f'attachment; filename="W-9 {issuer.key}.pdf"',
            "Cache-Control": "private, no-store",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        }
    )
    return answer


@blueprint.post("/money/bills/<public_id>/w9")
@office("finance")
def enclose(public_id: str) -> Response:
    """Say whether the W-9 follows on the invoices of one bill."""
    folio = billing.folio_by_public_id(public_id) or abort(404)
    wanted = request.form.get("wanted") == "y"
    with writing():
        enclose_w9(billing.folio_by_public_id(public_id) or folio, wanted, now=clock.utc_now(), by=acting())
    flash(_("The W-9 follows on invoices to come.") if wanted else _("Invoices to come are sent without the W-9."))
    return redirect(url_for("office_account_papers.statement", public_id=public_id), 303)


def _save(issuer: Issuer, form: SellerForm) -> None:
    """Keep the file first and note it after, so that nothing is noted that is not kept."""
    issuer_id, now = issuer.id, clock.utc_now()
    registrations = Text(form.registrations_en.data or "", form.registrations_zh.data or "")
    db.session.rollback()
    sha256 = files().put(form.content) if form.content else ""
    with writing():
        found = db.session.get_one(Issuer, issuer_id)
        commands.name_registrations(found, registrations, now=now, by=acting())
        if sha256:
            commands.file_w9(found, sha256=sha256, pages=form.pages, now=now, by=acting())
        elif form.remove_w9.data:
            commands.remove_w9(found, now=now, by=acting())
