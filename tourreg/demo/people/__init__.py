"""All sample registrations, by event; everybody in them is invented."""

from tourreg.demo.people.asset_forum import ASSET_FORUM
from tourreg.demo.people.energy import ENERGY
from tourreg.demo.people.old_quarters import OLD_QUARTERS
from tourreg.demo.people.organisations import ORGANISATIONS
from tourreg.demo.people.performance import PERFORMANCE
from tourreg.demo.people.summit import SUMMIT
from tourreg.demo.people.waste import WASTE
from tourreg.demo.people.water import WATER
from tourreg.demo.shapes import Registration

REGISTRATIONS: list[Registration] = [
    *SUMMIT,
    *ENERGY,
    *PERFORMANCE,
    *OLD_QUARTERS,
    *ASSET_FORUM,
    *WASTE,
    *WATER,
]

__all__ = ["ORGANISATIONS", "REGISTRATIONS"]
