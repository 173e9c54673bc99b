"""Letters as they go out: proper MIME, nothing smuggled into a header, and errors that say whether to try again."""

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.smtp_server import mail_server
from tourreg.adapters.mailer import (
    Attachment,
    FolderMailer,
    Mail,
    MailRefused,
    MailUnavailable,
    MemoryMailer,
    SmtpMailer,
    compose,
    open_mailer,
    read_mail,
)

SENDER = "城市交流中心 <desk@example.org>"
WRITTEN_AT = datetime(2027, 1, 15, 9, 0, tzinfo=UTC)
to_servers = pytest.mark.local_servers


def test_a_letter_says_the_same_as_text_and_as_html() -> None:
    letter = received(a_mail(text="您的名额已预留。\n", html="<p>您的名额已预留。</p>"))

    assert body(letter, "plain") == "您的名额已预留。\n"
    assert body(letter, "html") == "<p>您的名额已预留。</p>\n"


def test_a_letter_carries_its_papers_beside_the_words() -> None:
    letter = received(a_mail(attachments=[Attachment("CCE-INV-2027-00001.pdf", b"%PDF-1.7 \x00\xff")]))

    [paper] = letter.iter_attachments()

    assert (paper.get_filename(), paper.get_content_type()) == ("CCE-INV-2027-00001.pdf", "application/pdf")
    assert paper.get_content() == b"%PDF-1.7 \x00\xff"
    assert body(letter, "plain") == "Two seats are held.\n"


@pytest.mark.parametrize(
    "subject",
    [
        "Your seats are held, please pay: Regional Summit on Eco-friendly Urbanization",
        "We have your registration: Siobhán O’Hare, Regional Summit on Eco-friendly Urbanization",
        "报名已收到，名额预留至2026年11月24日：生态城市建设扬州峰会与区域合作论坛",
    ],
)
def test_a_long_subject_begins_on_the_line_of_its_name(subject: str) -> None:
    written = compose(a_mail(subject=subject), SENDER).as_bytes()

    [line] = [line for line in written.split(b"\r\n") if line.startswith(b"Subject:")]
    assert len(line) > len(b"Subject: ")
    assert max(map(len, written.split(b"\r\n"))) <= 78
    assert read_mail(written)["Subject"] == subject


def test_a_subject_of_one_word_that_is_too_long_is_left_whole() -> None:
    assert received(a_mail(subject="x" * 74))["Subject"] == "x" * 74


def test_the_heads_of_a_letter() -> None:
    letter = received(a_mail(subject="付款已收到：扬州峰会", language="zh"))

    assert letter["From"] == SENDER
    assert letter["To"] == "lan@example.org"
    assert letter["Subject"] == "付款已收到：扬州峰会"
    assert letter["Message-ID"] == "<letter-1@example.org>"
    assert letter["Date"].datetime == WRITTEN_AT
    assert letter["Content-Language"] == "zh-Hans"
    assert letter["Auto-Submitted"] == "auto-generated"


def test_the_same_letter_made_again_has_the_same_message_id() -> None:
    later = a_mail(written_at=WRITTEN_AT + timedelta(minutes=5))

    assert received(a_mail())["Message-ID"] == received(later)["Message-ID"]


@pytest.mark.parametrize(
    "smuggled",
    [
        {"subject": "Paid\r\nBcc: everybody@example.org"},
        {"subject": "Paid\nBcc: everybody@example.org"},
        {"to": "lan@example.org\r\nBcc: everybody@example.org"},
        {"to": "lan@example.org, everybody@example.org"},
        {"to": "Lan <lan@example.org>"},
        {"to": ""},
        {"to": "nobody"},
    ],
)
def test_nothing_is_smuggled_into_a_header(smuggled: dict[str, Any]) -> None:
    with pytest.raises(MailRefused):
        compose(a_mail(**smuggled), SENDER)


def test_a_long_chinese_subject_stays_whole() -> None:
    subject = "关于生态城市化区域峰会及会前会后考察行程的报名确认、预付款与余款安排的说明" * 5

    assert received(a_mail(subject=subject))["Subject"] == subject


def test_every_line_on_the_wire_is_short_enough_for_mail() -> None:
    written = compose(a_mail(text="长" * 5000, html="<p>" + "x" * 5000 + "</p>"), SENDER).as_bytes()

    assert max(len(line) for line in written.split(b"\r\n")) <= 998


def test_a_folder_keeps_each_letter_as_a_file(tmp_path: Path) -> None:
    mailer = open_mailer(f"folder://{tmp_path / 'mail'}", SENDER)

    mailer.send(a_mail())
    mailer.send(a_mail())

    kept = sorted((tmp_path / "mail").iterdir())
    assert [path.name[:16] for path in kept] == ["20270115T090000-"] * 2
    assert read_mail(kept[0].read_bytes())["Subject"] == "Your seats are held"


