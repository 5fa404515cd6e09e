"""Which IP addresses belong to the public internet, whatever form they are written in."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_UNICAST = IPv6Network("2000::/3")
"""All that is assigned for global use; outside are loopback, link-local, private, multicast and forms unassigned."""
_NAT64 = IPv6Network("64:ff9b::/96")
_SPECIAL = (
    IPv4Network("168.63.129.16/32"),  # answers inside Azure only, where it hands machines their settings
    IPv4Network("192.0.0.0/24"),  # protocol assignments, and the settings of a cloud; public to older Pythons
    IPv4Network("192.88.99.0/24"),  # relays of a time gone by
    IPv6Network("3fff::/20"),  # for documentation; public to older Pythons
)
"""What `ipaddress` takes for public, in some version or in all."""


def why_not_public(address: str) -> str | None:
    """What kind of address it is if not a public one: `a loopback address`; None for a public one.

    Raises ValueError for what is no address at all.
    """
    return _why_not(_inner(ip_address(address)))


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 one carries and that a packet to it ends at; else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _why_not(address: IPv4Address | IPv6Address) -> str | None:
    if address.is_loopback or address.is_unspecified:
        return "a loopback address"
    if address.is_link_local:
        return "a link-local address"
    if address.is_multicast:
        return "a multicast address"
    if not address.is_global or any(address in network for network in _SPECIAL):
        return "a private or reserved address"
    if isinstance(address, IPv6Address) and address not in _UNICAST:
        return "a reserved address"
    return None
