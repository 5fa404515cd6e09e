"""The report as JUnit XML: a test a case, and one for each metric of the gate."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from summarizer.evals.comparing.reports.comparison import Comparison
from summarizer.evals.gate import GateVerdict
from summarizer.evals.running.outcome import Outcome

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_report(comparison: Comparison) -> str:
    """A case is an error when its run failed, and a failure when an invariant of it broke."""
    suite = ElementTree.Element("testsuite", name=f"evals {comparison.measured.name}")
    for outcome in comparison.measured.outcomes:
        _case(suite, outcome)
    _gate(suite, comparison)
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("*/failure"))))
    suite.set("errors", str(len(suite.findall("*/error"))))
    ElementTree.indent(suite)
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def _case(suite: ElementTree.Element, outcome: Outcome) -> None:
    seconds = outcome.measures.get("seconds") or 0.0
    name = f"{outcome.case} #{outcome.repeat}"
    test = ElementTree.SubElement(
        suite, "testcase", classname=f"evals.{outcome.split}", name=name, time=f"{seconds:.3f}"
    )
    broken = [name for name, held in outcome.invariants.items() if not held]
    if outcome.error is not None:
        ElementTree.SubElement(test, "error", message=_xml(outcome.error))
    elif broken:
        ElementTree.SubElement(
            test, "failure", message=_xml(f"broken: {', '.join(broken)} {'; '.join(outcome.leaked)}")
        )


def _gate(suite: ElementTree.Element, comparison: Comparison) -> None:
    if comparison.verdict is None:
        return
    for metric in comparison.verdict.comparisons:
        test = ElementTree.SubElement(suite, "testcase", classname="evals.gate", name=metric.metric)
        if metric.verdict is GateVerdict.regressed:
            said = f"{metric.verdict}: {metric.base:.3f} to {metric.new:.3f}, p {metric.p_worse:.3f}"
            ElementTree.SubElement(test, "failure", message=said)
        if metric.verdict is GateVerdict.none:
            ElementTree.SubElement(test, "error", message=f"no verdict on {metric.cases} cases")
    for violation in comparison.verdict.broken:
        test = ElementTree.SubElement(suite, "testcase", classname="evals.gate", name=_xml(violation))
        ElementTree.SubElement(test, "failure", message="broken against the baseline")


def _xml(text: str) -> str:
    """Text without the characters that XML has no way to write."""
    return _NOT_XML.sub("?", text)
