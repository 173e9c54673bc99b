"""What no test may do: reach another machine, or ask anybody outside while a writing transaction is open.

What is refused is also noted, since code that is used to servers that fail may take the refusal for one of them.
"""

import socket
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import argon2.low_level
import pytest
from flask import has_app_context

from tests.fake_payments import FakePayments
from tourreg.adapters import pdf
from tourreg.adapters.bell import HueyBell, MemoryBell
from tourreg.adapters.files import FolderFiles, MemoryFiles
from tourreg.adapters.mailer import FolderMailer, MemoryMailer, SmtpMailer
from tourreg.adapters.payments import Payments
from tourreg.db import db

THIS_MACHINE = ("127.0.0.1", "::1", "localhost")
STRIPE = tuple(name for name in vars(Payments) if not name.startswith("_"))
# All of this takes its time, and while it does nobody else could write.
ENTRANCES: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Payments, STRIPE),
    (FakePayments, tuple(name for name in STRIPE if name in vars(FakePayments))),
    *((mailer, ("send", "try_out")) for mailer in (SmtpMailer, FolderMailer, MemoryMailer)),
    *((store, ("put", "get", "try_out")) for store in (FolderFiles, MemoryFiles)),
    *((bell, ("ring",)) for bell in (HueyBell, MemoryBell)),
    (pdf, ("make_pdf", "make_pdf_aside")),
    (argon2.low_level, ("hash_secret", "verify_secret")),
)


class AskedWhileWriting(AssertionError):
    """Somebody outside was asked inside `writing()`."""


class WentOut(AssertionError):
    """A connection to another machine was tried, or to this one by a test without the mark `local_servers`."""


class Border:
    """Refuses what no test may do, for as long as the run lasts.

    refused           what was refused in this test, for its end
    to_this_machine   whether servers of this machine may be reached: by tests that say so, and between tests
    """

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.refused: list[AssertionError] = []
        self.to_this_machine = True
        for owner, names in ENTRANCES:
            for name in names:
                patch.setattr(owner, name, self._never_while_writing(getattr(owner, name)))
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, self._only_to_allowed(getattr(socket.socket, name)))
        for name in ("getaddrinfo", "gethostbyname"):
            patch.setattr(socket, name, self._only_of_this_machine(getattr(socket, name)))

    def _never_while_writing(self, ask: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(ask)
        def guarded(*given: Any, **named: Any) -> Any:
            if is_writing():
                self._refuse(AskedWhileWriting(ask.__qualname__))
            return ask(*given, **named)

        return guarded

    def _only_to_allowed(self, reach: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(reach)
        def guarded(this: socket.socket, *given: Any) -> Any:
            if this.family != socket.AF_UNIX and not (self.to_this_machine and given[-1][0] in THIS_MACHINE):
                self._refuse(WentOut(given[-1]))
            return reach(this, *given)

        return guarded

    def _only_of_this_machine(self, resolve: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(resolve)
        def guarded(host: str | None, *given: Any, **named: Any) -> Any:
            if host not in (*THIS_MACHINE, socket.gethostname(), "0.0.0.0", None):
                self._refuse(WentOut(host))
            return resolve(host, *given, **named)

        return guarded

    def _refuse(self, refusal: AssertionError) -> None:
        self.refused.append(refusal)
        raise refusal


@pytest.fixture(scope="session")
def border() -> Iterator[Border]:
    with pytest.MonkeyPatch.context() as patch:
        yield Border(patch)


@pytest.fixture(autouse=True)
def within_the_border(border: Border, request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that tried what it may not, though something took the refusal for a server's failure."""
    border.refused.clear()
    border.to_this_machine = request.node.get_closest_marker("local_servers") is not None
    yield
    border.to_this_machine = True
    assert border.refused == []


def is_writing() -> bool:
    """Tell whether the session at hand holds a transaction that writes."""
    if not has_app_context() or not db.session.registry.has():
        return False
    session = db.session()
    return session.in_transaction() and bool(session.connection().get_execution_options().get("writes"))
