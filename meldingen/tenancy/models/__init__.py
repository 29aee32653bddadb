"""Municipalities, and who works in them."""

from meldingen.tenancy.models.municipality import (
    LEAST_RETENTION_DAYS,
    PHONE,
    Host,
    Municipality,
    Owned,
    OwnedQuerySet,
    RegistrationGap,
)
from meldingen.tenancy.models.team import Team
from meldingen.tenancy.models.user import Membership, MembershipTeam, User

__all__ = [
    "LEAST_RETENTION_DAYS",
    "PHONE",
    "Host",
    "Membership",
    "MembershipTeam",
    "Municipality",
    "Owned",
    "OwnedQuerySet",
    "RegistrationGap",
    "Team",
    "User",
]
