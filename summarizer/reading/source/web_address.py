"""Addresses of the web: what is wrong with one, and which was meant by one that lacks its beginning."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

_LABEL = re.compile(r"[\w-]{1,63}")
_NUMBERS = re.compile(r"\d+(?:\.\d+){3}")


def fault_of(address: str) -> str | None:
    """Why no server can be at this address, whatever the network; None where one may be. Repeats nothing of it, as it
    may hold a key."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "its host or its port can't be: a port is a number up to 65535"
    if parts.scheme not in ("http", "https"):
        return "it has to begin with http:// or https://, as in http://localhost:8000/v1"
    if re.search(r"\s", address):
        return "there is a blank in it"
    if port == 0:
        return "its port can't be 0"
    if not host:
        return "it names no host, as example.org in https://example.org/news"
    return None if _may_be_host(host) else "no host can have that name"


def _may_be_host(host: str) -> bool:
    if ":" in host or _NUMBERS.fullmatch(host):
        return _is_ip(host)
    return len(host) <= 253 and all(map(_LABEL.fullmatch, host.removesuffix(".").split(".")))


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def advice(text: str) -> str:
    """What to write where the page of an address was meant; empty where none may have been."""
    meant = meant_by(text)
    return f" For the page of this address write {meant}" if meant else ""


_UNBEGUN = re.compile(
    r"(?P<beginning>https?(?::/{0,2}|/{1,2})|//)?(?P<rest>(?:[\w-]+\.)+(?P<last>[a-z]{2,})(?::\d+)?(?:[/?#]\S*)?)",
    re.IGNORECASE,
)
_GENERIC = {"com", "edu", "gov", "info", "int", "net", "news", "org"}
_SUFFIXES = {"cc", "db", "gz", "js", "md", "pl", "ps", "py", "rb", "rs", "sh", "so", "ts", "xz"}
"""Countries whose letters end files, too."""


def meant_by(text: str) -> str | None:
    """`https://www.bbc.com/news` for `www.bbc.com/news`; None for what may as well be the name of a file."""
    found = _UNBEGUN.fullmatch(text)
    if found is None:
        return None
    last, rest = found["last"].lower(), found["rest"]
    is_domain = last in _GENERIC or (len(last) == 2 and last not in _SUFFIXES)
    return f"https://{rest}" if found["beginning"] or rest.lower().startswith("www.") or is_domain else None
