"""A check of JSON objects against the type annotations of Stripe's SDK."""

import typing
from decimal import Decimal
from types import UnionType
from typing import Any, ForwardRef, Literal, Union

from stripe import ListObject, StripeObject
from stripe._object_classes import get_object_class
from stripe._stripe_object import UntypedStripeObject

PLAIN: dict[type, tuple[type, ...]] = {str: (str,), int: (int,), bool: (bool,), float: (int, float)}


def faults_of(value: Any, wanted: Any, path: str = "") -> list[str]:
    """Return what is wrong with a JSON value for an annotation: missing keys, unknown keys, wrong types and words.

    A key that may be None may also be missing. Where an annotation is a list of words "or any text", only the words
    are right: the stand-in has no reason to invent others.
    """
    if isinstance(wanted, ForwardRef):
        return _named(value, wanted.__forward_arg__, path)
    origin = typing.get_origin(wanted)
    if wanted is Any:
        return []
    if origin in (Union, UnionType):
        return _union(value, typing.get_args(wanted), path)
    if origin is Literal:
        return [] if value in typing.get_args(wanted) else [f"{path}: {value!r} is none of Stripe's words"]
    if origin in (list, ListObject, UntypedStripeObject):
        return _container(value, origin, typing.get_args(wanted)[0], path)
    if isinstance(wanted, type) and issubclass(wanted, StripeObject):
        return _object(value, wanted, path)
    return _plain(value, wanted, path)


def _named(value: Any, name: str, path: str) -> list[str]:
    """Check an object of a class that the SDK names without importing it, some by a name of their own."""
    kind = value.get("object") if isinstance(value, dict) else None
    known = get_object_class("V1", kind) if isinstance(kind, str) else StripeObject
    if known.__name__ != name.removesuffix("Resource"):
        return [f"{path}: is no {name}"]
    return faults_of(value, known, path)


def _union(value: Any, choices: tuple[Any, ...], path: str) -> list[str]:
    if value is None:
        return [] if type(None) in choices else [f"{path}: is None"]
    words = [choice for choice in choices if typing.get_origin(choice) is Literal]
    if isinstance(value, str) and words:
        return faults_of(value, words[0], path)
    tried = [faults_of(value, choice, path) for choice in choices if choice is not type(None)]
    return min(tried, key=len)


def _container(value: Any, origin: Any, item: Any, path: str) -> list[str]:
    if origin is list:
        if not isinstance(value, list):
            return [f"{path}: is no list"]
        return [fault for place, one in enumerate(value) for fault in faults_of(one, item, f"{path}[{place}]")]
    if not isinstance(value, dict):
        return [f"{path}: is no object"]
    if origin is UntypedStripeObject:
        return [fault for name, one in value.items() for fault in faults_of(one, item, f"{path}.{name}")]
    shape = {"object": Literal["list"], "data": list[item], "has_more": bool, "url": str}
    return _keys(value, shape, path)


def _object(value: Any, wanted: type, path: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{path}: is no object"]
    return _keys(value, annotations(wanted), path)


def _keys(value: dict[str, Any], shape: dict[str, Any], path: str) -> list[str]:
    unknown = [f"{path}.{name}: Stripe has no such key" for name in value if name not in shape]
    missing = [f"{path}.{name}: is missing" for name, kind in shape.items() if name not in value and not optional(kind)]
    there = [(value[name], kind, f"{path}.{name}") for name, kind in shape.items() if name in value]
    return unknown + missing + [fault for one in there for fault in faults_of(*one)]


def annotations(wanted: type) -> dict[str, Any]:
    """Return the keys of a class of the SDK with their types."""
    return {name: kind for name, kind in wanted.__annotations__.items() if not str(kind).startswith("typing.ClassVar")}


def optional(kind: Any) -> bool:
    return type(None) in typing.get_args(kind)


def _plain(value: Any, wanted: Any, path: str) -> list[str]:
    if wanted is Decimal:
        right = isinstance(value, str) and Decimal(value).is_finite()
    else:
        right = isinstance(value, PLAIN[wanted]) and (wanted is bool or not isinstance(value, bool))
    return [] if right else [f"{path}: {value!r} is no {wanted.__name__}"]
