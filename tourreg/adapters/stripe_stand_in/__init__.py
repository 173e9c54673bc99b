"""A stand-in for Stripe: a small stateful server of its own that behaves like Stripe where it matters to the product.

The product never imports it; it speaks with it as with Stripe, over HTTP. It listens on loopback only.

    python -m tourreg.adapters.stripe_stand_in --port 4242 --database stand-in.sqlite3 \\
        --webhook-url http://127.0.0.1:8000/hooks/stripe --webhook-secret whsec_… --delay 1 --site-name "City Exchange"

`--port 0` takes a free port; the first line on standard output ends with the address. Any key that begins with
`sk_test_` or `rk_test_` is good. Its objects are those of Stripe's API version 2026-10-28.endive.

**Endpoints** (`endpoints.py`): create, retrieve, list, expire checkout sessions and list their lines; retrieve and list
payment intents, charges, refunds, disputes, events; retrieve payment methods and balance transactions; create refunds;
give disputes up. With `expand[]`, idempotency keys (24 hours of its own clock), lists in pages, refusals in Stripe's
shape.

**The hosted page** (`/c/pay/<session>`) has buttons for the means of its session: *pay* (a card that works), *Alipay*
and *WeChat Pay* (paid at once), *pay later* and *bounce later* (a bank debit in USD: accepted now, settled or refused
after `asynchronous_seconds`), *fail* (a declined card or wallet; the page stays open), *leave* (to cancel_url). A test
presses a button by `POST /c/pay/<session>` with `action` pay, pay_alipay, pay_wechat_pay, pay_later, bounce_later,
fail, fail_alipay, fail_wechat_pay or leave.

**Events** go to the webhook's address in the order they happened, signed anew at each try with the real time; a site
that does not answer 2xx gets them again after `retry_seconds`, doubled each time.

**Levers** below `/_control`, JSON in and out:

    GET  clock                    {"now": …, "now_at": …, "offset_seconds": …}
    POST clock                    {"advance_seconds": 1900} or {"offset_seconds": 0}; what becomes due happens at once,
                                  and the answer names the events: {"events": [{"id": …, "type": …}]}
    GET  settings, POST settings  webhook_url, delay_seconds, retry_seconds, asynchronous_seconds,
                                  paused (true holds all webhooks back until `deliver` or false)
    POST faults                   {"on": …, "kind": …, "times": 1}; GET lists them, DELETE clears them
    POST webhooks/deliver         {} tries everything that waits once, now, and answers what the site answered
    POST webhooks/resend          {"event": "evt_…", "times": 5}
    POST rates                    {"seed": 7, "drop": 0.1, "duplicate": 0.1, "reorder": 0.1, "delay": 0.1,
                                  "seconds": 2}: such a share of all events to come goes astray, in every run the
                                  same; GET shows them
    POST disputes                 {"charge": "ch_…"} opens one; also "amount", "reason", and "inquiry": true for
                                  one that takes no money yet
    POST disputes/move            {"dispute": "du_…", "to": "under_review", "won", "lost" or "warning_closed"}
    POST refunds/end              {"refund": "re_…", "succeeds": false}
    POST events                   {"type": "customer.created"} sends an event that nothing here has brought about; also
                                  "object", "account", "livemode"
    GET  state                    all objects, deliveries, faults, settings, the clock
    POST reset                    {} forgets all objects and faults; clock and settings are as at the start

**Faults** are taken by the next `times` occasions, oldest first:

    on "POST /v1/refunds", "GET /v1/checkout/sessions/:id", … or "*" (any endpoint)
        error    answers `status` (500 unless given) without doing the work
        hang     waits `seconds` before doing the work
        drop     does the work, then drops the connection
    on "webhook" (any event) or "webhook:checkout.session.completed"
        drop           the event is made, but never sent
        duplicate      sent `copies` times more
        delay          sent `seconds` later
        reorder        the next `times` events are sent in the opposite order, after `seconds` at the latest
        sign_wrongly   signed with another secret (each try)
        sign_long_ago  signed an hour ago (each try)
    on "asynchronous_payment", for the next "pay later"
        fails
    on "refund", for the next refund
        pending_then_succeeds, pending_then_fails, succeeds_then_fails   after `asynchronous_seconds`
        stays_pending   until a lever ends it
"""
