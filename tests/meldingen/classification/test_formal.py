import pytest

from meldingen.classification.formal import Formal, find_formal


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hierbij maak ik bezwaar tegen het verkeersbesluit.", Formal.OBJECTION),
        ("Ik wil bezwaar aantekenen tegen de vergunning van mijn buurman", Formal.OBJECTION),
        ("Bezwaarschrift kapvergunning Dorpsstraat", Formal.OBJECTION),
        ("Bezwaar tegen mijn parkeerboete", Formal.OBJECTION),
        ("I want to file an objection to the parking decision", Formal.OBJECTION),
        ("I object to a fine I got for parking", Formal.OBJECTION),
        ("I would like to appeal my parking ticket", Formal.OBJECTION),
        ("Door de kuil is mijn velg kapot, ik stel de gemeente aansprakelijk.", Formal.CLAIM),
        ("Ik eis schadevergoeding voor mijn fiets", Formal.CLAIM),
        ("I hold the municipality liable for my broken wheel", Formal.CLAIM),
        ("Ik heb een klacht over uw medewerker aan de balie", Formal.GRIEVANCE),
        ("Dit is een officiële klacht", Formal.GRIEVANCE),
        ("Handhavingsverzoek: de buren bouwen zonder vergunning", Formal.ENFORCEMENT),
        ("Ik verzoek u handhavend op te treden tegen het terras", Formal.ENFORCEMENT),
        ("WOO-verzoek over de bomenkap", Formal.DOCUMENTS),
        ("Op grond van de Wet open overheid vraag ik om stukken", Formal.DOCUMENTS),
    ],
)
def test_plain_words_name_what_is_asked_for(text: str, kind: Formal) -> None:
    assert find_formal(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "", "Ik heb een klacht over zwerfvuil in het park", "Er is schade aan het bankje",
        "Ik heb er geen bezwaar tegen",
        "De lamp is kapot, graag handhaven op foutparkeren", "Er staat een boom scheef, dat is gevaarlijk aansprekend",
        "Woon hier al jaren", "De vergunning hangt scheef aan de paal", "The lamp is broken and I object",
        "I object to the rubbish", "The ticket machine is broken", "👍" * 50,
    ],
)  # fmt: skip
def test_a_report_is_a_report(text: str) -> None:
    assert find_formal(text) is None
