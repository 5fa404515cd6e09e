"""What was written elsewhere, by any tool or person, against its article."""

from summarizer.outside.check import Checked, CheckedStatement, check

__all__ = ["Checked", "CheckedStatement", "check"]
