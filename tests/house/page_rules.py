"""What a page owes whoever reads it, as rules that can be broken and noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

# Attributes that name other elements of the page by their ids.
NAMING = ("for", "form", "list", "headers", "aria-describedby", "aria-labelledby", "aria-controls", "aria-owns")
TYPED = ("input", "select", "textarea")
# What screen readers list as parts of a page; regions and forms only where they have a name.
LANDMARKS = {"nav": "navigation", "main": "main", "aside": "complementary", "search": "search"}
NAMED_LANDMARKS = {"section": "region", "form": "form"}
ROLES = {*LANDMARKS.values(), *NAMED_LANDMARKS.values(), "banner", "contentinfo"}
WITHOUT_LABEL = ("hidden", "submit", "button", "image", "reset")


def faults_in(page: Element, language: str) -> list[str]:
    """Return in words what is wrong with a page that is valid HTML."""
    rules = (_ids, _fields, _forms, _names, _landmarks, _policy)
    return [*_heads(page, language), *(fault for rule in rules for fault in rule(page))]


def _heads(page: Element, language: str) -> Iterator[str]:
    if page.get("lang") != {"en": "en", "zh": "zh-Hans"}[language]:
        yield f"says that it is written in {page.get('lang')}"
    for tag in ("title", "h1", "main"):
        found = page.findall(f".//{tag}")
        if len(found) != 1 or not _text(found[0]):
            yield f"has {len(found)} <{tag}>, or an empty one"


def _ids(page: Element) -> Iterator[str]:
    ids = Counter(element.get("id") for element in page.iter() if element.get("id") is not None)
    yield from (f"has the id {name} {count} times" for name, count in ids.items() if count > 1)
    for element in page.iter():
        named = [name for attribute in NAMING for name in element.get(attribute, "").split()]
        target = element.get("href", "")
        named += [target[1:]] if target.startswith("#") else []
        yield from (f"<{element.tag}> names {name}, which is not there" for name in named if name not in ids)


def _fields(page: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in page.iter("label") if _text(label)}
    inside = {field for label in page.iter("label") if _text(label) for field in label.iter() if field.tag in TYPED}
    for field in page.iter():
        if field.tag in TYPED and field.get("type") not in WITHOUT_LABEL:
            said = field.get("aria-label") or field.get("aria-labelledby")
            if not said and field not in inside and (field.get("id") is None or field.get("id") not in labelled):
                yield f"the field {field.get('name')} has no label"
    for group in page.iter("fieldset"):
        if len(group) == 0 or group[0].tag != "legend" or not _text(group[0]):
            yield "a group of fields does not say what it is"


def _forms(page: Element) -> Iterator[str]:
    for form in page.iter("form"):
        is_sent = form.get("method", "get").lower() == "post"
        tokens = [field for field in form.iter("input") if field.get("name") == "csrf_token" and field.get("value")]
        if is_sent != (len(tokens) == 1):
            yield f"the form to {form.get('action')} has {len(tokens)} tokens"


def _names(page: Element) -> Iterator[str]:
    yield from ("a picture has no alt" for picture in page.iter("img") if picture.get("alt") is None)
    for element in page.iter():
        if element.tag in ("a", "button") and not (_text(element) or element.get("aria-label")):
            yield f"a <{element.tag}> to {element.get('href')} has no words"


def _landmarks(page: Element) -> Iterator[str]:
    """Find parts that a screen reader lists under the same words, or under none where they need some."""
    texts = {element.get("id"): _text(element) for element in page.iter() if element.get("id")}
    listed: Counter[tuple[str, str]] = Counter()
    for element in page.iter():
        role = element.get("role", LANDMARKS.get(element.tag, NAMED_LANDMARKS.get(element.tag, "")))
        named = " ".join(texts.get(one, "") for one in element.get("aria-labelledby", "").split())
        name = " ".join((named or element.get("aria-label", "")).split())
        if role in ROLES and (name or role in LANDMARKS.values()):
            listed[role, name] += 1
        elif element.get("role") in ROLES:
            yield f"has a part that is a {role} without a name"
    yield from (
        f"has {count} parts of the kind {role} called “{name}”" for (role, name), count in listed.items() if count > 1
    )


def _policy(page: Element) -> Iterator[str]:
    """Find what the content security policy would not run."""
    for element in page.iter():
        yield from (f"has {name}=" for name in element.attrib if name == "style" or name.startswith("on"))
        is_script = element.tag == "script" and element.get("type") != "application/ld+json"
        if element.tag == "style" or (is_script and not element.get("src")):
            yield f"has a <{element.tag}> of its own"


def _text(element: Element) -> str:
    pictured = "".join(picture.get("alt", "") for picture in element.iter("img"))
    return ("".join(element.itertext()) + pictured).strip()
