"""Municipalities, and who works in them."""

from meldingen.tenancy.models.account import Invitation, RecoveryCode, ResetRequest, SecondFactor, StaffSession
from meldingen.tenancy.models.audit import AuditEntry
from meldingen.tenancy.models.days_off import ClosingDay, Holiday
from meldingen.tenancy.models.formal import FormalText
from meldingen.tenancy.models.logo import Logo
from meldingen.tenancy.models.municipality import (
    LEAST_RETENTION_DAYS,
    PHONE,
    AddressSource,
    BaseMap,
    Host,
    Municipality,
    RegistrationGap,
)
from meldingen.tenancy.models.owned import Owned, OwnedQuerySet
from meldingen.tenancy.models.team import Team
from meldingen.tenancy.models.user import Membership, MembershipTeam, User

__all__ = [
    "LEAST_RETENTION_DAYS",
    "PHONE",
    "AddressSource",
    "AuditEntry",
    "BaseMap",
    "ClosingDay",
    "FormalText",
    "Holiday",
    "Host",
    "Invitation",
    "Logo",
    "Membership",
    "MembershipTeam",
    "Municipality",
    "Owned",
    "OwnedQuerySet",
    "RecoveryCode",
    "RegistrationGap",
    "ResetRequest",
    "SecondFactor",
    "StaffSession",
    "Team",
    "User",
]
