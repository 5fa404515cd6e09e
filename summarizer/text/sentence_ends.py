"""How sentences end, in any script."""

from __future__ import annotations

import re

_STOPS = ".…。｡։።।۔"
_BEHIND = r"\"'”’»“)\]*」』）"
"""What may follow the mark: quotation marks, brackets, the asterisks of Markdown."""

END = re.compile(rf"[{_STOPS}!?！？؟][{_BEHIND}]*$")
"""The end of a line that ends as a sentence does."""

END_OF_STATEMENT = re.compile(rf"[{_STOPS}][{_BEHIND}\s]*$")
"""With a full stop: no question, and no exclamation."""

BETWEEN = re.compile(rf"(?<=[{_STOPS}!?؟])[{_BEHIND}]*\s+|(?<=[。！？])")
"""Where a sentence may end and another begin, for what need not be exact."""
