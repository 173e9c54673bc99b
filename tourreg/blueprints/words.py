"""What templates may call: assets, formats in the page's language, and bilingual texts."""

import hashlib
from pathlib import Path
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from tourreg.blueprints import access, paper_kinds
from tourreg.blueprints.guards import may, member, reads
from tourreg.blueprints.languages import TAGS, language
from tourreg.blueprints.this_page import this_page
from tourreg.kernel.bilingual import Language, Text
from tourreg.settings import Settings


def init_app(app: Flask) -> None:
    app.jinja_env.filters["text"] = text
    app.jinja_env.globals.update(
        asset=asset,
        settings=settings,
        site_name=site_name,
        menu_link=menu_link,
        own_address=own_address,
        language_addresses=language_addresses,
        other_language_link=other_language_link,
        office_menu=office_menu,
        faults_of=faults_of,
        member=member,
        may=may,
        paper_kinds=paper_kinds.KINDS,
        paper_languages=paper_kinds.LANGUAGES,
        page_sizes=paper_kinds.PAGE_SIZES,
        person_signed_in=access.person,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def settings() -> Settings:
    """Return the settings of the running application."""
    read: Settings = current_app.extensions["tourreg.settings"]
    return read


def site_name() -> str:
    """Return what the organisation that runs this site calls itself, in the page's language."""
    return settings().site_name_zh if language() == "zh" else settings().site_name_en


# Addresses that belong to an area of a menu and do not lie under its own.
OF_AN_AREA = {
    "office_hosts.index": tuple(
        f"/office/{part}" for part in ("cities", "offers", "topics", "weights", "hosting", "certificates")
    ),
}


def menu_link(endpoint: str, label: str, **values: Any) -> Markup:
    """Return a link of a menu, marked when it is the page at hand or the area of it."""
    address = url_for(endpoint, **values)
    area = tuple(f"{start}/" for start in (address, *OF_AN_AREA.get(endpoint, ())))
    here = request.blueprint == endpoint.rpartition(".")[0] or f"{request.path}/".startswith(area)
    current = Markup(' aria-current="page"') if here else Markup()
    return Markup('<a href="{}"{}>{}</a>').format(address, current, label)


def office_menu() -> list[tuple[str, str]]:
    """Return the office's areas in the order of the menu, as far as they are open to the member who is signed in."""
    areas = (
        ("office.board", _("Board"), ()),
        ("office_events.index", _("Events"), ()),
        ("office_registrations.index", _("Registrations"), ()),
        ("office_money.index", _("Money"), ("finance", "read-only")),
        ("office_papers.register", _("Papers"), ()),
        ("office_hosts.index", _("Host cities"), ()),
        ("office_staff.index", _("Staff"), ("administrator",)),
    )
    return [(name, words) for name, words, roles in areas if reads(*roles)]


def faults_of(*forms: Any) -> list[tuple[str, str]]:
    """Return what is to be put right in the forms, in their order: the id of the field, or "", and the sentence."""
    faults = [(field.id, str(sentence)) for form in forms if form for field in form for sentence in field.errors[:1]]
    faults += [("", str(sentence)) for form in forms if form for sentence in form.form_errors]
    return list(dict.fromkeys(faults))


def own_address() -> str:
    """Return the page's one address for search engines, without what was asked of it; empty where there is no page."""
    if not request.endpoint or request.view_args is None:
        return ""
    return settings().base_url + url_for(request.endpoint, **request.view_args)


def language_addresses() -> list[tuple[str, str]]:
    """Return the page's own address in each language, with its tag, for search engines."""
    if not request.endpoint or request.view_args is None:
        return []
    address = {tag: url_for(request.endpoint, **{**request.view_args, "language": code}) for code, tag in TAGS.items()}
    return [(tag, settings().base_url + path) for tag, path in address.items()]


def other_language_link() -> Markup:
    """Return the switch to the other language, which stays on the page."""
    other: Language = "en" if language() == "zh" else "zh"
    return Markup('<a href="{}" lang="{}" hreflang="{}">{}</a>').format(
        _here_in(other), TAGS[other], TAGS[other], "English" if other == "en" else "中文"
    )


def _here_in(other: Language) -> str:
    if not request.endpoint or request.view_args is None:
        return url_for("front.home", language=other)
    kept = {name: value for name, value in request.args.to_dict(flat=False).items() if name != "language"}
    return this_page(kept, language=other)


def text(written: Text) -> str | Markup:
    """Return the text in the page's language; marked with its own language where only the other one exists."""
    shown = written.language_shown(language())
    words = written.in_(language())
    return words if shown == language() else Markup('<span lang="{}">{}</span>').format(TAGS[shown], words)


def asset(name: str) -> str:
    """Return the address of a static file; it changes when the file does, so browsers may keep it for a year."""
    return url_for("static", filename=name, v=_version(name))


def _version(name: str) -> str:
    versions: dict[str, str] = current_app.extensions.setdefault("tourreg.assets", {})
    if name not in versions:
        versions[name] = _hash(name)
    return versions[name]


def _hash(name: str) -> str:
    folder = Path(str(current_app.static_folder))
    return hashlib.sha256((folder / name).read_bytes()).hexdigest()[:12]
