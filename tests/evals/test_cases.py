"""Labelled cases: those of the suite hold, and a wrong label says where it is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from repository import DOCS, EVALS

from summarizer.errors import CaseInvalid
from summarizer.evals.suites.cases import Case, CaseInputs, article_file, load_case, load_suite
from summarizer.evals.suites.labels import (
    DateLabel,
    EntityLabel,
    Fact,
    FigureLabel,
    FiveWsLabels,
    Label,
    Labels,
    QuoteLabel,
)
from summarizer.evals.suites.yaml_positions import YamlFault, read_yaml

ARTICLE = """The last bus

The county cut the last evening bus in September, and 46 people signed a petition.
"We walk home now", said Leila Haddad of the village of Aldermoor.
Advertisement
"""
LABELS = """\
name: last-bus
inputs:
  file: article.txt
metadata:
  kind: hard_news
  language: en
  split: tune
  status: ok
  published: "2025-03-06"
  facts:
    - fact: The county cut the last evening bus.
      numbers: ["46"]
      essential: true
  entities:
    - {name: Leila Haddad, type: person, aliases: [Haddad]}
  quotes:
    - {text: We walk home now, speaker: Leila Haddad}
  figures:
    - {text: 46 people, value: 46, unit: people, measures: signatures}
  dates:
    - {date: "2024-09", what: the last evening bus is cut}
  five_ws:
    who: [the county]
  forbidden: [Advertisement]
