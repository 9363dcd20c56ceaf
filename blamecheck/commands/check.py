"""`blamecheck check`: what is found in documents."""

from __future__ import annotations

import shutil
import sys
from argparse import Namespace
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from blamecheck import __version__, compiled, git
from blamecheck.changes import Changes, ChangesError
from blamecheck.discovery import STDIN, Failure, Found, find, looks, reason
from blamecheck.engine import EngineError, lint
from blamecheck.finding import Finding, Severity
from blamecheck.kept import save
from blamecheck.people.git import people_of
from blamecheck.policy import Policies, overrides
from blamecheck.progress import track
from blamecheck.report import Options, Run, renderer
from blamecheck.rulebook import Rule, rules_root
from blamecheck.schema import DataError
from blamecheck.scope import changed, narrow, notices
from blamecheck.settings import FailOn, excluded
from blamecheck.settings_file import rulebook
from blamecheck.signs import load as load_signs
from blamecheck.source import SourceError, decode
from blamecheck.terminal import BROKEN, FOUND, OK, colored, complain, write


def run(arguments: Namespace) -> int:
    """Check documents, or list them; return the exit status."""
    if arguments.show_files:
        return _show_files(arguments)
    outcome = check(arguments)
    compiled.keep()
    save()
    written = report(outcome, arguments)
    return status(outcome, arguments.exit_zero) if written else BROKEN


def _show_files(arguments: Namespace) -> int:
    policies = Policies(overrides(arguments))
    try:
        found = _find(arguments, policies, changed(arguments))
    except ChangesError as error:
        complain(str(error))
        return BROKEN
    write(path for path in found.documents if not _left_out(path, policies, arguments))
    failures = [*found.failures, *(Failure("", message) for message in policies.failures)]
    for path, message in failures:
        complain(message, path)
    return BROKEN if failures else OK


def check(arguments: Namespace) -> Run:
    """Lint what the arguments ask for. What cannot be done is a failure of the run, the rest goes on."""
    policies = Policies(overrides(arguments))
    try:
        changes = changed(arguments)
        found = _find(arguments, policies, changes)
        if not found.documents:
            policies.settings(".")  # so that faults in it are told
        return _lint(found, policies, arguments, changes)
    except (DataError, ChangesError) as error:  # the former is a fault in the data of the installation itself
        return Run((), (), (Failure("", str(error)),), frozenset(), __version__)


def _find(arguments: Namespace, policies: Policies, changes: Changes | None) -> Found:
    signs = load_signs(rules_root())
    found = find(arguments.paths, signs, policies.chosen)
    return narrow(found, arguments, partial(looks, signs=signs, choose=policies.chosen), changes)


def _left_out(path: str, policies: Policies, arguments: Namespace) -> bool:
    """Whether settings leave out a file, even one that is named; a note says so."""
    name = arguments.stdin_filename if path == STDIN else path
    settings = policies.settings(name)
    if settings is None or not excluded(settings, name):
        return False
    if not arguments.quiet:
        complain(f'left out by "exclude" ({settings.origins["exclude"]})', name, "note")
    return True


def _lint(found: Found, policies: Policies, arguments: Namespace, changes: Changes | None) -> Run:
    """Check each document under its own settings."""
    documents: dict[str, FailOn] = {}
    findings: list[Finding] = []
    failures = [*found.failures]
    rules: frozenset[str] = frozenset()
    catalogue: dict[str, Rule] = {}
    for path in track(found.documents, sys.stderr):
        name = arguments.stdin_filename if path == STDIN else path
        settings = policies.settings(name)
        if settings is None or _left_out(path, policies, arguments):
            continue
        active = policies.active(settings, name)
        try:
            data = sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
            source = decode(name, data)
            known = people_of(Path(name)) if settings.people.use_git and not arguments.no_git else ()
            inside = lint(source, rulebook(settings.rules), active, settings, known)
            findings += changes.keep(inside, source) if changes else inside
        except OSError as error:
            failures.append(Failure(name, reason(error)))
        except (SourceError, EngineError) as error:
            failures.append(Failure(name, str(error)))
        else:
            documents[name] = settings.fail_on
            rules |= active
            catalogue |= {rule.id: rule for rule in rulebook(settings.rules).rules if rule.id in active}
    failures += (Failure("", message) for message in policies.failures)
    return Run(
        tuple(findings),
        tuple(documents),
        tuple(failures),
        rules,
        __version__,
        documents,
        notices(changes, found.documents),
        tuple(catalogue.values()),
        git.root(".") or "",
    )


def report(run: Run, arguments: Namespace) -> bool:
    """Print the report, and write those that go to files; False when one of them could not be written."""
    options = Options(colored(arguments.color, sys.stdout), quiet=arguments.quiet, evidence=arguments.show_evidence)
    if sys.stdout.isatty():
        options = replace(options, width=shutil.get_terminal_size().columns)
    write(renderer(arguments.format)(run, options), commands=arguments.format == "github")
    for path, message in run.failures:
        complain(message, path)
    for notice in run.notices:
        complain(notice, kind="note")
    written = [_save(renderer(name)(run, Options()), file) for name, file in arguments.output]
    return all(written)


def _save(lines: Iterable[str], file: str) -> bool:
    """Write a report to a file; complain when that cannot be done."""
    try:
        with Path(file).open("w", encoding="utf-8", errors="replace", newline="\n") as stream:
            stream.writelines(f"{line}\n" for line in lines)
    except OSError as error:
        complain(f"cannot be written: {(error.strerror or str(error)).lower()}", file)
        return False
    return True


def status(run: Run, exit_zero: bool) -> int:
    """The exit status of a run; what is printed of it, and how much, has no say."""
    if run.failures:
        return BROKEN
    limits = {path: Severity.of(label) for path, label in run.fail_on.items() if label != "never"}
    failing = any(one.path in limits and one.severity >= limits[one.path] for one in run.open)
    return FOUND if failing and not exit_zero else OK
