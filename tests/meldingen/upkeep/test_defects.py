from meldingen.upkeep.defects import Subject, for_operator


def test_what_is_for_the_operator_says_where_to_read_on() -> None:
    defect = for_operator("Stuk.", is_grave=True)
    assert (defect.subject, defect.path, defect.is_grave) == (Subject.QUEUES, "/beheer/stuk/#operator", True)
