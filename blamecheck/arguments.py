"""The command line: which commands and options there are, and what they say about themselves."""

from __future__ import annotations

import argparse
from typing import NoReturn

from blamecheck.report import formats

_DESCRIPTION = "Find names, blame and missing parts in incident postmortems."
_STATUS = """exit status:
  0  nothing at or above --fail-on
  1  findings at or above --fail-on
  2  something could not be checked: a file, a rule, an option"""


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"blamecheck: error: {message} (see `{self.prog} --help`)\n")


def parser() -> argparse.ArgumentParser:
    """The parser of all commands; the chosen one is in `command`."""
    top = _Parser(
        prog="blamecheck",
        description=_DESCRIPTION,
        epilog="`blamecheck COMMAND --help` says more of a command; `blamecheck check` is where to begin.",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="store_true", help="print the version and exit")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    check = commands.add_parser(
        "check",
        help="check documents",
        description="Check documents: files, and the postmortems in folders.",
        epilog=_STATUS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_input(check)
    _add_changes(check)
    _add_settings(check)
    _add_rules(check)
    _add_output(check)
    _add_about(commands)
    return top


def _add_about(commands: argparse._SubParsersAction[_Parser]) -> None:
    """The commands that say what there is and what is in force."""
    rules = commands.add_parser(
        "rules",
        help="list the rules",
        description="List the rules, and those of your own settings.",
        allow_abbrev=False,
    )
    rules.add_argument("--format", choices=["text", "json", "markdown"], default="text", help="(default: text)")
    _add_settings(rules)
    explain = commands.add_parser(
        "explain", help="explain a rule", description="Say why a rule is there, and how to rewrite.", allow_abbrev=False
    )
    explain.add_argument("rule", metavar="RULE", nargs="+", help="an id, name or category")
    _add_settings(explain)
    config = commands.add_parser(
        "config",
        help="show the settings in force",
        description="Show what is in force for a document, and where each value comes from.",
        allow_abbrev=False,
    )
    config.add_argument("path", metavar="FILE", nargs="?", default=".", help="a document or a folder (default: here)")
    config.add_argument("--format", choices=["text", "json"], default="text", help="(default: text)")
    config.add_argument("--schema", choices=["settings", "rule"], help="print the JSON Schema of such a file instead")
    _add_settings(config)
    _add_rules(config)


def _add_input(check: argparse.ArgumentParser) -> None:
    paths = check.add_argument_group("documents")
    paths.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        default=["."],
        help="a file, which is always checked, a folder, which is searched for postmortems, or - for "
        "standard input (default: the current folder)",
    )
    paths.add_argument(
        "--stdin-filename",
        metavar="NAME",
        default="<stdin>",
        help="what to call standard input in the report",
    )
    paths.add_argument("--show-files", action="store_true", help="list the documents instead of checking them")
    paths.add_argument("--no-git", action="store_true", help="do not ask the repository who its authors are")
    paths.add_argument(
        "--force-exclude",
        action="store_true",
        help="leave out named files too if a search would for their name or title, such as templates and READMEs",
    )
    paths.add_argument(
        "--postmortems-only",
        action="store_true",
        help="check named files only if they look like postmortems, as files found in a folder do",
    )


def _add_changes(check: argparse.ArgumentParser) -> None:
    group = check.add_argument_group("changes")
    changes = group.add_mutually_exclusive_group()
    changes.add_argument(
        "--changed-since",
        metavar="REF",
        help="report only what is about lines changed since the common ancestor with this commit, and missing "
        "parts of documents that were changed",
    )
    changes.add_argument("--diff", metavar="FILE", help="the same for the change in a unified diff, or - for input")
    group.add_argument("--whole-files", action="store_true", help="with these, report all that is in changed files")


def _add_settings(command: argparse.ArgumentParser) -> None:
    settings = command.add_argument_group(
        "settings",
        "They are looked for from each document upward, in .blamecheck.yml, blamecheck.toml and pyproject.toml.",
    )
    files = settings.add_mutually_exclusive_group()
    files.add_argument("--config", metavar="FILE", help="use this settings file for all documents")
    files.add_argument("--no-config", "--isolated", action="store_true", help="use no settings file")
    settings.add_argument(
        "--profile",
        choices=["default", "strict", "names-only", "structure-only"],
        help="the set of rules to start from, instead of what the settings choose",
    )


def _add_rules(check: argparse.ArgumentParser) -> None:
    rules = check.add_argument_group("rules")
    for option, text in (
        ("--select", "use only these rules"),
        ("--extend-select", "use these rules too"),
        ("--ignore", "leave these rules out"),
    ):
        rules.add_argument(
            option,
            metavar="RULE",
            action="append",
            default=[],
            help=f"{text}: ids, beginnings of ids, names or categories, between commas (may be repeated)",
        )
    rules.add_argument(
        "--fail-on",
        choices=["error", "warning", "info", "never"],
        help="exit with 1 for findings of this severity or above (default: what the settings say, else error)",
    )
    rules.add_argument("--no-ignores", action="store_true", help="show what ignores in documents hide")
    rules.add_argument("--exit-zero", action="store_true", help="exit with 0 whatever is found, as --fail-on never")


def _add_output(check: argparse.ArgumentParser) -> None:
    output = check.add_argument_group("output")
    output.add_argument("--format", choices=formats(), default="text", help="(default: text)")
    output.add_argument(
        "--output",
        metavar="FORMAT=FILE",
        action="append",
        type=_output,
        default=[],
        help="write the report in a format to a file as well (may be repeated)",
    )
    output.add_argument(
        "--color",
        choices=["auto", "always", "never"],
        default="auto",
        help="auto asks NO_COLOR, FORCE_COLOR and the terminal (default: auto)",
    )
    output.add_argument("--show-evidence", action="store_true", help="say why each name was taken for a person's")
    output.add_argument("-q", "--quiet", action="store_true", help="print findings and errors only")


def _output(text: str) -> tuple[str, str]:
    """A format and a file."""
    name, _, file = text.partition("=")
    if name not in formats() or not file:
        raise argparse.ArgumentTypeError(f'"{text}" is not FORMAT=FILE with one of {", ".join(formats())}')
    return name, file
