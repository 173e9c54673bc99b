"""Where Stripe delivers its events."""

from flask import Blueprint, Response, request
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import BadRequest

from tourreg.adapters.payments import AnswerNotUnderstood, SignatureRefused, StripeEvent
from tourreg.blueprints.extensions import csrf
from tourreg.blueprints.guards import machine
from tourreg.blueprints.outside import payments
from tourreg.db import writing
from tourreg.domain.settlements import inbox
from tourreg.kernel import clock

blueprint = Blueprint("stripe_hook", __name__)


@blueprint.post("/hooks/stripe")
@machine
def receive() -> Response:
    """Keep an event, and answer 2xx only once it is kept; the worker does what follows from it.

    A database that cannot take it now answers 503, so that Stripe comes again.
    """
    event = _signed_event()
    try:
        with writing():
            inbox.keep(
                event.id,
                event.type,
                event.object,
                now=clock.utc_now(),
                happened_at=event.created_at,
                stranger=_stranger(event),
            )
    except IntegrityError:
        # The same event came twice at once, and the other delivery was faster.
        return Response(status=200)
    return Response(status=200)


csrf.exempt(blueprint)


def _stranger(event: StripeEvent) -> str:
    """Return what makes an event none of ours: that it is for a connected account, or for the other mode."""
    if event.account is not None:
        return "account"
    if event.livemode is not None and event.livemode != payments().is_live:
        return "mode"
    return ""


def _signed_event() -> StripeEvent:
    try:
        return payments().read_event(request.get_data(), request.headers.get("Stripe-Signature", ""), clock.utc_now())
    except (SignatureRefused, AnswerNotUnderstood) as refusal:
        raise BadRequest from refusal
