import random
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from analytics.learning import corpus as corpora
from analytics.learning import registry
from analytics.learning.corpus import Corpus
from meldingen.categories.models import Category
from meldingen.classification import bound
from meldingen.record import events, lifecycle
from meldingen.routing.models import TrainedModel
from tests.factories import Town
from tests.learned import corpus


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    made = corpus()
    path = tmp_path / "voorbeelden.csv"
    path.write_text("category,text\n" + "".join(f"{c},{t}\n" for c, t in zip(made.labels, made.texts, strict=True)))
    return path


def train(town: Town, capsys: pytest.CaptureFixture[str], **options: Path | bool) -> str:
    call_command("train_model", town.municipality.code, **options)
    return capsys.readouterr().out


def test_it_trains_on_examples_and_says_what_they_are_worth(
    town: Town, examples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = train(town, capsys, examples=examples)
    assert "0 handled meldingen with text, less than 200" in said
    assert f"Model 1 of {town.municipality.name} is a candidate (use_model {town.municipality.code} 1 puts" in said
    assert "prove nothing" in said
    assert TrainedModel.objects.get().trained_on == "examples"


def test_a_second_time_nothing_changed(town: Town, examples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "is in use" in train(town, capsys, examples=examples, use=True)
    assert "Nothing changed: model 1" in train(town, capsys, examples=examples)


def solve_some(town: Town, made: Corpus) -> None:
    slugs = {c.slug: c for c in Category.objects.filter(municipality=town.municipality)}
    for text, label in zip(made.texts, made.labels, strict=True):
        lifecycle.move(town.melding(text=text, category=slugs[label.split("|")[1]]), "solved", actor=events.SWEEP)


def test_it_says_what_it_promises_and_on_which_texts_that_was_chosen(
    town: Town, examples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = train(town, capsys, examples=examples)
    assert "Holding out 50 texts to learn what guesses are worth (1 of 4)" in said
    assert "held-out texts, " in said
    assert "judged by what others taught" in said
    assert "by what they taught themselves" in said


def test_who_had_a_model_that_routed_is_told_when_the_next_one_does_not_and_why(
    town: Town, examples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    train(town, capsys, examples=examples, use=True)
    noise, made = tmp_path / "ruis.csv", corpus(400)
    labels = random.Random(0).sample(made.labels, len(made))
    noise.write_text("category,text\n" + "".join(f"{c},{t}\n" for c, t in zip(labels, made.texts, strict=True)))
    call_command("train_model", town.municipality.code, examples=noise)
    out, err = capsys.readouterr()
    assert "routes nothing: too many of the held-out texts of which it was surest were wrong" in out
    assert "The model in use routes meldingen by itself and this one does not" in err


def test_of_a_long_history_only_the_newest_is_read_and_that_is_said(
    town: Town, examples: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bound, "MAX_TOTAL", 5_000)
    monkeypatch.setattr(bound, "ENOUGH", 5)
    monkeypatch.setattr("analytics.learning.registry.MIN_HANDLED", 30)
    solve_some(town, corpus(140))
    assert "handled meldingen with text and category, the newest of more: as many as it learns from" in train(
        town, capsys, examples=examples
    )
    assert TrainedModel.objects.get().texts < 140


def test_handled_meldingen_go_before_examples(
    town: Town, examples: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpora, "MIN_HANDLED", 60)
    solve_some(town, corpus(80))
    monkeypatch.setattr("analytics.learning.registry.MIN_HANDLED", 60)
    said = train(town, capsys, examples=examples)
    assert "80 handled meldingen with text and category" in said
    assert TrainedModel.objects.get().trained_on == "handled"


def test_without_anything_to_learn_from_it_says_how_much_is_needed(town: Town) -> None:
    with pytest.raises(CommandError, match=r"0 handled meldingen .* 200 are needed.*--examples"):
        call_command("train_model", town.municipality.code)


def test_an_unknown_municipality_is_named(db: None) -> None:
    with pytest.raises(CommandError, match="GM0000"):
        call_command("train_model", "GM0000")


def test_a_broken_file_leaves_the_model_in_use(
    town: Town, examples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    train(town, capsys, examples=examples, use=True)
    broken = tmp_path / "kapot.csv"
    broken.write_text("category,text\nafval|onbekend,x\n")
    with pytest.raises(CommandError, match=r"line 2, column category: 'afval\|onbekend'"):
        call_command("train_model", town.municipality.code, examples=broken)
    assert TrainedModel.objects.get().status == "live"


def test_the_demo_town_has_shipped_examples(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    town.municipality.code = "GM9901"
    town.municipality.save()
    with pytest.raises(CommandError, match="is no category of this municipality"):
        call_command("train_model", "GM9901")


def test_where_no_model_can_be_written_nothing_is_trained(
    town: Town, examples: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "models").write_text("a file in the way")
    settings.MODELS_DIR = tmp_path / "models"
    monkeypatch.setattr(registry, "train", lambda *_given, **_more: pytest.fail("trained before it was asked"))
    with pytest.raises(CommandError, match=r"cannot be written to .*the one in use stays"):
        call_command("train_model", town.municipality.code, examples=examples)
