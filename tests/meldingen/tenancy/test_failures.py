import logging

import pytest

from meldingen.tenancy.failures import contain_failures


def fail() -> None:
    raise ValueError("Wim de Wit, 0612345678")


def test_what_goes_wrong_is_logged_by_kind_and_place_and_goes_no_further(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    with contain_failures("the mails of GM0001 wait"):
        fail()
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert record.getMessage().startswith("the mails of GM0001 wait: ValueError at ")
    assert "test_failures.py" in record.getMessage()
    assert "Wim" not in caplog.text


def test_what_goes_well_says_nothing(db: None, caplog: pytest.LogCaptureFixture) -> None:
    with contain_failures("nothing"):
        pass
    assert caplog.text == ""


def test_who_stops_the_process_stops_it(db: None) -> None:
    with pytest.raises(KeyboardInterrupt), contain_failures("nothing"):
        raise KeyboardInterrupt
