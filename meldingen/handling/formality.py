"""Whether a reporter asks for what a report cannot give (an objection, a claim), in all the words that they wrote."""

from collections.abc import Iterable

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from meldingen.classification.formal import find_formal
from meldingen.record.models import Addition, Melding


def with_additions(meldingen: QuerySet[Melding]) -> QuerySet[Melding]:
    """The same rows, each with all that its reporter added as `added_text`: `is_formal` then asks nothing more."""
    own = Addition.objects.filter(melding=OuterRef("pk")).order_by().values("melding")
    added = Subquery(own.annotate(words=StringAgg("text", "\n")).values("words"))
    return meldingen.annotate(added_text=Coalesce(added, Value(""), output_field=TextField()))


def is_formal(melding: Melding) -> bool:
    """Whether the words of one say so, those that were added later too."""
    added: str | None = getattr(melding, "added_text", None)
    if added is None:
        added = "\n".join(melding.additions.values_list("text", flat=True))
    return find_formal(f"{melding.text}\n{added}") is not None


def formal_ones(melding_ids: Iterable[int]) -> set[int]:
    """Which of these say so, by their ids. One query."""
    rows = with_additions(Melding.objects.filter(pk__in=list(melding_ids)).only("pk", "text"))
    return {melding.pk for melding in rows if is_formal(melding)}
