"""Elements as cssselect2 matches them, with a limit to the steps that selectors take through a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

from cssselect2 import ElementWrapper

MOST_STEPS = 1_500_000
"""From element to element, for all selectors that look at more than one. 68 news pages take 50,000 at most."""


class _OutOfSteps(Exception):
    """Matching was given up."""


class Steps:
    """How many steps are left."""

    def __init__(self) -> None:
        self._left = MOST_STEPS

    def take(self, number: int = 1) -> None:
        """Raises _OutOfSteps where too few are left."""
        self._left -= number
        if self._left < 0:
            raise _OutOfSteps

    def within(self, test: Callable[[Any], Any]) -> Callable[[Any], bool]:
        """The test of a selector; what can't be found out in time doesn't match."""

        def limited(element: Any) -> bool:
            if self._left < 0:
                return False
            try:
                return bool(test(element))
            except _OutOfSteps:
                return False

        return limited


class _Siblings(list[Any]):
    """Children of an element; what looks through them pays for each."""

    def __init__(self, elements: Iterable[Any], steps: Steps) -> None:
        super().__init__(elements)
        self._steps = steps

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, slice):
            self._steps.take(len(range(*key.indices(len(self)))))
        return super().__getitem__(key)

    def __iter__(self) -> Iterator[Any]:
        self._steps.take(len(self))
        return super().__iter__()


class Element(ElementWrapper):  # type: ignore[misc] # cssselect2 has no types
    """An element that finds its relatives by walking; by default it is by recursion, which deep pages don't stand."""

    _ancestors: tuple[Element, ...] | None

    def __init__(self, element: Any, parent: Element | None, index: int, previous: Element | None) -> None:
        self.steps: Steps = parent.steps if parent else Steps()
        super().__init__(element, parent, index, previous, in_html_document=True)
        # By default found out at the first use, each under a lock.
        self.local_name, self.namespace_url = element.tag, ""
        self.id, self.classes = element.get("id"), set((element.get("class") or "").split())

    @cached_property
    def children(self) -> list[Element]:
        """The elements in this one."""
        found: list[Element] = []
        for index, child in enumerate(self.etree_element):
            found.append(Element(child, self, index, found[-1] if found else None))
        return found

    def iter_children(self) -> Iterator[Element]:
        self.steps.take(len(self.children))
        yield from self.children

    def iter_next_siblings(self) -> Iterator[Element]:
        siblings = self.parent.children if self.parent else []
        self.steps.take(len(siblings) - self.index)
        yield from siblings[self.index + 1 :]

    @cached_property
    def etree_children(self) -> _Siblings:
        return _Siblings(self.etree_element, self.steps)

    @property
    def ancestors(self) -> tuple[Element, ...]:
        if self._ancestors is None:
            self._ancestors = tuple(self._walk_up())
        self.steps.take(1 + len(self._ancestors) // 8)  # most selectors end at the first ones
        return self._ancestors

    def _walk_up(self) -> Iterator[Element]:
        element = self.parent
        while element is not None:
            yield element
            element = element.parent

    @property
    def previous_siblings(self) -> Iterator[Element]:
        element = self.previous
        while element is not None:
            self.steps.take()
            yield element
            element = element.previous

    @cached_property
    def lang(self) -> str:
        said = (holder.etree_element.get("lang") for holder in (self, *self.ancestors))
        return next((str(language) for language in said if language), "").lower()

    in_disabled_fieldset = False