"""


def write_case(
    suite: Path, labels: str = LABELS, article: str = ARTICLE, name: str = "last-bus", suffix: str = "txt"
) -> Path:
    folder = suite / "cases" / name
    folder.mkdir(parents=True)
    (folder / "case.yaml").write_text(labels.replace("article.txt", f"article.{suffix}"), encoding="utf-8")
    (folder / f"article.{suffix}").write_text(article, encoding="utf-8")
    return folder


def suite_cases() -> list[Case]:
    return list(load_suite(EVALS))


def test_every_case_of_the_suite_loads() -> None:
    cases = suite_cases()
    assert [case.name for case in cases] == sorted(path.parent.name for path in EVALS.glob("cases/*/case.yaml"))
    assert all(article_file(EVALS, case).is_file() for case in cases)


@pytest.mark.parametrize("case", suite_cases(), ids=lambda case: case.name)
def test_a_case_of_the_suite_is_labelled_as_its_readme_asks(case: Case) -> None:
    labels = case.metadata
    assert labels.forbidden is None or not any(
        string in quote.text for string in labels.forbidden for quote in labels.quotes or ()
    )
    wordings = [wording for fact in labels.facts or () for wording in (fact.fact, *fact.any_of)]
    assert not [wording for wording in wordings if wording[0].islower()], "a sentence that YAML split at a comma"
    if labels.status == "ok":
        assert 5 <= len(labels.facts or ()) <= 10
        assert 2 <= sum(fact.essential for fact in labels.facts or ()) <= 4
        assert labels.five_ws is not None and labels.five_ws.what
        assert None not in (labels.entities, labels.quotes, labels.figures, labels.dates)


def test_the_readme_says_which_keys_are_required_and_which_may_be_left_out() -> None:
    models: dict[str, type[Label]] = {
        "the case": Case,
        "`inputs`": CaseInputs,
        "`metadata`": Labels,
        "a fact": Fact,
        "an entity": EntityLabel,
        "a quote": QuoteLabel,
        "a figure": FigureLabel,
        "a date": DateLabel,
        "`five_ws`": FiveWsLabels,
    }
    section = (DOCS / "labelling.md").read_text(encoding="utf-8").partition("## Which keys are required")[2]
    rows = [line.strip("|").split("|") for line in section.partition("\n## ")[0].splitlines() if line[:1] == "|"]
    said = {
        of.strip(): ({*re.findall(r"`(\w+)`", required)} - {"null"}, {*re.findall(r"`(\w+)`", others)})
        for of, required, others in rows[2:]
    }
    fields = {of: model.model_fields.items() for of, model in models.items()}
    assert said == {
        of: ({name for name, one in own if one.is_required()}, {name for name, one in own if not one.is_required()})
        for of, own in fields.items()
    }


def test_a_third_of_the_suite_is_held_out() -> None:
    cases = suite_cases()
    held_out = sum(case.metadata.split == "holdout" for case in cases)
    assert 0.28 <= held_out / len(cases) <= 0.4


def test_a_case_is_read_with_its_labels(tmp_path: Path) -> None:
    write_case(tmp_path)
    [case] = load_suite(tmp_path)
    labels = case.metadata
    assert labels.facts is not None and labels.facts[0].numbers == ("46",)
    assert labels.five_ws is not None and labels.five_ws.why is None
    assert article_file(tmp_path, case).read_text(encoding="utf-8") == ARTICLE


def test_what_is_left_out_is_no_expectation_and_an_empty_list_is_one(tmp_path: Path) -> None:
    case = load_case(write_case(tmp_path, LABELS[: LABELS.index("  figures:")] + "  figures: []\n"))
    assert case.metadata.dates is None and case.metadata.figures == ()


@pytest.mark.parametrize(
    ("right", "wrong", "line", "said"),
    [
        ("kind: hard_news", "kind: Hard News", 5, "metadata.kind: it does not have the form"),
        ("language: en", "language: no", 6, "metadata.language: it has to be a text; YAML reads False"),
        ("split: tune", "split: train", 7, "metadata.split: it has to be 'tune' or 'holdout'"),
        ("status: ok", "status: refused", 8, "metadata.status: it has to be 'ok'"),
        ('published: "2025-03-06"', "published: 2025-03-06", 9, "metadata.published: it has to be a text"),
        ("essential: true", "essential: please", 13, "metadata.facts[0].essential: it has to be true or false"),
        ("essential: true", "esential: true", 13, "metadata.facts[0].esential: there is no such key (did you mean"),
        ("figures:", "figure:", 18, "metadata.figure: there is no such key (did you mean figures?)"),
        ('["46"]', "[46]", 12, "metadata.facts[0].numbers[0]: it has to be a text; YAML reads 46"),
        ('["46"]', "[many]", 12, "metadata.facts[0].numbers[0]: it does not have the form"),
        ("type: person", "type: human", 15, "metadata.entities[0].type: it has to be 'person'"),
        (", speaker: Leila Haddad", "", 17, "metadata.quotes[0].speaker: it is missing"),
        ("value: 46", 'value: "46"', 19, "metadata.figures[0].value: it has to be a number"),
        ('"2024-09"', '"September"', 21, "metadata.dates[0].date: is no ISO 8601 date"),
        ('"2024-09"', '"2024-13"', 21, "metadata.dates[0].date: is no ISO 8601 date: 2022, 2022-04"),
        ("who: [the county]", 'who: [" "]', 23, "metadata.five_ws.who[0]: it is empty"),
        ("forbidden:", "forbiden:", 24, "metadata.forbiden: there is no such key (did you mean forbidden?)"),
        ("file: article.txt", "file: ../article.txt", 3, "inputs.file: it does not have the form"),
        ("inputs:", "given: 1\ninputs:", 2, "given: there is no such key"),
        ("name: last-bus", "name: first-bus", 1, "name: the case's folder is called last-bus"),
        ("status: ok", "status: paywalled", 10, "metadata.facts: a record with status paywalled states no facts"),
        ("We walk home now,", "We walked home,", 17, "metadata.quotes[0].text: label error: 'We walked home'"),
        ("46 people", "64 people", 19, "metadata.figures[0].text: label error: '64 people' does not stand in"),
        ("Leila Haddad, type: person, aliases: [Haddad]", "Leo, type: person", 15, "metadata.entities[0].name: "),
        ("[Advertisement]", "[Advertisment]", 24, "metadata.forbidden[0]: label error: 'Advertisment'"),
        ("  five_ws:", "  kind: politics\n  five_ws:", 22, "the key 'kind' stands here for a second time"),
        ("facts:", "facts: [", 11, "expected the node content, but found '-'"),
        ("kind: hard_news", "kind: hard\x00news", 5, "special characters are not allowed"),
    ],
)  # fmt: skip
def test_a_wrong_label_says_where_it_is(tmp_path: Path, right: str, wrong: str, line: int, said: str) -> None:
    folder = write_case(tmp_path, LABELS.replace(right, wrong, 1))
    with pytest.raises(CaseInvalid) as error:
        load_suite(tmp_path)
    assert str(error.value).startswith(f"{folder / 'case.yaml'}:{line}: {said}")
    assert "\n" not in str(error.value)


def test_one_of_the_names_of_an_entity_in_the_article_is_enough(tmp_path: Path) -> None:
    assert load_case(write_case(tmp_path, LABELS.replace("Leila Haddad, type", "Leila Maria Haddad, type")))


def test_all_faults_of_all_files_are_said_at_once(tmp_path: Path) -> None:
    for name in ("first", "second"):
        write_case(tmp_path, LABELS.replace("tune", "train").replace("46 people", "64 people"), name=name)
    with pytest.raises(CaseInvalid) as error:
        load_suite(tmp_path)
    assert str(error.value).count("metadata.split") == 2


def test_a_suite_without_cases_and_a_folder_without_labels_are_errors(tmp_path: Path) -> None:
    with pytest.raises(CaseInvalid, match="holds no case"):
        load_suite(tmp_path)
    (tmp_path / "cases" / "unlabelled").mkdir(parents=True)
    with pytest.raises(CaseInvalid, match=r"unlabelled.case\.yaml can't be read"):
        load_suite(tmp_path)


def test_an_article_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    folder = write_case(tmp_path)
    (folder / "article.txt").unlink()
    with pytest.raises(CaseInvalid, match=r"yaml:3: inputs\.file: there is no article\.txt"):
        load_case(folder)


PAGE = """<html><head><title>t</title><script>var sponsor = "Acme";</script></head><body><nav>Home</nav>
<p>The county cut <b>46
people</b> off.</p><p style="display:none">Advertisement</p>
<p>“We walk&nbsp;home now”, said Leila Haddad.</p></body>"""


def test_labels_of_a_page_are_sought_in_what_it_says_and_forbidden_strings_in_all_of_it(tmp_path: Path) -> None:
    labels = LABELS.replace("[Advertisement]", "[Advertisement, Acme]")
    assert load_case(write_case(tmp_path, labels, PAGE, suffix="html"))


def test_a_quote_that_only_a_script_holds_is_a_label_error(tmp_path: Path) -> None:
    folder = write_case(tmp_path, LABELS.replace("We walk home now,", "Acme,"), PAGE, suffix="html")
    with pytest.raises(CaseInvalid, match=r"quotes\[0\].*'Acme' does not stand in article\.html"):
        load_case(folder)


def test_a_page_without_any_element_shows_nothing(tmp_path: Path) -> None:
    with pytest.raises(CaseInvalid, match="label error"):
        load_case(write_case(tmp_path, article="<!-- We walk home now -->", suffix="html"))


MAIL = """From: press@county.example
Subject: 46 people walk
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

We walk home now, Leila Haddad of the last village wrote. =C2=A9 Adverti=
sement
"""


def test_labels_of_a_mail_are_sought_in_its_decoded_text_and_subject(tmp_path: Path) -> None:
    assert load_case(write_case(tmp_path, article=MAIL, suffix="eml")).inputs.file == "article.eml"


def test_a_mail_without_text_is_an_error_of_its_case(tmp_path: Path) -> None:
    mail = "From: a@b.example\nContent-Type: image/png\n\nx"
    with pytest.raises(CaseInvalid, match=r"yaml:3: inputs\.file: article\.eml is a mail without text"):
        load_case(write_case(tmp_path, article=mail, suffix="eml"))


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8))
def test_plain_data_comes_back_from_yaml_as_it_was(data: object) -> None:
    assert read_yaml(yaml.safe_dump(data)).data == data


@given(st.text(alphabet="a:-[]{}&*!|>'\"%@ \n\t#,?1", max_size=40))
def test_yaml_that_is_none_is_a_fault_with_its_line(text: str) -> None:
    try:
        assert read_yaml(text).line_of(("a", 0)) <= text.count("\n") + 1
    except YamlFault as fault:
        assert 1 <= fault.line <= text.count("\n") + 2
