"""Addresses, and the networks around them for which a limit holds: pure, no Django."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
_NAT64 = IPv6Network("64:ff9b::/96")


def read_address(text: str) -> Address | None:
    """The address of `1.2.3.4`, `1.2.3.4:80`, `::1` or `[::1]:80`; IPv4 that is dressed as IPv6 as what it is."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def read_networks(texts: list[str]) -> list[Network]:
    """The networks of `10.0.0.0/8` and `192.0.2.1`. ValueError for what is none."""
    return [ip_network(text.strip(), strict=False) for text in texts if text.strip()]


def narrow(address: Address) -> Network:
    """What one visitor has: an address of IPv4, a /64 of IPv6."""
    return _around(address, 32 if address.version == 4 else 64)


def wide(address: Address) -> Network:
    """What one customer or machine room may have: a /24 of IPv4, a /48 of IPv6."""
    return _around(address, 24 if address.version == 4 else 48)


def _around(address: Address, length: int) -> Network:
    kind = IPv4Network if isinstance(address, IPv4Address) else IPv6Network
    return kind((int(address), length), strict=False)
