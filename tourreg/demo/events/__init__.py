"""All sample programmes, the summit first."""

from tourreg.demo.events.asset_forum import ASSET_FORUM
from tourreg.demo.events.energy import ENERGY
from tourreg.demo.events.green_schools import GREEN_SCHOOLS
from tourreg.demo.events.old_quarters import OLD_QUARTERS
from tourreg.demo.events.performance import PERFORMANCE
from tourreg.demo.events.summit import SUMMIT
from tourreg.demo.events.transit import TRANSIT
from tourreg.demo.events.waste import WASTE
from tourreg.demo.events.water import WATER
from tourreg.demo.shapes import Event

EVENTS: list[Event] = [SUMMIT, ENERGY, PERFORMANCE, OLD_QUARTERS, ASSET_FORUM, TRANSIT, WASTE, WATER, GREEN_SCHOOLS]
