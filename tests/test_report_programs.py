"""The formats that programs read: SARIF, rdjson, GitLab's Code Quality and JUnit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from junitparser import JUnitXml
from test_report import finding, person, rendered, run

from blamecheck.discovery import Failure
from blamecheck.finding import Severity
from blamecheck.report import Run
from blamecheck.report._fingerprint import fingerprints
from blamecheck.rulebook import load

# The validator would ask the network whether links in the report lead somewhere.
NOWHERE = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), "http://127.0.0.1:9")
HOSTILE = "<b>&\"'|`##[error]x\x1b[31m\x00\u202e\ufffe障🔥"


def results(one: Run) -> list[dict[str, Any]]:
    parsed: dict[str, Any] = json.loads(rendered("sarif", one))["runs"][0]
    found: list[dict[str, Any]] = parsed["results"]
    return found


def test_sarif() -> None:
    one = run(
        finding("Human error", url="https://example.org/#x"),
        person(0),
        person(1).hide("ignored by a comment on line 4"),
        failures=(Failure("c.md", "is gone"), Failure("", "unknown rule")),
    )
    log = json.loads(rendered("sarif", one))
    (only,) = log["runs"]
    assert [rule["id"] for rule in only["tool"]["driver"]["rules"]] == ["BC101", "BC301"]
    assert only["invocations"] == [
        {
            "executionSuccessful": False,
            "toolExecutionNotifications": [
                {"level": "error", "message": {"text": "c.md: is gone"}},
                {"level": "error", "message": {"text": "unknown rule"}},
            ],
        }
    ]
    assert only["results"] == [
        {
            "ruleId": "BC301",
            "ruleIndex": 1,
            "level": "error",
            "message": {"text": '"Human error" ends the analysis. Ask what let it through.'},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "a.md", "uriBaseId": "%SRCROOT%"},
                        "region": {
                            "startLine": 3,
                            "startColumn": 1,
                            "endLine": 3,
                            "endColumn": 12,
                            "snippet": {"text": "Human error"},
                        },
                    }
                }
            ],
            "partialFingerprints": {"blamecheck/v1": next(fingerprints(one.findings))[1]},
        },
        {**only["results"][1], "ruleId": "BC101", "ruleIndex": 0, "level": "warning"},
    ]


def test_sarif_tells_of_every_rule_that_was_used() -> None:
    rules = load().rules
    log = json.loads(rendered("sarif", Run((), (), (), frozenset(), "1.2.3", catalogue=rules)))
    described = log["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in described] == sorted(rule.id for rule in rules)
    for rule in described:
        for text in (rule["shortDescription"], rule["fullDescription"], rule["help"]):
            assert 0 < len(text["text"]) <= 1024, rule["id"]


@pytest.mark.parametrize(
    ("path", "root", "uri"),
    [
        ("a b.md", "", "a%20b.md"),
        ("docs/#1,障.md", "", "docs/%231%2C%E9%9A%9C.md"),
        ("bad\udcff.md", "", "bad%FF.md"),
        # Relative to the root of the repository, wherever the run was started.
        ("sub/a.md", "ROOT", "here/sub/a.md"),
        ("../a.md", "ROOT", "a.md"),
        ("../../a.md", "ROOT", "../../a.md"),
    ],
)
def test_sarif_paths(path: str, root: str, uri: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    one = Run((finding("Human", path=path),), (path,), (), frozenset(), "1", root=str(tmp_path) if root else "")
    (result,) = results(one)
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_sarif_keeps_the_most_severe_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("blamecheck.report.sarif._RESULTS", 2)
    found = results(run(person(0), finding("Human"), person(1), finding("error")))
    assert [result["level"] for result in found] == ["error", "error"]


@pytest.mark.parametrize("format_", ["sarif", "rdjson", "gitlab", "junit"])
def test_no_format_holds_a_runner_command_or_a_control_character(format_: str) -> None:
    text = rendered(format_, run(finding("error", message=HOSTILE, path=f"{HOSTILE}.md"), documents=(f"{HOSTILE}.md",)))
    assert "##[" not in text
    assert all(character.isprintable() or character == "\n" for character in text)
    _ = ElementTree.fromstring(text) if format_ == "junit" else json.loads(text)  # noqa: S314 - our own


def test_rdjson_counts_bytes() -> None:
    text = "é障 Josh fell\nand Josh"
    spans = [
        finding("Josh", 0, text),
        finding("fell\nand", 0, text),
        finding("é障", 0, text),
        finding("fell\n", 0, text),
    ]
    found = json.loads(rendered("rdjson", run(*spans)))["diagnostics"]
    ranges = [one["location"]["range"] for one in found]
    assert [(r["start"]["line"], r["start"]["column"], r["end"]["line"], r["end"]["column"]) for r in ranges] == [
        (1, 7, 1, 11),
        (1, 12, 2, 4),
        (1, 1, 1, 6),
        (1, 12, 2, 1),
    ]


def test_rdjson() -> None:
    one = run(finding("Human error", url="https://example.org/#x"), failures=(Failure("c.md", "is gone"),))
    assert json.loads(rendered("rdjson", one)) == {
        "source": {"name": "blamecheck", "url": "https://github.com/blamecheck/blamecheck"},
        "diagnostics": [
            {"message": "is gone", "location": {"path": "c.md"}, "severity": "ERROR"},
            {
                "message": '"Human error" ends the analysis. Ask what let it through.',
                "location": {
                    "path": "a.md",
                    "range": {"start": {"line": 3, "column": 1}, "end": {"line": 3, "column": 12}},
                },
                "severity": "ERROR",
                "code": {"value": "BC301 human-error-cause", "url": "https://example.org/#x"},
            },
        ],
    }


def test_gitlab() -> None:
    first, second, last = person(0), person(1), finding("saw\nit", severity=Severity.INFO)
    entries = json.loads(rendered("gitlab", run(first, second, last, failures=(Failure("c.md", "is gone"),))))
    assert [entry["severity"] for entry in entries] == ["blocker", "minor", "minor", "info"]
    assert entries[3] == {
        "description": '"saw it" ends the analysis. Ask what let it through.',
        "check_name": "BC301 human-error-cause",
        "fingerprint": next(iter(fingerprints([last])))[1],
        "severity": "info",
        "location": {"path": "a.md", "lines": {"begin": 5, "end": 6}},
    }
    assert len({entry["fingerprint"] for entry in entries}) == 4


def test_a_fingerprint_survives_a_move_to_another_line() -> None:
    text = "Josh left.\n"
    here, there = (next(iter(fingerprints([finding("Josh", 0, t)])))[1] for t in (text, f"# More\n\n{text}"))
    assert here == there


def test_junit() -> None:
    one = run(
        finding("Human error", url="https://example.org/#x"),
        person(0, severity=Severity.INFO),
        documents=("a.md", "b.md"),
        failures=(Failure("c.md", "is gone"),),
    )
    assert (
        rendered("junit", one)
        == """\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="blamecheck" tests="4" failures="1" errors="1">
  <testsuite name="a.md" tests="2" failures="1" errors="0">
    <testcase name="BC301 human-error-cause on line 3" classname="a.md" file="a.md" line="3">
      <failure type="BC301" message='"Human error" ends the analysis.'>a.md:3:1 "Human error" ends the analysis. \
