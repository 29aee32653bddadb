"""What beat starts. One at a time by a lock in the database, however many beats and workers there are."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, QuerySet, Value
from django.db.models.functions import Least, Power
from django.utils import timezone

from meldingen import queueing
from meldingen.accounts import sending as accounts_sending
from meldingen.accounts import sessions
from meldingen.accounts import tasks as accounts_tasks
from meldingen.attachments import attaching
from meldingen.attachments import forgetting as photos
from meldingen.attachments import tasks as attachments_tasks
from meldingen.attachments.models import Photo
from meldingen.exports import files as export_files
from meldingen.exports import forgetting as exports
from meldingen.exports import tasks as exports_tasks
from meldingen.exports.models import Export
from meldingen.handling import bulk, bulk_tasks, saved_worklists
from meldingen.handling.models import BulkAct
from meldingen.notifications import allowance, bounce_mailbox, mails, relinking, staff_mail
from meldingen.notifications import tasks as notifications_tasks
from meldingen.record.models import Melding
from meldingen.retention import forgetting
from meldingen.routing import tasks as routing_tasks
from meldingen.tenancy import auditing
from meldingen.tenancy.failures import contain_failures
from meldingen.tenancy.models import Invitation, Municipality
from meldingen.upkeep import heartbeats, morning

__all__ = [
    "forget_audit", "forget_exports", "forget_fingerprints", "forget_photos", "forget_reporters", "forget_sessions",
    "read_bounces", "sweep", "tell_mailboxes", "tell_what_is_broken",
]  # fmt: skip

LOCK = 0x6D656C64  # "meld": the number of the sweep's advisory lock
RETENTION_LOCK = 0x6D656C65
BOUNCES_LOCK = 0x6D656C66
BATCH = 500
# What came in just now is on its way through the broker.
GRACE = timedelta(seconds=min(15, settings.SWEEP_SECONDS))
# What the sweep enqueued is left alone for a pause that doubles each time, so that a night without workers does not
# fill the broker with the same messages.
FIRST_PAUSE = timedelta(seconds=30)
DOUBLINGS = 7  # to 64 minutes


@shared_task
def sweep() -> None:
    """Enqueue again what the broker lost: meldingen without a prediction, mails and photos that are due, acts on many,
    links that somebody asked for, and mails to colleagues. Bounded per run. Photos that the last page did not know of
    go to the melding of their form.
    """
    with transaction.atomic():
        if not _alone():
            return
        heartbeats.note(heartbeats.SWEEP)
        attaching.adopt_left_over()
        now = timezone.now()
        waiting = Melding.objects.filter(prediction_due_at__lt=now - GRACE).order_by("prediction_due_at")
        for melding_id in _claim(waiting, "prediction_due_at", "prediction_claims"):
            queueing.after_commit(routing_tasks.classify_and_route, melding_id)
        due = mails.to_people().filter(due_at__lt=now - GRACE).order_by("due_at")
        for delivery_id in _claim(due, "due_at", "claims"):
            queueing.after_commit(notifications_tasks.deliver, delivery_id)
        for act_id in _claim(BulkAct.objects.filter(due_at__lt=now - GRACE).order_by("due_at"), "due_at", "claims"):
            queueing.after_commit(bulk_tasks.carry_out, act_id)
        for request_id in relinking.left_over(GRACE):
            queueing.after_commit(notifications_tasks.send_link, request_id)
        unmade = Photo.objects.filter(due_at__lt=now - GRACE).order_by("due_at")
        for photo_id in _claim(unmade, "due_at", "claims"):
            queueing.after_commit(attachments_tasks.prepare_photo, photo_id)
        unsent = Invitation.objects.filter(due_at__lt=now - GRACE).order_by("due_at")
        for invitation_id in _claim(unsent, "due_at", "claims"):
            queueing.after_commit(accounts_tasks.send_invitation, invitation_id)
        for request_id in accounts_sending.left_over(GRACE):
            queueing.after_commit(accounts_tasks.answer_reset, request_id)
        unwritten = Export.objects.filter(due_at__lt=now - GRACE).order_by("due_at")
        for export_id in _claim(unwritten, "due_at", "claims"):
            queueing.after_commit(exports_tasks.write_export, export_id)


@shared_task
def tell_mailboxes() -> None:
    """Tell each mailbox of ours what was held back, what failed and what the broker lost."""
    for recipient_id in staff_mail.waiting():
        queueing.after_commit(notifications_tasks.tell_mailbox, recipient_id)


@shared_task
def read_bounces() -> None:
    """Take the mails that came back, where the site has a mailbox for them."""
    if settings.BOUNCE_IMAP_URL:
        with transaction.atomic():
            if _alone(BOUNCES_LOCK):
                bounce_mailbox.read()


@shared_task
def tell_what_is_broken() -> None:
    """Mail who wants to know, in each municipality when it is morning there."""
    for municipality in Municipality.objects.order_by("pk"):
        with contain_failures(f"nobody of {municipality.code} is told what is broken"):
            morning.tell(municipality)


@shared_task
def forget_reporters() -> None:
    """Forget every reporter and follower whose term has passed, in each municipality, and mailboxes not used lately.

    One transaction per batch. What goes wrong in one municipality is logged and does not keep the details of another's
    reporters.
    """
    for municipality in Municipality.objects.order_by("pk"):
        with contain_failures(f"contact details of {municipality.code} are not forgotten"):
            while _forgot_some(municipality, forgetting.forget_reporters):
                pass
            while _forgot_some(municipality, forgetting.forget_followers):
                pass
            while _forgot_some(municipality, bulk.forget_drafts):
                pass
            while _forgot_some(municipality, saved_worklists.forget_words):
                pass
    allowance.forget()


@shared_task
def forget_photos() -> None:
    """Remove photos that nobody sent, and those whose melding is closed for as long as contact details are kept."""
    for municipality in Municipality.objects.order_by("pk"):
        with contain_failures(f"photos of {municipality.code} are not forgotten"):
            while _forgot_some(municipality, photos.forget_unsent):
                pass
            while _forgot_some(municipality, photos.forget_of_closed):
                pass


@shared_task
def forget_exports() -> None:
    """Remove the files of exports a day after they were asked for, and what is known of them a year after."""
    for municipality in Municipality.objects.order_by("pk"):
        with contain_failures(f"exports of {municipality.code} are not removed"):
            while _forgot_some(municipality, exports.forget_files):
                pass
            exports.forget_exports(municipality)
    export_files.remove_left_over()


@shared_task
def forget_fingerprints() -> None:
    """Empty, a week after receipt, what tells whether a melding is sent again; one transaction per batch."""
    for municipality in Municipality.objects.order_by("pk"):
        with contain_failures(f"fingerprints of meldingen of {municipality.code} are not forgotten"):
            while _forgot_some(municipality, forgetting.forget_fingerprints):
                pass


@shared_task
def forget_sessions() -> None:
    """Delete the sessions of colleagues that are over: Django only leaves them."""
    SessionStore.clear_expired()
    sessions.forget_old()
    accounts_sending.forget_old()


@shared_task
def forget_audit() -> None:
    """Remove lines of the audit log after the term of their municipality; a few thousand at a time."""
    for municipality in Municipality.objects.order_by("pk"):
        with contain_failures(f"the audit log of {municipality.code} is not shortened"):
            while _forgot_some(municipality, auditing.forget):
                pass


def _forgot_some(municipality: Municipality, forget: Callable[[Municipality], int]) -> bool:
    with transaction.atomic():
        return _alone(RETENTION_LOCK) and forget(municipality) > 0


def _alone(number: int = LOCK) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return bool(cursor.fetchone()[0])


def _claim(rows: QuerySet[Any], due: str, claims: str) -> list[int]:
    """The ids of the first rows, which are not due (column `due`) again before their pause has passed.

    The column `claims` counts how often that happened. A row that somebody works on at this moment is left out.
    """
    ids = list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH])
    if not ids:
        return []
    now = Value(timezone.now(), DateTimeField())
    factor = Power(Value(2), Least(F(claims), Value(DOUBLINGS)))
    again = ExpressionWrapper(now + Value(FIRST_PAUSE) * factor, DateTimeField())
    rows.model._base_manager.filter(pk__in=ids).update(**{due: again, claims: F(claims) + 1})
    return ids
