"""Shape of what comes in and goes out; what may be stored is decided by meldingen.intake.receiving."""

import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from meldingen import texts
from meldingen.attachments.arrivals import MOST_PHOTOS
from meldingen.intake.fields import check_phone
from meldingen.intake.submission import MAX_TEXT, Submission
from meldingen.notifications.addresses import check_address
from meldingen.questions import asking
from meldingen.questions.wording import LONGEST_TEXT as LONGEST_ANSWER
from meldingen.questions.wording import MOST_CHOICES, NO, YES, Kind
from meldingen.record.models import Melding

UNKNOWN_BUURT = _("We do not know this neighbourhood. Choose a code from /api/v1/buurten.")
UNKNOWN_CATEGORY = _("We do not know this category. Choose a slug from /api/v1/categorieen, or leave it out.")
UNKNOWN_QUESTION = _("We do not know this question. Choose one of /api/v1/categorieen/<slug>/vragen.")
MOST_ANSWERS = 50
_ONE_LANGUAGE = format_lazy(_("Choose one of these: {codes}."), codes=", ".join(dict(settings.LANGUAGES)))
_NO_TEXT = _("Say in words what is the matter.")
_NO_PLACE = _("Say where it is: longitude and latitude, or the code of a neighbourhood from /api/v1/buurten.")


class Group(serializers.Serializer[Any]):
    """Fields that belong together. What is null is absent: many programs send every name that they know."""

    default_error_messages = {"invalid": _("Send a JSON object here: names, each with its value.")}

    def to_internal_value(self, data: Any) -> Any:
        """The fields that say something."""
        if isinstance(data, Mapping):
            data = {name: value for name, value in data.items() if value is not None}
        return super().to_internal_value(data)


class TextField(serializers.CharField):
    """Text in one spelling, without control characters."""

    default_error_messages = {"invalid": _("Send this as text, between quotation marks.")}

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """Clean first: what has nothing but control characters is empty."""
        return super().run_validation(texts.clean(data) if isinstance(data, str) else data)


class AddressField(TextField):
    """An e-mail address that we can send mail to, without what came along unseen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validators=[check_address], **kwargs)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """Clean first."""
        return super().run_validation(texts.clean_address(data) if isinstance(data, str) else data)


class PhoneField(TextField):
    """A telephone number that somebody can call, without what came along unseen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validators=[check_phone], **kwargs)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """Clean first."""
        return super().run_validation(texts.clean_phone(data) if isinstance(data, str) else data)


class CodeField(serializers.RegexField):
    """A code of the municipality's own lists. Whether it exists is for intake to say."""

    def __init__(self, unknown: Any) -> None:
        words = {"invalid": unknown}
        super().__init__(r"^[\w-]*\Z", required=False, allow_blank=True, max_length=80, error_messages=words)


class KeyField(serializers.UUIDField):
    """A UUID of the sender's choice."""

    default_error_messages = {"invalid": _("Send a UUID here, a new random one for each report, or leave it out.")}


