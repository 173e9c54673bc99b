"""What the tick beside a text says that people agree to."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape

from tourreg import formats
from tourreg.blueprints.languages import language
from tourreg.domain.consents.models import ConsentText


def consent_words(text: ConsentText) -> Markup:
    """Return the sentence, with a link to the text that keeps the form open."""
    sentence = {
        "terms": _("I accept the %(text)s of %(day)s and the cancellation policy of this programme."),
        "privacy": _("I have read the %(text)s of %(day)s, and so has each participant."),
        "listed": _(
            "Each participant agrees to be listed by name, position and organisation in the programme book and in the "
            "list for everybody, as the %(text)s of %(day)s says."
        ),
        "cross_border": _(
            "Each participant agrees that names, positions and contact details go to the hosts in the other country, "
            "as the %(text)s of %(day)s says."
        ),
        "travel": _(
            "The participant agrees that these travel details, what they say of health among them, are kept and used "
            "for this journey, as the %(text)s of %(day)s says."
        ),
    }[text.kind]
    return escape(sentence) % {"text": _link(text), "day": formats.long_date(text.version_on, language())}


def _link(text: ConsentText) -> Markup:
    return Markup('<a href="{}" target="_blank">{}</a>').format(
        url_for("front.consent_text", kind=text.kind, language=language()), text.title.in_(language())
    )
