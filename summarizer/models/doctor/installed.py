"""The packages that this one asks for, as its own metadata tell, and which of them are installed."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    wanted: dict[str, dict[str, str | None]] = {}
    for line in requires(DISTRIBUTION) or ():
        extra = _EXTRA.search(line)
        if extra and extra[1] not in FOR_DEVELOPERS:
            wanted.setdefault(extra[1], {})[_package(line)] = _version(_package(line))
    return (Extra(name=name, packages=packages) for name, packages in wanted.items())


def missing_packages() -> Iterator[str]:
    """The packages that are needed in any case, and are not there: what has a condition is an extra's, or for some
    machines alone."""
    needed = (_package(line) for line in requires(DISTRIBUTION) or () if ";" not in line)
    return (package for package in needed if _version(package) is None)


_EXTRA = re.compile(r"""\bextra\s*==\s*["']([\w.-]+)["']""")


def _package(line: str) -> str:
    """The name in a line of metadata: `pyarrow>=20.0; extra == "parquet"`."""
    return re.split(r"[^\w.-]", line, maxsplit=1)[0]


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