class PlaceSerializer(Group):
    """Where it is: a pin in degrees (WGS84), or the code of a buurt with or without an address."""

    longitude = serializers.FloatField(required=False, min_value=-180, max_value=180)
    latitude = serializers.FloatField(required=False, min_value=-90, max_value=90)
    address = TextField(required=False, allow_blank=True, max_length=200)
    buurt = CodeField(UNKNOWN_BUURT)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Half a pin is no pin. Without a place it is said here, together with what else is wrong."""
        if ("longitude" in attrs) != ("latitude" in attrs):
            raise serializers.ValidationError(_("Fill in both numbers of the pin, or neither."))
        if "longitude" not in attrs and not attrs.get("buurt"):
            raise serializers.ValidationError({"buurt": _NO_PLACE})
        return attrs


class ReporterSerializer(Group):
    """Who made it; nothing of this is needed."""

    name = TextField(required=False, allow_blank=True, max_length=100)
    email = AddressField(required=False, allow_blank=True, max_length=254)
    phone = PhoneField(required=False, allow_blank=True, max_length=30)
    language = serializers.ChoiceField(
        required=False, choices=settings.LANGUAGES, error_messages={"invalid_choice": _ONE_LANGUAGE}
    )


class StoredSerializer(serializers.Serializer[Any]):
    """What the sender hears of a melding that is stored."""

    reference = serializers.CharField(help_text=_("How the reporter and the municipality call it."))
    follow_url = serializers.URLField(help_text=_("The private address where the reporter follows it."))
    danger = serializers.ChoiceField(
        choices=["", "life", "gas", "hazard"], help_text=_("What danger the words name; empty for none.")
    )
    call = serializers.ListField(
        child=serializers.CharField(), help_text=_("Telephone numbers to call now, the most urgent first.")
    )


class BuurtSerializer(serializers.Serializer[Any]):
    """A buurt in use."""

    code = serializers.CharField()
    name = serializers.CharField()


class BuurtenSerializer(serializers.Serializer[Any]):
    """The buurten in use."""

    buurten = BuurtSerializer(many=True)


class ElsewhereSerializer(serializers.Serializer[Any]):
    """Who solves it when the municipality does not."""

    whose = serializers.DictField(child=serializers.CharField(allow_blank=True))
    url = serializers.CharField(allow_blank=True)
    call = serializers.CharField(allow_blank=True)
    only = serializers.BooleanField(help_text=_("Whether it is refused here, unless there is danger."))


class CategorySerializer(serializers.Serializer[Any]):
    """A category with its texts, one for each language."""

    slug = serializers.CharField()
    name = serializers.DictField(child=serializers.CharField(allow_blank=True))
    guidance = serializers.DictField(child=serializers.CharField(allow_blank=True))
    elsewhere = ElsewhereSerializer(allow_null=True, help_text=_("Who solves it; null when the municipality does."))


class MainCategorySerializer(CategorySerializer):
    """A main category with those under it."""

    categories = CategorySerializer(many=True)


class CategorieenSerializer(serializers.Serializer[Any]):
    """The two levels."""

    categories = MainCategorySerializer(many=True)


class ChoiceSerializer(serializers.Serializer[Any]):
    """One of what there is to choose from."""

    code = serializers.CharField()
    name = serializers.DictField(child=serializers.CharField(allow_blank=True))


class QuestionSerializer(serializers.Serializer[Any]):
    """A question of a category with its texts, one for each language."""

    question = serializers.CharField(help_text=_("Its code, for an answer."))
    version = serializers.IntegerField(help_text=_("Of its words: another number asks something else."))
    kind = serializers.ChoiceField(choices=[kind.value for kind in Kind])
    needed = serializers.BooleanField(help_text=_("Whether a melding of this category must answer it."))
    text = serializers.DictField(child=serializers.CharField(allow_blank=True))
    hint = serializers.DictField(child=serializers.CharField(allow_blank=True))
    choices = ChoiceSerializer(many=True)


class VragenSerializer(serializers.Serializer[Any]):
    """What a category asks, in the order in which it asks it."""

    questions = QuestionSerializer(many=True)


@extend_schema_field(
    {
        "oneOf": [
            {"type": "string", "maxLength": LONGEST_ANSWER},
            {"type": "number"},
            {"type": "boolean"},
            {"type": "array", "items": {"type": "string"}, "maxItems": MOST_CHOICES},
        ]
    }
)
class ValueField(serializers.Field[Any, Any, Any, Any]):
    """An answer as JSON has it: a text, a number, true or false, the codes of choices."""

    default_error_messages = {"invalid": _("Send a text, a number, true or false, or a list of codes.")}

    def to_internal_value(self, data: Any) -> str:
        """As one text, which `meldingen.questions` reads."""
        if isinstance(data, list) and len(data) <= MOST_CHOICES and all(isinstance(each, str) for each in data):
            return texts.clean(" ".join(data))
        if isinstance(data, bool):
            return YES if data else NO
        if isinstance(data, int | float):
            return format(Decimal(repr(data)), "f")
        if isinstance(data, str):
            return texts.clean(data)
        raise serializers.ValidationError(str(self.error_messages["invalid"]), code="invalid")

    def to_representation(self, value: Any) -> Any:
        """Never given out."""
        return value


class AnswerSerializer(Group):
    """An answer to a question of the category."""

    question = CodeField(UNKNOWN_QUESTION)
    version = serializers.IntegerField(required=False, min_value=1, max_value=32_767)
    value = ValueField()


class PhotoSerializer(serializers.Serializer[Any]):
    """A photo for a melding that is sent after it, as a form with a file."""

    submission_key = KeyField(
        help_text=_("The one that its melding is sent with."),
        error_messages={"required": _("Send the submission_key of the melding that this photo belongs to.")},
    )
    photo_files = serializers.FileField(
        allow_empty_file=True,  # it is refused with its name, as in the form
        help_text=_("JPEG, PNG, WebP or HEIC of at most 20 MB."),
        error_messages=dict.fromkeys(("required", "invalid", "no_name"), _("Send the file of a photo here.")),
    )


class StoredPhotoSerializer(serializers.Serializer[Any]):
    """By what the melding names its photo."""

    photo = serializers.CharField()


class MeldingSerializer(Group):
    """A new melding. `submission_key` (a UUID of the sender's choice) makes sending again harmless."""

    text = TextField(max_length=MAX_TEXT, error_messages=dict.fromkeys(("required", "null", "blank"), _NO_TEXT))
    place = PlaceSerializer(error_messages=dict.fromkeys(("required", "null"), _NO_PLACE))
    category = CodeField(UNKNOWN_CATEGORY)
    reporter = ReporterSerializer(required=False)
    answers = serializers.ListField(child=AnswerSerializer(), required=False, max_length=MOST_ANSWERS)
    submission_key = KeyField(required=False)
    photos = serializers.ListField(
        child=serializers.CharField(max_length=200),
        required=False,
        max_length=MOST_PHOTOS,
        help_text=_("What /api/v1/fotos answered, under the same submission_key."),
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Photos are bound to the key that they were sent with."""
        if attrs.get("photos") and not attrs.get("submission_key"):
            raise serializers.ValidationError({"submission_key": _("Send the submission_key of the photos too.")})
        return attrs

    def submission(self, key: uuid.UUID | None = None) -> Submission:
        """What was said, for intake, under a key from elsewhere or its own. Call after is_valid()."""
        values = self.validated_data
        place, reporter = values["place"], values.get("reporter", {})
        return Submission(
            text=values["text"],
            longitude=place.get("longitude"),
            latitude=place.get("latitude"),
            place_text=place.get("address", ""),
            buurt_code=place.get("buurt", ""),
            category_slug=values.get("category", ""),
            answers=tuple(
                asking.Entry(each.get("question", ""), each.get("version", 0), each["value"])
                for each in values.get("answers", [])
            ),
            photos=tuple(dict.fromkeys(values.get("photos", []))),
            source=Melding.Source.API,
            submission_key=key or values.get("submission_key"),
            **reporter,
        )
