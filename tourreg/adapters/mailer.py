"""Sending e-mail: by SMTP, into a folder that the demo shows, or into memory for tests; chosen by URL."""

from __future__ import annotations

import secrets
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from tourreg.adapters.whole_files import require_writable, write_whole

TIMEOUT_SECONDS = 20
LANGUAGE_TAGS = {"en": "en", "zh": "zh-Hans"}
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class MailError(Exception):
    """The letter did not leave."""


class MailUnavailable(MailError):
    """The server cannot be reached or does not take letters now; the same letter may go later."""


class MailRefused(MailError):
    """The address or the letter was refused for good."""


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a letter."""

    name: str
    content: bytes
    media_type: str = "application/pdf"


@dataclass(frozen=True)
class Mail:
    """One letter to one address.

    message_key  names the letter: sent twice, it carries the same Message-ID
    """

    to: str
    subject: str
    text: str
    html: str
    language: str
    message_key: str
    written_at: datetime
    attachments: Sequence[Attachment] = ()


class Mailer(Protocol):
    """Something that takes letters."""

    def send(self, mail: Mail) -> None:
        """Hand the letter over; it has left when this returns.

        raises  MailUnavailable, MailRefused
        """

    def try_out(self) -> None:
        """Do all that comes before a letter, and send none.

        raises  MailUnavailable, MailRefused
        """


def open_mailer(url: str, sender: str) -> Mailer:
    """Return what sends as `sender` (Name <address>) by smtp://user:password@host:port, smtps://…, folder:///path or memory://.

    smtp takes TLS where the server offers it, and gives no password without it but on this machine.
    """
    parts = urlsplit(url)
    if parts.scheme == "memory":
        return MemoryMailer(sender)
    if parts.scheme == "folder":
        return FolderMailer(Path(unquote(parts.path)), sender)
    if parts.scheme in ("smtp", "smtps"):
        return SmtpMailer(parts, sender)
    raise ValueError(f"letters cannot be sent by {parts.scheme}://")


class SmtpMailer:
    """A mail server; each letter has a connection of its own."""

    def __init__(self, server: SplitResult, sender: str, *, trusting: ssl.SSLContext | None = None) -> None:
        self._server = server
        self._host = server.hostname or ""
        self._sender = sender
        self._trusting = trusting or ssl.create_default_context()

    def send(self, mail: Mail) -> None:
        message = compose(mail, self._sender)
        with self._logged_in() as connection:
            connection.send_message(message, from_addr=parseaddr(self._sender)[1], to_addrs=[mail.to])

    def try_out(self) -> None:
        with self._logged_in():
            pass

    @contextmanager
    def _logged_in(self) -> Iterator[smtplib.SMTP]:
        with self._named_errors():
            connection = self._connect()
            try:
                self._encrypt_and_log_in(connection)
                yield connection
            finally:
                _leave(connection)

    def _connect(self) -> smtplib.SMTP:
        if self._server.scheme == "smtps":
            port = self._server.port or smtplib.SMTP_SSL_PORT
            return smtplib.SMTP_SSL(self._host, port, timeout=TIMEOUT_SECONDS, context=self._trusting)
        return smtplib.SMTP(self._host, self._server.port or smtplib.SMTP_PORT, timeout=TIMEOUT_SECONDS)

    def _encrypt_and_log_in(self, connection: smtplib.SMTP) -> None:
        connection.ehlo()
        encrypted = self._server.scheme == "smtps"
        if not encrypted and connection.has_extn("starttls"):
            connection.starttls(context=self._trusting)
            encrypted = True
        if self._server.username:
            if not encrypted and self._host not in _LOOPBACK:
                raise MailUnavailable(f"{self._host} offers no encryption, so the password was not sent.")
            connection.login(unquote(self._server.username), unquote(self._server.password or ""))

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            raise _refusal(code, words) from error
        except smtplib.SMTPDataError as error:
            raise _refusal(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            raise MailUnavailable(f"{self._host}: {error}") from error


class FolderMailer:
    """A folder that keeps every letter as one .eml file; the demo's mailbox shows them."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    def send(self, mail: Mail) -> None:
        message = compose(mail, self._sender)
        self._folder.mkdir(parents=True, exist_ok=True)
        written = f"{mail.written_at.astimezone(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(8)}.eml"
        try:
            write_whole(self._folder / written, message.as_bytes())
        except OSError as error:
            raise MailUnavailable(str(error)) from error

    def try_out(self) -> None:
        try:
            require_writable(self._folder)
        except OSError as error:
            raise MailUnavailable(str(error)) from error


class MemoryMailer:
    """Letters of this process, for tests: `sent` is read back from what would have gone over the wire.

    down     whether the server cannot be reached
    refused  addresses that it refuses for good
    """

    def __init__(self, sender: str) -> None:
        self.sent: list[EmailMessage] = []
        self.down = False
        self.refused: set[str] = set()
        self._sender = sender

    def send(self, mail: Mail) -> None:
        message = compose(mail, self._sender)
        if self.down:
            raise MailUnavailable("The mail server is down.")
        if mail.to in self.refused:
            raise MailRefused(f"550 {mail.to}: no such mailbox")
        self.sent.append(read_mail(message.as_bytes()))

    def try_out(self) -> None:
        if self.down:
            raise MailUnavailable("The mail server is down.")


def compose(mail: Mail, sender: str) -> EmailMessage:
    """Return the letter as MIME: text and HTML as alternatives, and the attachments beside them.

    raises  MailRefused when an address or a header is none, such as one that would smuggle in another header
    """
    name, address = parseaddr(sender)
    message = EmailMessage(policy=_FirstLineFilled(linesep="\r\n"))
    try:
        message["From"] = Address(name, addr_spec=address)
        message["To"] = Address(addr_spec=mail.to)
        message["Subject"] = mail.subject
    except (ValueError, IndexError) as error:
        raise MailRefused(f"no header can be made of this: {error}") from error
    message["Date"] = mail.written_at.astimezone(UTC)
    message["Message-ID"] = f"<{mail.message_key}@{address.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    for attachment in mail.attachments:
        maintype, _, subtype = attachment.media_type.partition("/")
        message.add_attachment(attachment.content, maintype=maintype, subtype=subtype, filename=attachment.name)
    # Last, since new content takes the headers of the content before it away.
    message["Content-Language"] = LANGUAGE_TAGS[mail.language]
    return message


class _FirstLineFilled(policy.EmailPolicy):
    """Fold a long header after its first words: Python folds before them where the rest then fits on one line."""

    def fold_binary(self, name: str, value: str) -> bytes:
        folded = super().fold_binary(name, value)
        line = folded.replace(b":\r\n ", b": ", 1)
        if line == folded:
            return folded
        after = line.rfind(b" ", len(name) + 2, (self.max_line_length or 0) + 1)
        return line[:after] + b"\r\n" + line[after:] if after > 0 else line


def read_mail(written: bytes) -> EmailMessage:
    """Return a letter as its recipient's program reads it."""
    return message_from_bytes(written, policy=policy.default)


def _leave(connection: smtplib.SMTP) -> None:
    """Take leave; once the letter was accepted, a server that hangs up first has still accepted it."""
    try:
        connection.quit()
    except (smtplib.SMTPException, OSError):
        connection.close()


def _refusal(code: int, words: bytes | str) -> MailError:
    """Return what an answer of the server means: 5xx is for good, 4xx for now (RFC 5321, 4.2.1)."""
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return (MailRefused if code >= 500 else MailUnavailable)(f"{code} {said}")
