"""A small mail server for tests: it takes letters, and misbehaves as it is told."""

from __future__ import annotations

import socketserver
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread


@dataclass
class MailServer:
    """What the server has taken and how it answers.

    answers     what it says instead of its usual answer, by command: {"RCPT": "550 no such mailbox"}
    when_taken  called when a letter is kept, before the client hears of it
    encryption  offers STARTTLS with this certificate
    """

    answers: dict[str, str] = field(default_factory=dict)
    when_taken: Callable[[], None] = lambda: None
    encryption: ssl.SSLContext | None = None
    taken: list[bytes] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


@contextmanager
def mail_server(**told: object) -> Iterator[MailServer]:
    """Run a mail server on a free port of this machine."""
    kept = MailServer(**told)  # type: ignore[arg-type]

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    class Handler(Conversation):
        server_state = kept

    with Server(("127.0.0.1", 0), Handler) as server:
        kept.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield kept
        finally:
            server.shutdown()
            thread.join()


class Conversation(socketserver.StreamRequestHandler):
    """One connection, command after command."""

    server_state: MailServer
    is_encrypted = False

    def handle(self) -> None:
        with suppress(ConnectionError, ssl.SSLError):  # a client that was killed, or trusts us not
            self.converse()

    def converse(self) -> None:
        self.say("220 mail.example ready")
        while line := self.rfile.readline():
            command = line.decode().strip()
            verb = command.partition(" ")[0].upper()
            told = self.server_state.answers.get(verb)
            if told == "hang up":
                return
            if told is not None:
                self.say(told)
            elif not self.obey(verb, command):
                return

    def obey(self, verb: str, command: str) -> bool:
        if verb == "QUIT":
            self.say("221 bye")
            return False
        if verb == "EHLO":
            self.greet()
        elif verb == "STARTTLS":
            self.encrypt()
        elif verb == "AUTH":
            self.server_state.logins.append(command)
            self.say("235 welcome")
        elif verb == "DATA":
            self.take()
        else:
            self.say("250 ok")
        return True

    def greet(self) -> None:
        offers = ["mail.example", "AUTH PLAIN"]
        if self.server_state.encryption and not self.is_encrypted:
            offers.append("STARTTLS")
        for offer in offers[:-1]:
            self.say(f"250-{offer}")
        self.say(f"250 {offers[-1]}")

    def encrypt(self) -> None:
        assert self.server_state.encryption is not None
        self.say("220 go ahead")
        self.request = self.connection = self.server_state.encryption.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
        self.is_encrypted = True

    def take(self) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server_state.taken.append(b"".join(lines))
        self.server_state.encrypted.append(self.is_encrypted)
        self.server_state.when_taken()
        self.say(self.server_state.answers.get("after the letter", "250 taken"))

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")
