"""What is asked in an address: read by a serializer, and whatever is wrong with it said at once."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request

from meldingen.api.answers import WrongIn

MOST_PARAMETERS = 100
PAGE_SIZE = 1000


class Query(serializers.Serializer[Any]):
    """The parameters of an address."""


class PageQuery(Query):
    """A page of a list."""

    page = serializers.IntegerField(
        required=False, default=1, min_value=1, max_value=1_000_000, help_text=gettext_lazy("Which page, from 1.")
    )
    # the rules of Dutch interfaces want names of parameters like this
    pageSize = serializers.IntegerField(  # noqa: N815
        required=False,
        default=PAGE_SIZE,
        min_value=1,
        max_value=PAGE_SIZE,
        help_text=gettext_lazy("How many rows a page has at most."),
    )


def read(request: Request, kind: type[Query]) -> dict[str, Any]:
    """The values. WrongIn for names that are not known or stand twice, and for values that are not right."""
    parameters = request.query_params
    if sum(len(values) for _name, values in parameters.lists()) > MOST_PARAMETERS:
        words = _("This address asks for too much at once. Send at most %(most)d parameters.")
        raise WrongIn({"query": [ErrorDetail(words % {"most": MOST_PARAMETERS}, "too_many")]})
    query = kind(data=parameters)
    wrong: dict[str, Any] = {} if query.is_valid() else dict(query.errors)
    for name, values in parameters.lists():
        if name not in query.fields:
            names = ", ".join(query.fields)
            words = _("This address has no such parameter. It has: %(known)s.") % {"known": names or "–"}
            wrong[name[:80]] = [ErrorDetail(words, "unknown")]
        elif len(values) > 1:
            wrong[name] = [ErrorDetail(_("This parameter stands there more than once. Send it once."), "twice")]
    if wrong:
        raise WrongIn({"query": wrong})
    return dict(query.validated_data)
