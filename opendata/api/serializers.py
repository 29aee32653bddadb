"""What may be asked, and what is answered."""

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from meldingen.api.query import PageQuery, Query
from opendata.disclosure import Dimension, DisclosureError, Period
from opendata.figures.asking import PERIOD
from opendata.figures.view import Measure

MOST_VALUES = 200
_CODE = re.compile(r"[\w-]{1,80}")
GROUPS = (
    PERIOD,
    Dimension.WIJK,
    Dimension.BUURT,
    Dimension.MAIN_CATEGORY,
    Dimension.CATEGORY,
    Dimension.HANDLING_TIME,
)


class PeriodField(serializers.CharField):
    """A month (2026-07), a quarter (2026-Q3) or a year (2026)."""

    def to_internal_value(self, data: Any) -> Any:
        """The period."""
        try:
            return Period.parse(super().to_internal_value(data))
        except DisclosureError as error:
            words = _("Write a month as 2026-07, a quarter as 2026-Q3, a year as 2026.")
            raise serializers.ValidationError(words, "invalid") from error


class CodesField(serializers.CharField):
    """One code or several, with commas between them."""

    def to_internal_value(self, data: Any) -> Any:
        """The codes, each once."""
        codes = tuple(dict.fromkeys(super().to_internal_value(data).split(",")))
        if len(codes) > MOST_VALUES:
            words = _("These are %(number)d codes; at most %(most)d at once.")
            raise serializers.ValidationError(words % {"number": len(codes), "most": MOST_VALUES}, "too_many")
        if not all(_CODE.fullmatch(code) for code in codes):
            raise serializers.ValidationError(
                _("Send codes as the files have them, with commas between them."), "invalid"
            )
        return codes


class GroupField(CodesField):
    """By what the figures are told apart."""

    def to_internal_value(self, data: Any) -> Any:
        """The names."""
        names = super().to_internal_value(data)
        if not set(names) <= set(GROUPS):
            words = _("Choose from these, with commas between them: %(known)s.") % {"known": ", ".join(GROUPS)}
            raise serializers.ValidationError(words, "unknown")
        if {Dimension.WIJK, Dimension.BUURT} <= set(names) or {Dimension.MAIN_CATEGORY, Dimension.CATEGORY} <= set(
            names
        ):
            raise serializers.ValidationError(
                _("Choose one of wijk and buurt, and one of hoofdcategorie and categorie."), "both"
            )
        return names


class WhereQuery(Query):
    """What is counted; without any of these all meldingen."""

    maat = serializers.ChoiceField(
        choices=[str(one) for one in Measure],
        default=str(Measure.COUNT),
        help_text=gettext_lazy(
            "aantal; or inwoners, huishoudens: per 1,000 of them. No number where fewer than 300 people live, or "
            "nobody knows how many."
        ),
    )

    wijk = CodesField(required=False, help_text=gettext_lazy("Codes of wijken, with commas between them."))
    buurt = CodesField(required=False, help_text=gettext_lazy("Codes of buurten, with commas between them."))
    hoofdcategorie = CodesField(required=False, help_text=gettext_lazy("Codes of main categories."))
    categorie = CodesField(required=False, help_text=gettext_lazy("Codes of categories."))
    afhandeltijd = CodesField(required=False, help_text=gettext_lazy("Codes of handling times; in tables of years."))


class FiguresQuery(WhereQuery, PageQuery):
    """A question to the figures."""

    van = PeriodField(required=False, help_text=gettext_lazy("The first period; without it the newest one."))
    tot = PeriodField(
        required=False, help_text=gettext_lazy("The last period, of the same kind; without it the first.")
    )
    groep = GroupField(
        required=False,
        help_text=gettext_lazy(
            "By what the figures are told apart: periode, wijk, buurt, hoofdcategorie, categorie, "
            "afhandeltijd. Without it: one sum."
        ),
    )
    format = serializers.ChoiceField(
        choices=["json", "csv"], default="json", help_text=gettext_lazy("json, or csv for spreadsheets.")
    )


