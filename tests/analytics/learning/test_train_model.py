import pytest
from django.core.management import CommandError, call_command

from analytics.learning import corpus as corpora
from analytics.learning import registry
from meldingen import lifecycle
from meldingen.models import Category, TrainedModel
from tests.learned import corpus


@pytest.fixture
def examples(tmp_path):
    made = corpus()
    path = tmp_path / "voorbeelden.csv"
    path.write_text("category,text\n" + "".join(f"{c},{t}\n" for c, t in zip(made.labels, made.texts, strict=True)))
    return path


def train(town, capsys, **options):
    call_command("train_model", town.municipality.code, **options)
    return capsys.readouterr().out


def test_it_trains_on_examples_and_says_what_they_are_worth(town, examples, capsys):
    said = train(town, capsys, examples=examples)
    assert "0 handled meldingen with text, less than 200" in said
    assert "Model 1" in said
    assert "prove nothing" in said
    assert TrainedModel.objects.get().trained_on == "examples"


def test_a_second_time_nothing_changed(town, examples, capsys):
    train(town, capsys, examples=examples)
    assert "Nothing changed: model 1" in train(town, capsys, examples=examples)


def test_handled_meldingen_go_before_examples(town, examples, capsys, monkeypatch):
    monkeypatch.setattr(corpora, "MIN_HANDLED", 60)
    made = corpus(80)
    slugs = {c.slug: c for c in Category.objects.filter(municipality=town.municipality)}
    for text, label in zip(made.texts, made.labels, strict=True):
        lifecycle.move(town.melding(text=text, category=slugs[label.split("|")[1]]), "solved", actor=None)
    monkeypatch.setattr("analytics.learning.registry.MIN_HANDLED", 60)
    said = train(town, capsys, examples=examples)
    assert "80 handled meldingen with text and category" in said
    assert TrainedModel.objects.get().trained_on == "handled"


def test_without_anything_to_learn_from_it_says_how_much_is_needed(town):
    with pytest.raises(CommandError, match=r"0 handled meldingen .* 200 are needed.*--examples"):
        call_command("train_model", town.municipality.code)


def test_an_unknown_municipality_is_named(db):
    with pytest.raises(CommandError, match="GM0000"):
        call_command("train_model", "GM0000")


def test_a_broken_file_leaves_the_model_in_use(town, examples, tmp_path, capsys):
    train(town, capsys, examples=examples)
    broken = tmp_path / "kapot.csv"
    broken.write_text("category,text\nafval|onbekend,x\n")
    with pytest.raises(CommandError, match=r"line 2, column category: 'afval\|onbekend'"):
        call_command("train_model", town.municipality.code, examples=broken)
    assert TrainedModel.objects.get().is_active


def test_the_demo_town_has_shipped_examples(town, capsys):
    town.municipality.code = "GM9901"
    town.municipality.save()
    with pytest.raises(CommandError, match="is no category of this municipality"):
        call_command("train_model", "GM9901")


def test_where_no_model_can_be_written_nothing_is_trained(town, examples, settings, tmp_path, monkeypatch):
    (tmp_path / "models").write_text("a file in the way")
    settings.MODELS_DIR = tmp_path / "models"
    monkeypatch.setattr(registry, "train", lambda *_given, **_more: pytest.fail("trained before it was asked"))
    with pytest.raises(CommandError, match=r"cannot be written to .*the one in use stays"):
        call_command("train_model", town.municipality.code, examples=examples)
