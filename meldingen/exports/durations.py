"""How long meldingen were in each of their states, by their history."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from itertools import groupby

from meldingen.record import queries, workflow
from meldingen.record.models import Event


def times_in_states(melding_ids: Collection[int], now: datetime) -> dict[int, dict[str, timedelta]]:
    """By melding and open state, all times together; the state in which it is now counts until `now`.

    What was undone never was. In one question, however many they are.
    """
    events = queries.that_stand(Event.objects.filter(melding__in=list(melding_ids)).exclude(to_state=""))
    rows = events.order_by("melding", "happened_at", "id").values_list("melding", "to_state", "happened_at")
    times: dict[int, dict[str, timedelta]] = {}
    for melding_id, moves in groupby(rows.iterator(), key=lambda row: row[0]):
        own: dict[str, timedelta] = defaultdict(timedelta)
        state, since = "", now
        for _melding, next_state, moment in moves:
            if state in workflow.OPEN:
                own[state] += max(moment - since, timedelta())
            state, since = next_state, moment
        if state in workflow.OPEN:
            own[state] += max(now - since, timedelta())
        times[melding_id] = dict(own)
    return times
