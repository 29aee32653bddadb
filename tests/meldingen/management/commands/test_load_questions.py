from pathlib import Path

import pytest
from django.core.management import call_command

from meldingen.questions.models import Question
from tests.factories import Town


def test_the_command_says_what_changed_and_how_many_there_are(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "vragen.csv"
    for words in ("Welke kleur?", "Welke tint?"):
        path.write_text(f"vraag,categorie,soort,vraag_nl\nkleur,container-vol,tekst,{words}\n")
        call_command("load_questions", town.municipality.code, path)
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "kleur, vraag_nl: “Welke kleur?” wordt “Welke tint?”",
        "1 vragen",
    ]
    assert Question.objects.of(town.municipality).count() == 1
