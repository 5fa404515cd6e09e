"""YAML that knows on which line each value stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

YamlPath = Sequence[int | str]
"""The way to a value: keys of mappings and places in lists."""


class YamlFault(Exception):
    """Not YAML, or a key that stands twice."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line


@dataclass(frozen=True, slots=True)
class MarkedYaml:
    """A document's plain data, and the nodes it was made from."""

    data: Any
    _root: yaml.Node | None

    def line_of(self, path: YamlPath) -> int:
        """The line, from 1, of the value that `path` leads to, or of the last thing on the way that is there."""
        node, line = self._root, self._root.start_mark.line if self._root else 0
        for step in path:
            children = {key: (mark.line, child) for key, mark, child in _children(node)}
            if step not in children:
                break
            line, node = children[step]
        return line + 1


def read_yaml(text: str) -> MarkedYaml:
    """The one document in `text`. Raises YamlFault; of a key that stands twice, YAML itself would drop the first."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        _refuse_repeated_keys(root)
        return MarkedYaml(yaml.safe_load(text), root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlFault(mark.line + 1 if mark else 1, error.problem or str(error)) from error
    except yaml.reader.ReaderError as error:
        raise YamlFault(text.count("\n", 0, error.position) + 1, f"{error.reason}: {error.character!r}") from error
    except RecursionError:
        raise YamlFault(1, "nested too deeply") from None


def _refuse_repeated_keys(root: yaml.Node | None) -> None:
    pending = [root]
    while pending:
        seen = set()
        for key, mark, child in _children(pending.pop()):
            if key in seen:
                raise YamlFault(mark.line + 1, f"the key {key!r} stands here for a second time")
            seen.add(key)
            pending.append(child)


def _children(node: yaml.Node | None) -> Iterator[tuple[int | str, yaml.Mark, yaml.Node]]:
    """Key or place, where it stands, and value."""
    if isinstance(node, yaml.MappingNode):
        yield from ((str(key.value), key.start_mark, value) for key, value in node.value)
    if isinstance(node, yaml.SequenceNode):
        yield from ((at, item.start_mark, item) for at, item in enumerate(node.value))
