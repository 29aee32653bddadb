"""How much mail an address had lately, whoever filled it in."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


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
