"""Worklists that colleagues save: under a name, for themselves or for all; removed by who made them. And the words that
they typed as a filter, with a name or without.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from meldingen.handling.models import SearchWords, Worklist
from meldingen.refusals import Refused
from meldingen.tenancy.models import Municipality, User

MOST = 30  # of one colleague: they stand beside every list
LONGEST_NAME = 60
LONGEST_QUERY = 2000
LONGEST_WORDS = 200
REPLACES = "replaces"
KEPT_WORDS = timedelta(days=2)  # since they were typed, of what no worklist holds
BATCH = 1000


def keep_words(where: Municipality, owner: User, typed: str) -> int:
    """The id of these words of this colleague, with which an address names them; 0 for none."""
    words = " ".join(typed.split())[:LONGEST_WORDS]
    if not words:
        return 0
    row, _is_new = SearchWords.objects.update_or_create(
        municipality=where, owner=owner, words=words, defaults={"typed_at": timezone.now()}
    )
    return row.pk


def words_of(where: Municipality, reader_id: int, words_id: int) -> str | None:
    """What this colleague typed, or what stands in a worklist that they see. None for any other id, whosever it is."""
    seen = Worklist.objects.of(where).filter(Q(owner=reader_id) | Q(is_shared=True)).filter(words=OuterRef("pk"))
    rows = SearchWords.objects.of(where).filter(Q(owner=reader_id) | Exists(seen), pk=words_id)
    return rows.values_list("words", flat=True).first()


def forget_words(where: Municipality) -> int:
    """Remove words that no worklist holds; at most BATCH, how many, 0 when none is left."""
    held = Worklist.objects.of(where).filter(words=OuterRef("pk"))
    old = SearchWords.objects.of(where).filter(~Exists(held), typed_at__lt=timezone.now() - KEPT_WORDS)
    with transaction.atomic():
        ids = list(old.select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH])
        SearchWords.objects.of(where).filter(~Exists(held), pk__in=ids).delete()
    return len(ids)


def readable(where: Municipality, reader: User) -> QuerySet[Worklist]:
    """Those that this colleague sees: their own, and what others share; by name."""
    return Worklist.objects.of(where).filter(Q(owner=reader) | Q(is_shared=True)).order_by("name", "pk")


@transaction.atomic
def save(
    where: Municipality,
    owner: User,
    name: str,
    query: str,
    *,
    words: int = 0,
    is_shared: bool = False,
    replaces: bool = False,
) -> Worklist:
    """Keep what an address of the inbox asks, and the words whose id it names. What has the same name is replaced only
    by who says so (`replaces`).
    """
    name = " ".join(name.split())
    if not name:
        raise Refused("empty", _("Give the worklist a name."), "name")
    if len(name) > LONGEST_NAME or len(query) > LONGEST_QUERY:
        sentence = format_lazy(_("Use a name of at most {most} characters, and fewer filters."), most=LONGEST_NAME)
        raise Refused("too_long", sentence, "name")
    own = Worklist.objects.of(where).filter(owner=owner)
    if own.exclude(name=name).count() >= MOST:
        raise Refused("too_many", _("You have very many worklists. Remove one first."), "name")
    if not replaces and own.filter(name=name).exclude(query=query, is_shared=is_shared).exists():
        raise Refused(REPLACES, _("You have a worklist with this name. Choose another name, or replace it."), "name")
    if words:  # forgotten since they were typed: DoesNotExist; else nobody forgets them now
        SearchWords.objects.select_for_update().of(where).get(pk=words)
    values = {"query": query, "is_shared": is_shared, "words_id": words or None}
    worklist, _is_new = Worklist.objects.update_or_create(municipality=where, owner=owner, name=name, defaults=values)
    return worklist


def remove(where: Municipality, worklist_id: int, by: User, *, is_lost: bool = False) -> None:
    """Remove one's own worklist, or a shared one that `is_lost`: nobody can open it, and who made it may have left.
    Worklist.DoesNotExist for any other.
    """
    rows = readable(where, by) if is_lost else Worklist.objects.of(where).filter(owner=by)
    rows.get(pk=worklist_id).delete()
