import pytest

from meldingen.intake.draft import STEPS, Draft
from meldingen.refusals import Refused


def test_each_page_carries_all_other_fields_and_none_twice():
    typed = {"text": "x", "buurt": "BU1", "email": "half", "latitude": "52"}
    for step in STEPS:
        carried = dict(Draft(typed).carried(step))
        shown = {name for form in Draft(typed).forms[step] for name in form.fields}
        assert set(carried) == ({"submission_key"} | set(typed)) - shown


FIRE, HAZARD, LAMP = "Er is brand in huis", "Het putdeksel is weg", "De lamp is kapot"


@pytest.mark.parametrize(
    ("text", "answer", "steps"),
    [
        (LAMP, "", ["subject", "where", "who", "check"]),
        (HAZARD, "", ["subject", "where", "who", "check"]),
        (FIRE, "", ["danger", "subject", "where", "who", "check"]),
        (FIRE, "onzin", ["danger", "subject", "where", "who", "check"]),
        (FIRE, "called", ["where", "who", "check"]),
        (FIRE, "safe", ["subject", "where", "who", "check"]),
        (LAMP, "called", ["subject", "where", "who", "check"]),
    ],
)
def test_who_is_in_danger_is_told_to_call_and_who_called_is_asked_for_no_subject(text, answer, steps):
    draft, walked = Draft({"text": text, "danger_answer": answer}), ["what"]
    while walked[-1] != "check":
        walked.append(draft.following(walked[-1]))
    assert walked[1:] == steps
    back = [step for step in ["what", *steps] if step != "danger"]
    assert [draft.previous(step) for step in back] == ["", *back[:-1]]


def test_who_changes_the_text_is_told_to_call_again():
    carried = dict(Draft({"text": FIRE, "danger_answer": "called"}).carried("what"))
    assert "danger_answer" not in carried
    assert dict(Draft({"text": FIRE, "danger_answer": "called"}).carried("where"))["danger_answer"] == "called"


@pytest.mark.parametrize(("answer", "stored"), [("called", "called"), ("safe", "safe"), ("<b>", ""), ("", "")])
def test_only_a_known_answer_is_passed_on(answer, stored):
    assert Draft({"text": FIRE, "danger_answer": answer}).submission("nl").danger_answer == stored


def test_what_is_no_field_is_not_carried():
    assert set(dict(Draft({"csrfmiddlewaretoken": "x", "evil": "y"}).carried("what"))) == {"submission_key"}


def test_the_first_wrong_step_is_found():
    assert Draft({"text": "", "email": "nee"}).wrong_step("check") == "what"
    assert Draft({"text": "x", "email": "nee"}).wrong_step("check") == "who"
    assert Draft({"text": "x", "email": "nee"}).wrong_step("where") is None


def test_a_refusal_lands_at_its_field():
    draft = Draft({"text": "x"})
    assert draft.refuse(Refused("outside", "Buiten de gemeente", "pin")) == "where"
    assert draft.forms["where"][0].errors["latitude"] == ["Buiten de gemeente"]


def test_the_list_goes_before_the_suggestions():
    draft = Draft({"category": "een", "other_category": "twee"})
    draft.wrong_step("subject")
    draft.forms["subject"][0].is_valid()
    assert draft.submission("nl").category_slug == "twee"


def test_the_empty_form_is_the_same_for_everybody():
    assert Draft({}).carried("what") == []


def test_the_key_of_the_page_stays():
    draft = Draft({"text": "De lamp is uit."})
    assert Draft(dict(draft.carried("what"))).key == draft.key


def test_a_channel_from_who_is_no_colleague_is_known_and_carried():
    draft = Draft({"text": "x", "channel": "phone", "reporter_language": "en"})
    assert draft.logged_out
    assert dict(draft.carried("who")).items() >= {("channel", "phone"), ("reporter_language", "en")}
    assert not Draft({"text": "x"}).logged_out
    assert draft.submission("nl").source == "web"
