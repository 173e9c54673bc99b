"""What people read about paying: the means of a payment page, and why there is none."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from tourreg import formats, settling
from tourreg.blueprints.gettext import _
from tourreg.blueprints.languages import language
from tourreg.domain.settlements import checkouts
from tourreg.kernel.refusals import Refusal

# Name and what to know, by Stripe's name.
MEANS = {
    "card": (_l("Card"), _l("Paid at once.")),
    "alipay": (
        _l("Alipay"),
        _l("Paid at once. A wallet has limits of its own; larger amounts can be paid in several pieces."),
    ),
    "wechat_pay": (
        _l("WeChat Pay"),
        _l("Paid at once. A wallet has limits of its own; larger amounts can be paid in several pieces."),
    ),
    "us_bank_account": (
        _l("U.S. bank account (ACH debit)"),
        _l("It takes up to four working days to arrive; your seats wait for it."),
    ),
}
# What became of a payment, by its outcome.
OUTCOMES = {
    "paid": _l("Thank you. Your payment has arrived"),
    "late": _l("Your payment has arrived, but late"),
    "awaited": _l("Your payment is on its way"),
    "failed": _l("The payment did not go through"),
    "open": _l("You have not paid yet"),
    "expired": _l("The payment page has closed"),
    "unknown": _l("We are still waiting for word of your payment"),
}


def why_not(refusal: Refusal, *, is_payer: bool = False) -> str:
    """Say why no payment page was opened; a refusal that is unknown here stays loud.

    is_payer  whether they pay for somebody else, so that they cannot register again
    """
    match refusal:
        case checkouts.PieceTooLarge():
            return _("At most %(amount)s can be paid now.", amount=formats.money(refusal.most, language()))
        case checkouts.PieceTooSmall():
            least = formats.money(refusal.least, language())
            return _("Online, a payment and what it leaves are at least %(amount)s each.", amount=least)
        case checkouts.NothingOwed():
            return _("There is nothing left to pay.")
        case checkouts.AwaitsApproval():
            return _("Our office has yet to approve the fee that you chose. We write to you; pay nothing before.")
        case checkouts.SeatsGone() if is_payer:
            return _("The seats were freed because no payment came in time, so there is nothing to pay.")
        case checkouts.SeatsGone():
            return _(
                "Your seats were freed because no payment came in time, so there is nothing to pay. Register again."
            )
        case checkouts.PaymentUnderWay():
            return _("Your payment is on its way. We write to you as soon as it arrives; please do not pay twice.")
        case settling.AlreadyPaid():
            return _("You have paid on another page already.")
        case checkouts.OpenedElsewhere():
            return _("Somebody else has just begun to pay this bill. Look at what is left, and try again.")
    raise refusal
