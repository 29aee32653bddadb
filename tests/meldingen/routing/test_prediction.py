import logging
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from meldingen.categories.models import Category
from meldingen.classification import files
from meldingen.languages import Texts
from meldingen.record import lifecycle
from meldingen.record.models.melding import Melding
from meldingen.routing import prediction
from meldingen.routing.models import Prediction, TrainedModel
from tests.factories import Town
from tests.learned import CONTAINER, DUMPING, NOISE, WORDS, learn
from tests.sure import sure


@pytest.fixture(autouse=True)
def fresh_process() -> None:
    prediction.forget_models()


def locked(town: Town, text: str, **values: Any) -> Melding:
    return lifecycle.lock(town.melding(text=text, **values).pk, town.municipality.pk)


def file_of(model: TrainedModel) -> Path:
    return settings.MODELS_DIR / model.file


def test_without_a_model_it_goes_to_people(town: Town) -> None:
    melding = locked(town, CONTAINER)
    found = prediction.predict(melding)
    assert (found.action, found.reason, found.model, melding.category) == ("people", "no_model", None, None)


def test_a_sure_model_sets_the_category(town: Town) -> None:
    model = learn(town)
    melding = locked(town, CONTAINER)
    found = prediction.predict(melding)
    melding.refresh_from_db()
    assert (found.action, found.category, found.model) == ("route", town.container, model)
    assert (melding.category, melding.category_by) == (town.container, "model")
    assert melding.events.get(kind="classified").codes == {
        "model": 1,
        "reason": "confident",
        "category": {"from": None, "to": town.container.pk},
    }


def test_what_the_resident_chose_stays(town: Town) -> None:
    learn(town)
    melding = locked(town, CONTAINER, category=town.dumping, category_by="resident")
    found = prediction.predict(melding)
    melding.refresh_from_db()
    assert (melding.category, melding.category_by, found.category) == (town.dumping, "resident", town.container)


def test_an_audited_melding_goes_to_people_and_what_the_model_thought_is_kept(town: Town) -> None:
    learn(town)
    melding = locked(town, CONTAINER, is_audited=True)
    found = prediction.predict(melding)
    assert (found.action, found.reason, found.category) == ("suggest", "audited", town.container)
    assert melding.category is None


@pytest.mark.parametrize(("threshold", "action"), [("0", "route"), ("1", "suggest")])
def test_the_threshold_of_the_municipality_counts(town: Town, threshold: str, action: str) -> None:
    learn(town)
    town.municipality.routing_threshold = Decimal(threshold)
    town.municipality.save()
    assert prediction.predict(locked(town, "er staat een bankstel bij de container")).action == action


def test_words_of_danger_go_to_people_with_or_without_a_model(town: Town) -> None:
    assert prediction.predict(locked(town, "het ruikt naar gas", danger="gas")).emergency is True
    learn(town)
    found = prediction.predict(locked(town, f"{CONTAINER} en het staat in brand", danger="life"))
    assert (found.action, found.reason, found.emergency) == ("people", "emergency", True)


def test_there_is_one_prediction_of_a_melding(town: Town) -> None:
    melding = locked(town, CONTAINER)
    prediction.predict(melding)
    with pytest.raises(IntegrityError), transaction.atomic():
        prediction.predict(melding)


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda path: path.unlink(), "model_missing"),
        (lambda path: files.sidecar(path).unlink(), "model_missing"),
        (lambda path: path.write_bytes(path.read_bytes()[:-100]), "model_truncated"),
        (lambda path: path.write_bytes(path.read_bytes() + b"x"), "model_altered"),
        (lambda path: files.sidecar(path).write_text("{"), "model_broken"),
        (
            lambda path: files.sidecar(path).write_text(
                files.sidecar(path).read_text().replace('"sklearn": "1.', '"sklearn": "0.')
            ),
            "model_version",
        ),
    ],
)
def test_a_damaged_model_means_people_and_says_why(
    town: Town, caplog: pytest.LogCaptureFixture, damage: Callable[..., Any], reason: str
) -> None:
    model = learn(town)
    damage(file_of(model))
    found = prediction.predict(locked(town, CONTAINER))
    assert (found.action, found.reason, found.model) == ("people", reason, model)
    assert prediction.suggest(town.municipality, CONTAINER) == []
    assert [r.levelno for r in caplog.records if reason in r.getMessage()] == [logging.ERROR]


def test_a_system_check_names_the_damaged_model_and_the_command(town: Town) -> None:
    model = learn(town)
    file_of(model).unlink()
    (warning,) = [m for m in run_checks(databases=["default"]) if m.id == "meldingen.W001"]
    assert "model_missing" in warning.msg
    assert f"train_model {town.municipality.code}" in sure(warning.hint)


