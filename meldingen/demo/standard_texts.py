"""Texts that the colleagues of an invented town send often: a name, with which act, and the words."""

STANDARD_TEXTS = (
    ("Opgelost", "solved", "Uw melding {kenmerk} is opgelost. Wij hebben het werk bij {plaats} gedaan. Dank u wel."),
    ("Niets gevonden", "solved", "Wij zijn bij {plaats} geweest en hebben niets meer gevonden."),
    ("Van een andere organisatie", "forwarded", "Dit is niet van de gemeente. Wij hebben uw melding doorgestuurd."),
    ("Doen wij niet", "declined", "Wij begrijpen dat dit vervelend is. Toch doen wij hier niets aan, want ___."),
    (
        "Welke precies?",
        "waiting",
        "Wij weten niet wat u bedoelt bij {plaats}. Kunt u zeggen waar het precies is?",
    ),
    ("Kunt u een foto sturen?", "waiting", "Een foto helpt ons. Kunt u die bij uw melding {kenmerk} zetten?"),
    ("Wij komen langs", "planned", "{team} komt langs bij {plaats}. U hoeft er niet bij te zijn."),
    ("Wij kijken ernaar", "", "Dank u wel voor uw melding. {team} kijkt ernaar. U hoort van ons op {dag}."),
    ("Opnieuw open", "reopened", "U schreef dat het niet is opgelost. Wij gaan nog een keer kijken bij {plaats}."),
)
