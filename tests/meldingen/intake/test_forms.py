from meldingen.intake.forms import SeenForm


def test_who_fills_in_no_address_reads_what_to_do() -> None:
    assert SeenForm({"mail_to": ""}).errors == {"mail_to": ["Vul in waar wij u mogen mailen, of sluit deze pagina."]}


def test_an_address_that_gets_no_mail_is_refused() -> None:
    assert "mail_to" in SeenForm({"mail_to": "ik@localhost"}).errors
