"""Mails that came back, as mail servers write them."""

from email.message import EmailMessage, Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText


def report(to: str, *blocks: dict[str, str]) -> bytes:
    """A report on delivery (RFC 3464) to an address of ours, with what it says of each recipient."""
    whole = MIMEMultipart("report", report_type="delivery-status")
    whole["To"], whole["From"], whole["Subject"] = to, "MAILER-DAEMON@mx.example", "Undelivered Mail Returned to Sender"
    whole.attach(MIMEText("This is the mail system. Uw geheime woorden konden niet worden bezorgd."))
    status = MIMEBase("message", "delivery-status")
    status.set_payload([_block({"Reporting-MTA": "dns; mx.example"}), *(_block(block) for block in blocks)])
    whole.attach(status)
    return whole.as_bytes()


def failure(to: str, status: str = "5.1.1") -> bytes:
    """That a mail failed for good."""
    return report(to, {"Final-Recipient": "rfc822; sam@example.org", "Action": "failed", "Status": status})


def answer(to: str) -> bytes:
    """What an answering machine sends."""
    mail = EmailMessage()
    mail["To"], mail["Auto-Submitted"] = to, "auto-replied"
    mail.set_content("Ik ben met vakantie. Status: 5.1.1")
    return mail.as_bytes()


def _block(fields: dict[str, str]) -> Message:
    block = Message()
    for name, value in fields.items():
        block[name] = value
    return block