class ComparisonQuery(WhereQuery):
    """Two selections that are held against each other."""

    periode = PeriodField(help_text=gettext_lazy("The period of the one side, or the first of several."))
    tot = PeriodField(
        required=False, help_text=gettext_lazy("The last period of the one side: then they are added up.")
    )
    metPeriode = PeriodField(  # noqa: N815
        required=False, help_text=gettext_lazy("The period of the other side, or the first of several.")
    )
    metTot = PeriodField(  # noqa: N815
        required=False, help_text=gettext_lazy("The last period of the other side; as many as on the one side.")
    )
    metWijk = CodesField(required=False, help_text=gettext_lazy("The wijken of the other side."))  # noqa: N815
    metBuurt = CodesField(required=False, help_text=gettext_lazy("The buurten of the other side."))  # noqa: N815
    metHoofdcategorie = CodesField(required=False, help_text=gettext_lazy("The main categories of the other side."))  # noqa: N815
    metCategorie = CodesField(required=False, help_text=gettext_lazy("The categories of the other side."))  # noqa: N815
    metAfhandeltijd = CodesField(  # noqa: N815
        required=False, help_text=gettext_lazy("The handling times of the other side.")
    )
    groep = GroupField(required=False, help_text=gettext_lazy("Compare for each of these, and say which differs most."))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """There must be another side."""
        if "metTot" in attrs and "metPeriode" not in attrs:
            words = _("Name the first period of the other side too.")
            raise serializers.ValidationError({"metTot": [serializers.ErrorDetail(words, "required")]})
        if not any(name.startswith("met") for name in attrs):
            words = _("Say with what to compare: metPeriode, metWijk, metBuurt, metHoofdcategorie or metCategorie.")
            raise serializers.ValidationError({"metPeriode": [serializers.ErrorDetail(words, "required")]})
        if PERIOD in attrs.get("groep", ()):
            words = _("The periods are the two sides already.")
            raise serializers.ValidationError({"groep": [serializers.ErrorDetail(words, "unknown")]})
        return attrs


class NamesSerializer(serializers.Serializer[Any]):
    """What tells a row from the others: as the files have it."""

    periode = serializers.CharField(required=False)
    wijkcode = serializers.CharField(required=False)
    wijknaam = serializers.CharField(required=False)
    buurtcode = serializers.CharField(required=False)
    buurtnaam = serializers.CharField(required=False)
    hoofdcategoriecode = serializers.CharField(required=False)
    hoofdcategorie = serializers.CharField(required=False)
    categoriecode = serializers.CharField(required=False)
    categorie = serializers.CharField(required=False)
    afhandeltijd = serializers.CharField(required=False)


class NumberSerializer(serializers.Serializer[Any]):
    """A number with the noise that is in it; per 1,000 inhabitants or households null where that is not known."""

    trekking = serializers.FloatField(
        allow_null=True, help_text=gettext_lazy("With noise; correct on average, may be below zero.")
    )
    aantal = serializers.FloatField(allow_null=True, help_text=gettext_lazy("The best estimate."))
    ondergrens = serializers.FloatField(allow_null=True, help_text=gettext_lazy("Lower bound."))
    bovengrens = serializers.FloatField(allow_null=True, help_text=gettext_lazy("Upper bound."))


class RowSerializer(NamesSerializer, NumberSerializer):
    """A row of figures."""

    maat = serializers.CharField(help_text=gettext_lazy("What is counted: aantal, or per 1,000 of what."))


class CaveatSerializer(serializers.Serializer[Any]):
    """What to know before concluding anything from a period."""

    periode = serializers.CharField()
    voorbehoud = serializers.ListField(child=serializers.CharField())


class FiguresSerializer(serializers.Serializer[Any]):
    """Figures, a page of them."""

    aantalRijen = serializers.IntegerField(help_text=gettext_lazy("Of all pages together."))  # noqa: N815
    rijen = RowSerializer(many=True)
    voorbehoud = CaveatSerializer(many=True)


class PairSerializer(NamesSerializer):
    """Two numbers and their difference."""

    een = NumberSerializer()
    ander = NumberSerializer()
    verschil = NumberSerializer()
    meerDanRuis = serializers.BooleanField(  # noqa: N815
        allow_null=True,
        help_text=gettext_lazy(
            "Whether our noise alone does not explain it; null where of one side fewer days were registered, and for "
            "numbers of two areas."
        ),
    )
    kans = serializers.FloatField(
        allow_null=True, help_text=gettext_lazy("How often the like comes about by itself; null as above.")
    )


class ComparisonSerializer(serializers.Serializer[Any]):
    """Pairs, the one that differs most first, and what that one tells."""

    zekerheid = serializers.FloatField(help_text=gettext_lazy("The certainty asked of each: 1 − 0.1/k for k pairs."))
    oordeel = serializers.ListField(child=serializers.CharField(), help_text=gettext_lazy("Two sentences."))
    rijen = PairSerializer(many=True)
    voorbehoud = CaveatSerializer(many=True)


class DatasetSerializer(serializers.Serializer[Any]):
    """A dataset, and what is published of it."""

    dataset = serializers.CharField()
    titel = serializers.CharField()
    dimensies = serializers.ListField(child=serializers.CharField())
    per = serializers.CharField()
    periodes = serializers.IntegerField(help_text=gettext_lazy("How many periods are published."))
    nieuwste = serializers.CharField()


class DatasetsSerializer(serializers.Serializer[Any]):
    """The datasets."""

    datasets = DatasetSerializer(many=True)
