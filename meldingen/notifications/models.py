"""Who hears of a melding, the mails that are due to them, and how much mail an address had lately."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldingen.record.models import Event, Melding
from meldingen.tenancy.models import Membership, Municipality, Owned, Team

# Purposes of mails to people, and to mailboxes of our own.
TO_PEOPLE = ("receipt", "news", "invitation", "link")
TO_US = ("alarm", "work", "threat")
DELIVERED_ONCE = ("municipality", "event", "recipient", "purpose", "channel")


class Mailbox(models.Model):
    """One mailbox to which unasked mail may go: when it was written to, and what its holder said.

    Of the whole deployment, not of one municipality: who is written to against their will does not ask by which town.
    So it holds no address, only a keyed hash of it (notifications.allowance), and it is deleted when it was not used
    for a while.
    """

    key = models.CharField(max_length=64, unique=True)
    single_mails = ArrayField(models.DateTimeField(), default=list)  # of the last hour
    digest_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.pk)


class Recipient(Owned):
    """Who hears of a melding, or of all that a mailbox of ours is for.

    An address stands in one place: a reporter's with their contact details, a team's and the duty mailbox's with the
    team and the municipality, a colleague's with their account, a follower's here. Who is forgotten keeps a row without
    address, key and token, so that what was sent stays known.
    """

    class Kind(models.TextChoices):
        """What they are to the melding."""

        REPORTER = "reporter", _("Reporter")
        FOLLOWER = "follower", _("Follower")
        TEAM = "team", _("Team")
        DUTY = "duty", _("Duty mailbox")
        COORDINATORS = "coords", _("Coordinators")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    melding = models.ForeignKey(Melding, models.PROTECT, null=True, related_name="recipients", db_constraint=False)
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False)
    email = models.EmailField(blank=True)
    # A keyed hash of the exact address (notifications.recipients): what goes to one address is found by it.
    address_key = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=12, default="nl")
    # Stands in their mails and nowhere else: who has it holds the address.
    token = models.CharField(max_length=43, null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # What the holder of the address said, by a button: I want this, or I do not.
    confirmed_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    # That a mail to the address with this key came back, with which code (RFC 3463): another address is not marked.
    bounced_at = models.DateTimeField(null=True)
    bounced_key = models.CharField(max_length=64, blank=True, default="", db_default="")
    bounce_code = models.CharField(max_length=9, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "id"], name="recipient_key"),
            models.UniqueConstraint(fields=["municipality", "token"], name="recipient_token"),
            models.UniqueConstraint(
                fields=["municipality", "melding"], condition=models.Q(kind="reporter"), name="recipient_one_reporter"
            ),
            models.UniqueConstraint(
                fields=["municipality", "melding", "address_key"],
                condition=models.Q(kind="follower") & ~models.Q(address_key=""),
                name="recipient_follows_once",
            ),
            models.UniqueConstraint(
                fields=["municipality", "team"], condition=models.Q(kind="team"), name="recipient_one_of_a_team"
            ),
            models.UniqueConstraint(
                fields=["municipality"], condition=models.Q(kind="duty"), name="recipient_one_duty_mailbox"
            ),
            models.UniqueConstraint(
                fields=["municipality"], condition=models.Q(kind="coords"), name="recipient_coordinators_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["reporter", "follower"], melding__isnull=False, team__isnull=True)
                | models.Q(kind="team", melding__isnull=True, team__isnull=False)
                | models.Q(kind__in=["duty", "coords"], melding__isnull=True, team__isnull=True),
                name="recipient_of_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="follower") | models.Q(email=""), name="recipient_address_in_one_place"
            ),
        ]
        indexes = [
            models.Index(
                "municipality", "address_key", condition=~models.Q(address_key=""), name="recipient_by_address"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def address(self) -> str:
        """Where mail goes; empty where it is not known any more."""
        match self.kind:
            case self.Kind.FOLLOWER:
                return self.email
            case self.Kind.TEAM:
                return self.team.email if self.team else ""
            case self.Kind.DUTY:
                return self.municipality.duty_email
            case self.Kind.COORDINATORS:
                return ", ".join(coordinators_of(self.municipality))
        try:
            return self.melding.reporter.email if self.melding else ""
        except ObjectDoesNotExist:  # forgotten
            return ""


def coordinators_of(municipality: Municipality) -> list[str]:
    """The addresses of its coordinators, of those who have one."""
    members = Membership.objects.of(municipality).filter(role=Membership.Role.COORDINATOR, user__is_active=True)
    return list(members.exclude(user__email="").order_by("pk").values_list("user__email", flat=True))


class LinkRequest(Owned):
    """Somebody asks for the link of a melding by its reference and their address, until a task has looked.

    It is stored whether or not the two belong together, so that asking tells nobody which, not by the time that it
    takes either. It holds no address, only the keyed hash by which a recipient is looked up.
    """

    reference = models.CharField(max_length=8)
    address_key = models.CharField(max_length=64)
    asked_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return str(self.pk)


class Delivery(Owned):
    """What one recipient hears of one event, for one purpose, by one channel: once, however often it is asked for.

    due_at says from when it may be sent; empty means that it was sent (sent_at) or given up. claims counts how often
    the sweep asked for it. held_at says since when it waits for a mail with all that is held for its address.
    """

    class Purpose(models.TextChoices):
        """What it is for."""

        RECEIPT = "receipt", _("Receipt")
        NEWS = "news", _("News")
        INVITATION = "invitation", _("Asks whether somebody wants to follow")
        LINK = "link", _("The link that somebody asked for")
        ALARM = "alarm", _("Danger")
        WORK = "work", _("Work for a team")
        THREAT = "threat", _("Threat")

    class Channel(models.TextChoices):
        """By what it goes."""

        EMAIL = "email", _("E-mail")

    event = models.ForeignKey(Event, models.PROTECT, related_name="deliveries", db_constraint=False)
    recipient = models.ForeignKey(
        Recipient, models.PROTECT, related_name="deliveries", db_constraint=False, db_index=False
    )
    purpose = models.CharField(_("what for"), max_length=10, choices=Purpose.choices)
    channel = models.CharField(_("channel"), max_length=5, choices=Channel.choices, default=Channel.EMAIL)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due"), null=True, blank=True, default=timezone.now)
    held_at = models.DateTimeField(null=True, editable=False)
    claims = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    bounced_at = models.DateTimeField(_("came back"), null=True, editable=False)
    bounce_code = models.CharField(max_length=9, blank=True, default="", db_default="", editable=False)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [models.UniqueConstraint(fields=DELIVERED_ONCE, name="delivery_once")]
        indexes = [
            models.Index("due_at", condition=models.Q(due_at__isnull=False), name="delivery_due"),
            # What somebody waits for: all that is held for an address, or what a mailbox of ours has not heard.
            models.Index("recipient", "id", condition=models.Q(due_at__isnull=False), name="delivery_of_recipient"),
            # Which mailboxes of ours wait for something, and when one heard last.
            models.Index(
                "due_at", condition=models.Q(purpose__in=TO_US, due_at__isnull=False), name="delivery_ours_due"
            ),
            models.Index(
                "recipient",
                "sent_at",
                condition=models.Q(purpose__in=TO_US, sent_at__isnull=False),
                name="delivery_heard",
            ),
            # What came back lately.
            models.Index(
                "municipality", "bounced_at", condition=models.Q(bounced_at__isnull=False), name="delivery_bounced"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
