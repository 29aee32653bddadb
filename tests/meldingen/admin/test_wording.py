from meldingen.admin import wording
from meldingen.models import Event


def happened(kind, **codes):
    return Event(kind=kind, codes=codes)


def test_what_became_urgent_was_not_assigned():
    routed = happened(Event.Kind.ROUTED, rule=None, changed=["priority"])
    assert str(wording.event(routed, {}, {})) == "Prioriteit: spoed, om woorden van gevaar"


def test_spam_and_what_came_in_a_flood_are_called_so():
    spam = Event(kind=Event.Kind.MOVED, to_state="declined", codes={"reason": "spam"})
    assert str(wording.event(spam, {}, {})) == "Stand: Niet in behandeling genomen, want het is spam"
    flood = str(wording.event(happened(Event.Kind.RECEIVED, source="web", suspect=True), {}, {}))
    assert flood.startswith("Ontvangen via Website, en verdacht")


def test_what_was_routed_names_its_rule():
    assert str(wording.event(happened(Event.Kind.ROUTED, rule=3, changed=["priority"]), {}, {})).endswith("regel 3")
    assert "geen regel" in str(wording.event(happened(Event.Kind.ROUTED, rule=None, changed=["team"]), {}, {}))
