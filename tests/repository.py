"""Where things lie in the repository."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).parent
ROOT = TESTS.parent
DOCS, EVALS, EXAMPLES = ROOT / "docs", ROOT / "evals", ROOT / "examples"
