"""Time zones that people choose among, and the clock of whoever reads."""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings

NEAR = {
    "America/Los_Angeles": "Pacific",
    "America/Denver": "Mountain",
    "America/Phoenix": "Arizona",
    "America/Chicago": "Central",
    "America/New_York": "Eastern",
    "America/Anchorage": "Alaska",
    "Pacific/Honolulu": "Hawaii",
    "America/Puerto_Rico": "Puerto Rico",
    "Pacific/Guam": "Guam",
}
"""Zones of the United States, as people there call them."""
REGIONS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


def name_of(zone: str) -> str:
    """A zone as people call it: “Pacific”, “Berlin”, “Indiana, Knox”."""
    if zone in NEAR:
        return NEAR[zone]
    return zone.partition("/")[2].replace("/", ", ").replace("_", " ") or zone


@cache
def choices() -> tuple[tuple[str, object], ...]:
    """For a select: the agency's own first, those nearby, then every region's places by name."""
    elsewhere = [
        (region, tuple(sorted(((zone, name_of(zone)) for zone in _in(region)), key=lambda one: one[1])))
        for region in REGIONS
    ]
    agency = f"As the agency’s clock, {name_of(settings.TIME_ZONE)} time"
    return (("", agency), ("United States", tuple(NEAR.items())), *elsewhere)


def is_zone(zone: str) -> bool:
    return zone in NEAR or any(zone in _in(region) for region in REGIONS)


def zone_of(name: str) -> ZoneInfo:
    """Somebody's zone; the agency's where they have chosen none, or one that this server doesn't know any more."""
    return ZoneInfo(name if name and is_zone(name) else settings.TIME_ZONE)


@cache
def _in(region: str) -> frozenset[str]:
    return frozenset(
        zone for zone in available_timezones() if zone.startswith(f"{region}/") and zone not in NEAR
    )
