"""The sample itineraries; an event that is not listed has none yet."""

from tourreg.demo.itineraries.asset_forum import ASSET_FORUM
from tourreg.demo.itineraries.energy_charlotte import CHARLOTTE
from tourreg.demo.itineraries.energy_davenport import DAVENPORT
from tourreg.demo.itineraries.energy_fort_collins import FORT_COLLINS
from tourreg.demo.itineraries.old_quarters import OLD_QUARTERS
from tourreg.demo.itineraries.performance import PERFORMANCE
from tourreg.demo.itineraries.yangzhou import SUMMIT_DAYS
from tourreg.demo.itineraries.yangzhou_post_tour import POST_TOUR
from tourreg.demo.itineraries.yangzhou_pre_tour import PRE_TOUR
from tourreg.demo.shapes import Itinerary

SUMMIT: Itinerary = {"event": "eco-urbanization-yangzhou", "days": [*PRE_TOUR, *SUMMIT_DAYS, *POST_TOUR]}
ENERGY: Itinerary = {"event": "energy-efficiency-us", "days": [*FORT_COLLINS, *DAVENPORT, *CHARLOTTE]}

ITINERARIES: list[Itinerary] = [SUMMIT, ENERGY, PERFORMANCE, ASSET_FORUM, OLD_QUARTERS]
