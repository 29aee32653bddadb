"""The picture of a municipality, beside its row: that one is read for each request."""

from django.db import models

from meldingen.tenancy.models.municipality import Municipality
from meldingen.tenancy.models.owned import Owned


class Logo(Owned):
    """What `Municipality.logo` names; meldingen.tenancy.logos writes both."""

    municipality = models.OneToOneField(Municipality, models.CASCADE, primary_key=True, related_name="+")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.municipality_id}"
