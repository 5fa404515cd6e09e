"""The packages that this one asks for, as its own metadata tell, and which of them are installed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version

from summarizer.record import Part

DISTRIBUTION = "checked-summarizer"
FOR_DEVELOPERS = ("dev", "docs")


class Extra(Part):
    """An extra of ours, with its packages; one without a version is not installed."""

    name: str
    packages: dict[str, str | None]

    @property
    def is_installed(self) -> bool:
        """Whether all of it is there."""
        return None not in self.packages.values()


def own_version() -> str:
    """The version of this package."""
    return version(DISTRIBUTION)


def extras() -> Iterator[Extra]:
    """Those that a user may want."""
    names = dict.fromkeys(each.extra for each in _requirements() if each.extra not in (None, *FOR_DEVELOPERS))
    for name in filter(None, names):
        packages = (each.package for each in _requirements() if each.extra == name)
        yield Extra(name=name, packages={package: _version(package) for package in packages})


def missing_packages() -> Iterator[str]:
    """The packages that are needed in any case, and are not there."""
    needed = (each.package for each in _requirements() if not each.is_conditional)
    return (package for package in needed if _version(package) is None)


@dataclass(frozen=True)
class _Requirement:
    package: str
    extra: str | None
    is_conditional: bool
    """Asked for with an extra, or on some machines alone."""


@cache
def _requirements() -> tuple[_Requirement, ...]:
    return tuple(map(_requirement, requires(DISTRIBUTION) or ()))


_NAME = re.compile(r"[\w.-]+")
_EXTRA = re.compile(r"""\bextra\s*==\s*["']([\w.-]+)["']""")


def _requirement(line: str) -> _Requirement:
    """As metadata have it: `pyarrow>=20.0; extra == "parquet"`."""
    name, extra = _NAME.match(line), _EXTRA.search(line)
    return _Requirement(name[0] if name else line, extra[1] if extra else None, ";" in line)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
