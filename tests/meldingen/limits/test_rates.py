import pytest

from meldingen.limits.rates import Rate, read_rate


@pytest.mark.parametrize(
    ("text", "rate"),
    [("30/hour", Rate(30, 3600)), ("1/second", Rate(1, 1)), ("600/minute", Rate(600, 60)), ("2/day", Rate(2, 86400))],
)
def test_a_rate_is_read_as_people_write_it(text: str, rate: Rate) -> None:
    assert read_rate(text) == rate


def test_off_is_no_limit() -> None:
    assert read_rate("off") is None


@pytest.mark.parametrize("text", ["", "30", "0/hour", "-1/hour", "30/uur", "30 / hour", "1e9/hour", "30/hour\n"])
def test_what_is_no_rate_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="30/hour"):
        read_rate(text)
