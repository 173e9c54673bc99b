"""Every area's tables, so that the whole schema is known wherever one of them is."""

from tourreg.domain.accounts import models as accounts
from tourreg.domain.audit import models as audit
from tourreg.domain.banking import models as banking
from tourreg.domain.batches import models as batches
from tourreg.domain.billing import models as billing
from tourreg.domain.billing import order_models as orders
from tourreg.domain.catalogue import freshness
from tourreg.domain.catalogue import models as catalogue
from tourreg.domain.certificates import models as certificates
from tourreg.domain.cities import models as cities
from tourreg.domain.consents import models as consents
from tourreg.domain.hosting import city_contact_models as city_contacts
from tourreg.domain.hosting import city_letter_models as city_letters
from tourreg.domain.hosting import contact_models as host_contacts
from tourreg.domain.hosting import models as hosting
from tourreg.domain.hosting import offer_models as host_offers
from tourreg.domain.hosting import pairing_models as pairings
from tourreg.domain.hosting import particulars_models as host_particulars
from tourreg.domain.hosting import proposal_models as hosting_proposals
from tourreg.domain.hosting import report_models as visit_reports
from tourreg.domain.hosting import request_models as hosting_requests
from tourreg.domain.hosting import visit_models as hosting_visits
from tourreg.domain.itineraries import book
from tourreg.domain.itineraries import models as itineraries
from tourreg.domain.matching import models as matching
from tourreg.domain.outbox import models as outbox
from tourreg.domain.papers import models as papers
from tourreg.domain.registrations import models as registrations
from tourreg.domain.settlements import models as settlements
from tourreg.domain.travel import models as travel

__all__ = [
    "accounts",
    "audit",
    "banking",
    "batches",
    "billing",
    "book",
    "catalogue",
    "certificates",
    "cities",
    "city_contacts",
    "city_letters",
    "consents",
    "freshness",
    "host_contacts",
    "host_offers",
    "host_particulars",
    "hosting",
    "hosting_proposals",
    "hosting_requests",
    "hosting_visits",
    "itineraries",
    "matching",
    "orders",
    "outbox",
    "pairings",
    "papers",
    "registrations",
    "settlements",
    "travel",
    "visit_reports",
]