def test_the_check_is_silent_when_all_is_well_or_nobody_asked_for_the_database(town: Town) -> None:
    model = learn(town)
    assert [m for m in run_checks(databases=["default"]) if m.id == "meldingen.W001"] == []
    prediction.forget_models()
    file_of(model).unlink()
    assert [m for m in run_checks() if m.id == "meldingen.W001"] == []


def test_a_repaired_file_is_read_again_after_a_while(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    model = learn(town)
    content = file_of(model).read_bytes()
    file_of(model).write_bytes(b"")
    assert prediction.suggest(town.municipality, CONTAINER) == []
    file_of(model).write_bytes(content)
    assert prediction.suggest(town.municipality, CONTAINER) == []
    monkeypatch.setattr(prediction, "RETRY_SECONDS", -1)
    assert prediction.suggest(town.municipality, CONTAINER) != []


def test_a_model_is_read_once_and_again_only_when_another_is_in_use(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "meldingen.routing.prediction")
    learn(town)
    for _ in range(3):
        prediction.suggest(town.municipality, CONTAINER)
    assert sum("read in" in r.getMessage() for r in caplog.records) == 1
    learn(town, seed=2)
    prediction.suggest(town.municipality, CONTAINER)
    assert sum("read in" in r.getMessage() for r in caplog.records) == 2


def test_only_so_many_models_are_kept(
    town: Town, neighbour: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "meldingen.routing.prediction")
    monkeypatch.setattr(prediction, "MODELS_KEPT", 1)
    learn(town)
    learn(neighbour)
    for place in (town, neighbour, town):
        assert prediction.suggest(place.municipality, CONTAINER)
    assert sum("read in" in r.getMessage() for r in caplog.records) == 3


def test_a_neighbours_model_is_never_used(town: Town, neighbour: Town) -> None:
    learn(neighbour)
    assert prediction.suggest(town.municipality, CONTAINER) == []
    assert prediction.predict(locked(town, CONTAINER)).reason == "no_model"


def test_suggestions_are_categories_of_this_municipality(town: Town, neighbour: Town) -> None:
    learn(town)
    found = prediction.suggest(town.municipality, CONTAINER)
    assert found[0].category == town.container
    assert {s.category.municipality_id for s in found} == {town.municipality.pk}
    assert 0.5 < found[0].probability <= 1
    assert len(found) <= 3


def test_what_is_as_good_as_excluded_is_not_shown(town: Town) -> None:
    learn(town)
    assert all(s.probability >= 0.02 for s in prediction.suggest(town.municipality, CONTAINER))


def test_a_form_asks_two_queries_at_most(town: Town, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    learn(town)
    with django_assert_max_num_queries(2):
        prediction.suggest(town.municipality, CONTAINER)


@pytest.mark.parametrize("text", ["", "ok", NOISE, "💩" * 100, "\x00\x00", "مرحبا بالعالم كيف", "x" * 100_000])
def test_a_text_that_says_nothing_gets_no_suggestions(town: Town, text: str) -> None:
    learn(town)
    assert prediction.suggest(town.municipality, text) == []


def test_a_category_out_of_use_is_never_suggested_nor_routed_to(town: Town) -> None:
    learn(town)
    Category.objects.filter(pk=town.container.pk).update(is_active=False)
    melding = locked(town, CONTAINER)
    found = prediction.predict(melding)
    assert (found.action, found.reason, found.category, melding.category) == ("suggest", "category_gone", None, None)
    assert town.container not in [s.category for s in prediction.suggest(town.municipality, CONTAINER)]


@pytest.mark.parametrize("rest", ["overig", "overig-afval"])
def test_a_rest_category_is_never_suggested_nor_chosen(town: Town, rest: str) -> None:
    own = {"municipality": town.municipality, "parent": town.waste}
    Category.objects.create(**own, slug=rest, name_texts=Texts(nl="Overig afval"))
    learn(town, words={f"afval|{rest}": "allerlei rommel vies spul troep", **WORDS})
    text = "allerlei vies spul en troep"
    assert {s.category for s in prediction.suggest(town.municipality, text)} <= {town.container, town.dumping}
    found = prediction.predict(locked(town, text))
    assert (found.reason, found.category) == ("rest_class", None)


@pytest.mark.parametrize("text", ["er is ingebroken bij mij", "mijn paspoort is gestolen in de stad"])
def test_what_is_not_for_a_municipality_gets_no_suggestion_and_goes_to_people(town: Town, text: str) -> None:
    learn(town, n=400, words=WORDS | {"afval|overig": "er is bij mij in de mijn stad"})
    assert prediction.suggest(town.municipality, text) == []
    assert prediction.predict(locked(town, text)).action == "people"


def test_the_prediction_keeps_what_was_suggested_by_code(town: Town) -> None:
    learn(town)
    found = Prediction.objects.get(pk=prediction.predict(locked(town, DUMPING)).pk)
    assert found.suggestions[0]["category"] == "afval|dumping"
    assert found.suggestions[0]["probability"] == pytest.approx(found.probability)
    assert TrainedModel.objects.get().version == 1
