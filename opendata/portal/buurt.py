"""To the figures of one buurt, whatever the dataset is called in which they stand."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meldingen.tenancy.requests import municipality
from opendata.disclosure import PeriodKind
from opendata.figures.reading import Shelf
from opendata.figures.view import Choices, View
from opendata.portal.absence import absent
from opendata.portal.contents import FOR_A_WHILE


@require_safe
def buurt(request: HttpRequest, code: str) -> HttpResponse:
    """To its line through time in the newest figures that know it; 404 in words where none do."""
    here, order = municipality(request), list(PeriodKind)
    shelf = Shelf(here)
    for dataset in sorted(shelf.datasets(), key=lambda one: (not one.is_of_areas, order.index(one.table.period_kind))):
        pair = shelf.periods(dataset.slug)
        if pair is None:
            continue
        choices = Choices(*pair, shelf.draws(pair[1][-1:])[0].year)
        if code in choices.areas:
            view = View(dataset, pair[1][-1], area=code)
            response = HttpResponseRedirect(f"{reverse('data_dataset', args=[dataset.slug])}?{view.query()}")
            response["Cache-Control"] = FOR_A_WHILE
            return response
    return absent(
        request, "html", _("There are no figures of this area. On the page of open data stands what there is.")
    )
