"""What host cities and the office type for a paper is refused at the field where the paper could not be printed."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import Form

from tourreg.blueprints.city.answer_form import AnswerForm
from tourreg.blueprints.city.approval_form import ApprovalForm
from tourreg.blueprints.host_offer_form import OfferFields
from tourreg.blueprints.office import host_answers
from tourreg.blueprints.office.hosting import AskForm
from tourreg.blueprints.office.leg_form import LegForm
from tourreg.blueprints.public.host import CityForm
from tourreg.blueprints.report_form import report_form

RUNE = "Joanne ᚠ Miller"


def _report(typed: MultiDict[str, str]) -> Any:
    return report_form(typed, (), 1, "USD")


@pytest.mark.parametrize(
    ("form", "names"),
    [
        (AnswerForm, ["name", "words"]),
        (ApprovalForm, ["decided_by"]),
        (AskForm, ["words"]),
        (CityForm, ["contact_name", "contact_position"]),
        (OfferFields, ["provided_en", "provided_zh", "hours_en", "hours_zh"]),
        (host_answers.CityForm, ["name_en", "name_zh", "region_en", "region_zh"]),
        (LegForm, ["words"]),
        (_report, ["name", "what_0", "who_0"]),
    ],
)
def test_a_letter_that_no_font_has_is_named_beside_its_field(app: Flask, form: Any, names: list[str]) -> None:
    with app.test_request_context("/en/host"):
        filled: Form = form(MultiDict(dict.fromkeys(names, RUNE)))
        for name in names:
            filled[name].validate(filled)

            assert "“ᚠ”" in str(filled[name].errors), name
