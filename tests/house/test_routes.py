"""Every route wears one guard, and the list of both is reviewed."""

from pathlib import Path

from flask import Flask

REVIEWED = Path(__file__).parent / "routes.txt"


def test_every_route_and_its_guard_stand_in_the_reviewed_list(app: Flask) -> None:
    """To accept a new route: add its line to routes.txt after reading who may use it."""
    assert routes_with_guards(app) == REVIEWED.read_text("utf-8").splitlines()


def routes_with_guards(app: Flask) -> list[str]:
    lines = []
    for rule in app.url_map.iter_rules():
        guard = getattr(app.view_functions[rule.endpoint], "guard", None)
        if rule.endpoint == "static":
            guard = "everyone"
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        lines.append(f"{rule.rule} {methods}: {guard or 'NO GUARD'}")
    return sorted(lines)
