from ipaddress import ip_address

import pytest

from meldingen.limits.networks import narrow, read_address, read_networks, wide


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        (" 192.0.2.7:51312 ", "192.0.2.7"),
        ("2001:db8::1", "2001:db8::1"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("64:ff9b::192.0.2.7", "192.0.2.7"),
    ],
)
def test_an_address_is_read_however_a_proxy_writes_it(text: str, address: str) -> None:
    assert read_address(text) == ip_address(address)


@pytest.mark.parametrize(
    "text", ["", "unknown", "_hidden", "1.2.3", "1.2.3.4.5", "::g", "192.0.2.0/24", "\x00", "[", "²"]
)
def test_what_is_no_address_is_none(text: str) -> None:
    assert read_address(text) is None


@pytest.mark.parametrize(
    ("address", "small", "large"),
    [
        ("192.0.2.7", "192.0.2.7/32", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("::1", "::/64", "::/48"),
    ],
)
def test_a_limit_holds_for_what_a_visitor_has_and_for_what_is_around_it(address: str, small: str, large: str) -> None:
    assert (str(narrow(ip_address(address))), str(wide(ip_address(address)))) == (small, large)


def test_networks_are_read_from_a_list() -> None:
    found = read_networks(["10.0.0.0/8", " 192.0.2.1 ", ""])
    assert [str(network) for network in found] == ["10.0.0.0/8", "192.0.2.1/32"]


def test_what_is_no_network_is_refused() -> None:
    with pytest.raises(ValueError, match="kantoor"):
        read_networks(["kantoor"])
