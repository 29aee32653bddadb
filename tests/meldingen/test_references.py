from meldingen import references


def test_a_reference_has_eight_characters_that_nobody_mishears():
    reference = references.new_reference()
    assert len(reference) == 8
    assert set(reference) <= set(references.ALPHABET)


def test_a_spelt_reference_is_read_as_it_was_meant():
    assert references.read_reference("o1il-2abc ") == "01112ABC"


def test_two_references_differ():
    assert len({references.new_reference() for _ in range(1000)}) == 1000