Ask what let it through. https://example.org/#x</failure>
    </testcase>
    <testcase name="BC101 named-individual on line 3" classname="a.md" file="a.md" line="3">
      <system-out>a.md:3:16 "Josh" ends the analysis. Name the role.</system-out>
    </testcase>
  </testsuite>
  <testsuite name="b.md" tests="1" failures="0" errors="0">
    <testcase name="is clean" classname="b.md"/>
  </testsuite>
  <testsuite name="c.md" tests="1" failures="0" errors="1">
    <testcase name="can be checked" classname="c.md">
      <error message="is gone"/>
    </testcase>
  </testsuite>
</testsuites>"""
    )


def many() -> Run:
    """Findings of all severities in two documents, one with an odd name, and a failure."""
    mixed = (finding("Human error", url="https://example.org/#x"), *(person(number) for number in range(3)))
    odd = finding("saw\nit", path="docs/a b,障.md", severity=Severity.INFO)
    documents = ("a.md", "docs/a b,障.md")
    return Run((*mixed, odd), documents, (), frozenset(), "1.2.3", catalogue=load().rules)


def every_kind() -> dict[str, Run]:
    """Runs with and without findings and failures."""
    failed = run(finding("Human error"), failures=(Failure("c.md", "is gone"), Failure("", "unknown rule")))
    return {"many": many(), "none": run(), "failed": failed}


@pytest.mark.slow
@pytest.mark.parametrize("format_", ["gitlab", "rdjson"])
def test_the_schemas_of_the_readers(format_: str, tmp_path: Path) -> None:
    for name, one in every_kind().items():
        (tmp_path / f"{name}.json").write_text(rendered(format_, one), "utf-8")
    schema = Path(__file__).parent / f"schemas/{format_}.schema.json"
    files = [str(path) for path in (schema, *tmp_path.glob("*.json"))]
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_reader_of_junit_counts_what_was_found(tmp_path: Path) -> None:
    counts = {"many": (5, 4, 0), "none": (1, 0, 0), "failed": (3, 1, 2)}
    for name, one in every_kind().items():
        (tmp_path / "junit.xml").write_text(rendered("junit", one), "utf-8")
        read = JUnitXml.fromfile(str(tmp_path / "junit.xml"))
        said = read.tests, read.failures, read.errors
        read.update_statistics()  # type: ignore[no-untyped-call]
        assert said == (read.tests, read.failures, read.errors) == counts[name], name


@pytest.mark.slow
def test_microsofts_validator_has_nothing_to_say_about_the_sarif(tmp_path: Path, sarif_multitool: str) -> None:
    for name, one in every_kind().items():
        (tmp_path / f"{name}.sarif").write_text(rendered("sarif", one), "utf-8")
        log = tmp_path / f"{name}.out.sarif"
        options = ["--rule-kind", "Sarif;Ghas", "--level", "Error;Warning", "--output", str(log)]
        done = subprocess.run(
            [sarif_multitool, "validate", f"{tmp_path / name}.sarif", *options],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **NOWHERE},
        )
        assert log.exists(), done.stdout + done.stderr
        said = [result for part in json.loads(log.read_text("utf-8-sig"))["runs"] for result in part["results"]]
        assert (done.returncode, said) == (0, [])


@pytest.mark.slow
def test_reviewdog_reads_the_rdjson(reviewdog: str) -> None:
    done = subprocess.run(
        [reviewdog, "-f=rdjson", "-reporter=local", "-filter-mode=nofilter", "-diff=git diff", "-fail-level=none"],
        input=rendered("rdjson", many()),
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent.parent,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.replace("  ", " ").splitlines()  # its reporter varies the blanks on purpose
    assert len(lines) == 5
    assert 'path:"docs/a b,障.md" range:{start:{line:5 column:20} end:{line:6 column:3}}' in lines[4]