def test_a_folder_that_cannot_be_written_is_a_reason_to_try_again(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("os.fsync", no_space_left)

    with pytest.raises(MailUnavailable):
        FolderMailer(tmp_path, SENDER).send(a_mail())

    assert list(tmp_path.iterdir()) == []


def test_memory_behaves_like_a_server(app) -> None:
    mailer = MemoryMailer(SENDER)
    mailer.refused.add("nobody@example.org")

    with pytest.raises(MailRefused):
        mailer.send(a_mail(to="nobody@example.org"))
    mailer.send(a_mail())

    assert [letter["To"] for letter in mailer.sent] == ["lan@example.org"]


@to_servers
def test_a_server_takes_the_letter_as_it_was_made() -> None:
    with mail_server() as server:
        open_mailer(server.url, SENDER).send(a_mail(text=".dots at the start\n..stay\n"))

    assert body(read_mail(server.taken[0]), "plain") == ".dots at the start\n..stay\n"


@to_servers
def test_the_password_is_given_on_this_machine() -> None:
    with mail_server() as server:
        open_mailer(f"smtp://desk%40example.org:p%2Fw@127.0.0.1:{server.port}", SENDER).send(a_mail())

    assert len(server.logins) == 1


@to_servers
def test_a_server_that_offers_encryption_gets_the_letter_encrypted(tmp_path: Path) -> None:
    serving, trusting = certificate(tmp_path)
    with mail_server(encryption=serving) as server:
        SmtpMailer(urlsplit(server.url), SENDER, trusting=trusting).send(a_mail())

    assert server.encrypted == [True]


@to_servers
def test_a_server_with_a_strange_certificate_gets_nothing(tmp_path: Path) -> None:
    serving, _ = certificate(tmp_path)
    with mail_server(encryption=serving) as server, pytest.raises(MailUnavailable):
        open_mailer(server.url, SENDER).send(a_mail())

    assert server.taken == []


@to_servers
@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"RCPT": "550 5.1.1 no such mailbox"}, MailRefused),
        ({"RCPT": "451 4.7.1 greylisted, come again"}, MailUnavailable),
        ({"after the letter": "554 5.7.1 looks like spam"}, MailRefused),
        ({"after the letter": "452 4.3.1 no room"}, MailUnavailable),
        ({"MAIL": "530 5.7.0 sign in first"}, MailUnavailable),
        ({"MAIL": "hang up"}, MailUnavailable),
        ({"DATA": "hang up"}, MailUnavailable),
    ],
)
def test_a_refusal_says_whether_it_is_for_good(answers: dict[str, str], error: type[Exception]) -> None:
    with mail_server(answers=answers) as server, pytest.raises(error):
        open_mailer(server.url, SENDER).send(a_mail())


@to_servers
def test_trying_out_logs_in_and_sends_no_letter() -> None:
    with mail_server() as server:
        open_mailer(server.url.replace("//", "//desk:seven%20swans@"), SENDER).try_out()

    assert server.taken == []
    assert len(server.logins) == 1


@to_servers
def test_a_wrong_password_is_ours_to_mend_and_no_fault_of_the_address() -> None:
    with mail_server(answers={"AUTH": "535 5.7.8 wrong password"}) as server, pytest.raises(MailUnavailable):
        open_mailer(f"smtp://desk:wrong@127.0.0.1:{server.port}", SENDER).send(a_mail())


@to_servers
def test_a_server_that_hangs_up_after_taking_the_letter_has_taken_it() -> None:
    with mail_server(answers={"QUIT": "hang up"}) as server:
        open_mailer(server.url, SENDER).send(a_mail())

    assert len(server.taken) == 1


@to_servers
def test_no_server_at_all_is_a_reason_to_try_again() -> None:
    with mail_server() as server:
        url = server.url

    with pytest.raises(MailUnavailable):
        open_mailer(url, SENDER).send(a_mail())


def a_mail(**changed: Any) -> Mail:
    values: dict[str, Any] = {
        "to": "lan@example.org",
        "subject": "Your seats are held",
        "text": "Two seats are held.\n",
        "html": "<p>Two seats are held.</p>",
        "language": "en",
        "message_key": "letter-1",
        "written_at": WRITTEN_AT,
    }
    return Mail(**{**values, **changed})


def received(mail: Mail) -> EmailMessage:
    return read_mail(compose(mail, SENDER).as_bytes())


def body(letter: EmailMessage, kind: str) -> str:
    part = letter.get_body((kind,))
    assert part is not None
    content: str = part.get_content()
    return content.replace("\r\n", "\n")


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return what a server on 127.0.0.1 encrypts with, and what trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example")])
    since = datetime.now(UTC) - timedelta(hours=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate_file, key_file = folder / "certificate.pem", folder / "key.pem"
    certificate_file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate_file, key_file)
    return serving, ssl.create_default_context(cafile=str(certificate_file))


def no_space_left(_descriptor: int) -> None:
    raise OSError(28, "No space left on device")
