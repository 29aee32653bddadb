"""Forgets who made a melding and who follows it, some time after it was closed. The rest stays."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from meldingen import calendar
from meldingen.notifications import recipients
from meldingen.notifications.models import Recipient
from meldingen.record import events, lifecycle, queries, workflow
from meldingen.record.models import Melding, Reporter
from meldingen.tenancy.models import Municipality

__all__ = ["count_forgotten_sooner", "forget_fingerprints", "forget_followers", "forget_reporters"]

BATCH = 200
# A night later the oldest is a week old.
FINGERPRINTS_KEPT = timedelta(days=6)
# For so long somebody who was asked whether they want to follow may say yes.
UNCONFIRMED_KEPT = timedelta(days=7)


def count_forgotten_sooner(municipality: Municipality, days: int) -> int:
    """How many reporters a term of so many days forgets tonight that the longer term in force keeps."""
    now = timezone.now()
    return (
        Reporter.objects.of(municipality)
        .filter(
            closed_at__lt=now - timedelta(days=days),
            closed_at__gte=now - timedelta(days=municipality.retention_days),
        )
        .exclude(melding__state=workflow.SPAM, closed_at__lt=now - queries.SPAM_KEPT)
        .exclude(melding__hold__until__gte=calendar.local_day(now, municipality.time_zone))
        .count()
    )


def forget_reporters(municipality: Municipality) -> int:
    """Forget the reporters of meldingen that are closed for longer than the municipality keeps contact details.

    Those of spam have a term of their own, and of what is held nobody is forgotten.

    One transaction for at most BATCH of them, longest closed first; the number that was forgotten, 0 when none is
    left. One that somebody works on at this moment is left for the next time. Mails still due are given up first.
    """
    over, spam = queries.kept_no_longer(municipality, "closed_at")
    with transaction.atomic():
        reporters = _due_reporters(municipality, over) or _due_reporters(municipality, spam)
        meldingen = [reporter.melding for reporter in reporters]
        if not meldingen:
            return 0
        recipients.forget([melding.pk for melding in meldingen])
        Reporter.objects.filter(pk__in=[reporter.pk for reporter in reporters]).delete()
        _empty([melding.pk for melding in meldingen if melding.submission_fingerprint])
        for melding in meldingen:
            lifecycle.change(melding, events.ReporterForgotten(), actor=events.SWEEP)
        return len(reporters)


def _due_reporters(municipality: Municipality, due: Q) -> list[Reporter]:
    rows = Reporter.objects.of(municipality).filter(due).select_related("melding").defer("melding__search")
    in_lock = rows.select_for_update(of=("self", "melding"), skip_locked=True)
    return list(in_lock.order_by("closed_at")[:BATCH])


def forget_followers(municipality: Municipality) -> int:
    """Forget who follows a melding that is closed for as long, and who never said that they want to follow one.

    One transaction for at most BATCH of them; the number that was forgotten, 0 when none is left.
    """
    now = timezone.now()
    over, spam = queries.kept_no_longer(municipality, "melding__closed_at")
    is_silent = Q(confirmed_at__isnull=True, stopped_at__isnull=True, created_at__lt=now - UNCONFIRMED_KEPT)
    with transaction.atomic():
        followers = Recipient.objects.of(municipality).filter(kind=Recipient.Kind.FOLLOWER)
        due = followers.exclude(address_key="").filter(over | spam | is_silent).order_by("pk")
        ids = list(due.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True)[:BATCH])
        recipients.forget_these(ids)
        return len(ids)


def forget_fingerprints(municipality: Municipality) -> int:
    """Empty what tells whether a melding is sent again, of meldingen of a week ago; how many, 0 when none is left.

    One transaction for at most BATCH of them. One that somebody works on at this moment is left for the next time.
    """
    old = Melding.objects.of(municipality).filter(received_at__lt=timezone.now() - FINGERPRINTS_KEPT)
    with transaction.atomic():
        meldingen = old.exclude(submission_fingerprint="").select_for_update(skip_locked=True).order_by("received_at")
        return _empty(meldingen.values_list("pk", flat=True)[:BATCH])


def _empty(melding_ids: Iterable[int]) -> int:
    return Melding.objects.filter(pk__in=list(melding_ids)).update(submission_fingerprint="")
