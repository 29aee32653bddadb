"""Shape of what comes in and goes out; what may be stored is decided by meldingen.intake."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from meldingen.forms.fields import clean_text
from meldingen.intake import MAX_TEXT, Submission
from meldingen.models import Melding


class TextField(serializers.CharField):
    """Text without control characters, each end of a line as one newline."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """Clean first: what has nothing but control characters is empty."""
        return super().run_validation(clean_text(data) if isinstance(data, str) else data)


class AddressField(TextField, serializers.EmailField):
    """An e-mail address without the control characters that came along."""


class PlaceSerializer(serializers.Serializer[Any]):
    """Where it is: a pin in degrees (WGS84), or the code of a buurt with or without an address."""

    longitude = serializers.FloatField(required=False, min_value=-180, max_value=180)
    latitude = serializers.FloatField(required=False, min_value=-90, max_value=90)
    address = TextField(required=False, allow_blank=True, max_length=200)
    buurt = serializers.RegexField(r"^[\w-]*\Z", required=False, allow_blank=True, max_length=80)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Half a pin is no pin."""
        if ("longitude" in attrs) != ("latitude" in attrs):
            raise serializers.ValidationError(_("Fill in both numbers of the pin, or neither."))
        return attrs


class ReporterSerializer(serializers.Serializer[Any]):
    """Who made it; nothing of this is needed."""

    name = TextField(required=False, allow_blank=True, max_length=100)
    email = AddressField(required=False, allow_blank=True, max_length=254)
    phone = TextField(required=False, allow_blank=True, max_length=30)
    language = serializers.ChoiceField(required=False, choices=settings.LANGUAGES)


class MeldingSerializer(serializers.Serializer[Any]):
    """A new melding. `submission_key` (a UUID of the sender's choice) makes sending again harmless."""

    text = TextField(max_length=MAX_TEXT)
    place = PlaceSerializer()
    category = serializers.RegexField(r"^[\w-]*\Z", required=False, allow_blank=True, max_length=80)
    reporter = ReporterSerializer(required=False)
    submission_key = serializers.UUIDField(required=False)

    def submission(self) -> Submission:
        """What was said, for intake. Call after is_valid()."""
        said = self.validated_data
        place, reporter = said["place"], said.get("reporter", {})
        return Submission(
            text=said["text"],
            longitude=place.get("longitude"),
            latitude=place.get("latitude"),
            place_text=place.get("address", ""),
            buurt_code=place.get("buurt", ""),
            category_slug=said.get("category", ""),
            source=Melding.Source.API,
            submission_key=said.get("submission_key"),
            **reporter,
        )
