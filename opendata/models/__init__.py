"""What is stored: what may be spent, what was spent on what, and what was drawn. Triggers hold all of it (0002)."""

from opendata.models.budget import Booking, Budget
from opendata.models.ckan_portal import CkanPortal
from opendata.models.ckan_push import CkanPush
from opendata.models.draw_request import DrawRequest
from opendata.models.hold import Hold
from opendata.models.other_data import OtherData
from opendata.models.planned_table import PlannedTable
from opendata.models.release import Release, ReleaseFile

__all__ = [
    "Booking",
    "Budget",
    "CkanPortal",
    "CkanPush",
    "DrawRequest",
    "Hold",
    "OtherData",
    "PlannedTable",
    "Release",
    "ReleaseFile",
]
