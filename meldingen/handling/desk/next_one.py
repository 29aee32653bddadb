"""Which melding opens by itself when one is done: the next of the list that no colleague looked at yet."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from meldingen.record import references, workflow
from meldingen.record.models import URGENT_AND_OPEN, Melding
from meldingen.tenancy.models import Municipality

FIELD = "next"  # what a form says that wants to go on


def address(visible: QuerySet[Melding], before: Melding) -> str:
    """The page of the one after it, in the order of the list; the list where there is none. `done` as it was before."""
    following = after(visible, before).values_list("pk", flat=True).first()
    if following is None:
        return reverse("admin:meldingen_melding_changelist")
    return reverse("admin:meldingen_melding_change", args=[following])


def after(visible: QuerySet[Melding], before: Melding) -> QuerySet[Melding]:
    """The new ones after it that nobody chose a category for: dangers first, then the newest, as the list has them."""
    urgent = Q(priority=Melding.Priority.URGENT)
    older = Q(received_at__lt=before.received_at) | Q(received_at=before.received_at, pk__lt=before.pk)
    still = (urgent & older) | ~urgent if before.priority == Melding.Priority.URGENT else ~urgent & older
    waiting = visible.filter(state=workflow.NEW).exclude(category_by=Melding.CategoryBy.STAFF)
    return waiting.filter(still).order_by(URGENT_AND_OPEN.desc(), "-received_at", "-pk")


def last(where: Municipality, melding_id: int) -> SafeString:
    """One line about the one that was done: its reference, which leads back to it, its category and its team."""
    melding = Melding.objects.of(where).select_related("category", "team").only(
        "reference", "category__name_texts", "team__name"
    ).get(pk=melding_id)  # fmt: skip
    page = reverse("admin:meldingen_melding_change", args=[melding_id])
    link = format_html('<a href="{}">{}</a>', page, references.spaced(melding.reference))
    category, team = (
        melding.category.name if melding.category else "–",
        melding.team.name if melding.team else _("no team yet"),
    )
    return format_html(_("Last one: {}, {}, {}"), link, category, team)
