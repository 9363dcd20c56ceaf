"""Settings files: where they are found, what is wrong with them, and what each key changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from blamecheck.config import ConfigError, find
from blamecheck.schema import DataError
from blamecheck.settings import Settings
from blamecheck.settings_file import profiles, read
from blamecheck.settings_keys import DEFAULTS, PROFILES, SETTINGS

YML, TOML, PYPROJECT = ".blamecheck.yml", "blamecheck.toml", "pyproject.toml"
ZONES = "narrative, metadata, roster, actions, thanks, reference, code, quote"
RULE = "id: ACME201\nname: blame-word\ncategory: language\n"

WRONG: list[tuple[str, str, int, str]] = [
    # Not a mapping, not YAML, not TOML.
    (YML, "- select\n", 1, "should hold a mapping of keys"),
    (YML, "select: [BC101\nignore: []\n", 2, "did not find expected ',' or ']'"),
    (YML, "select: &a [BC101]\nignore: *b\n", 2, "found undefined alias"),
    (TOML, "ignore = [\n  'BC101',\n", 3, "invalid value"),
    (TOML, "ignore = []\nselect = BC101\n", 2, "invalid value"),
    (TOML, "ignore = []\nignore = []\n", 2, "cannot overwrite a value"),
    (PYPROJECT, "[tool.blamecheck\nignore = []\n", 1, "expected ']' at the end of a table declaration"),
    (TOML, f"ignore = {'[' * 5000}{']' * 5000}\n", 1, "is nested too deeply"),
    (YML, f"ignore: {'[' * 5000}{']' * 5000}\n", 1, "is nested too deeply"),
    # Keys that are not there, at each depth.
    (YML, "profil: strict\n", 1, 'unknown key "profil" in the settings; did you mean "profile"?'),
    (YML, "ignore: []\nexclud: []\n", 2, 'unknown key "exclud" in the settings; did you mean "exclude"?'),
    (YML, "fail_on: error\n", 1, 'unknown key "fail_on" in the settings; did you mean "fail-on"?'),
    (YML, "ignore: []\nignore: []\n", 2, 'key "ignore" is repeated (first on line 1)'),
    (
        YML,
        "xyz: 1\n",
        1,
        f'unknown key "xyz" in the settings; known are {", ".join(sorted(SETTINGS))}',
    ),
    (YML, "names:\n  allow_in: []\n", 2, 'unknown key "allow_in" in "names"; did you mean "allow-in"?'),
    (YML, "sections:\n  require: []\n", 2, 'unknown key "require" in "sections"; did you mean "required"?'),
    (
        YML,
        "sections:\n  names:\n    lessons: [x]\n    root-cause: [Why]\n",
        4,
        'unknown key "root-cause" in "sections.names"; did you mean "root_cause"?',
    ),
    (TOML, "[names]\nknown = {}\n\nuse_git = true\n", 4, 'unknown key "use_git" in "names"; did you mean "use-git"?'),
    (
        PYPROJECT,
        "[project]\nname = 'x'\n[tool.blamecheck]\nfailon = 'error'\n",
        4,
        'unknown key "failon" in the settings; did you mean "fail-on"?',
    ),
    # Values of the wrong type.
    (YML, "select: BC101\n", 1, 'key "select" should be a list of texts, not "BC101"'),
    (YML, "select: []\n", 1, 'key "select" should be a list of texts, not an empty list'),
    (YML, "include: [1]\n", 1, 'key "include" should be a list of texts, not a list that holds 1'),
    (YML, "exclude:\n- ''\n", 1, 'key "exclude" should be a list of texts, not a list that holds an empty text'),
    (YML, "ignore:\n", 1, 'key "ignore" should be a list of texts, not empty'),
    (YML, "names: [Ada]\n", 1, 'key "names" should be a mapping, not a list'),
    (YML, "names: {use-git: maybe}\n", 1, 'key "names.use-git" should be true or false, not "maybe"'),
    (YML, "names:\n  known: [Ada]\n", 2, 'key "names.known" should be a mapping, not a list'),
    (YML, "names:\n  known:\n    Ada: ''\n", 3, 'key "names.known.Ada" should be text, not an empty text'),
    (YML, "severity: error\n", 1, 'key "severity" should be a mapping, not "error"'),
    (YML, "severity:\n  BC101: off\n", 2, 'key "severity.BC101" should be one of error, warning, info, not false'),
    (
        YML,
        "per-file-ignores:\n  a.md: BC101\n",
        2,
        'key "per-file-ignores.a.md" should be a list of texts, not "BC101"',
    ),
    (TOML, "profile = 1\n", 1, f'key "profile" should be one of {", ".join(PROFILES)}, not 1'),
    (TOML, "exclude = [\n  'a',\n  2]\n", 1, 'key "exclude" should be a list of texts, not a list that holds 2'),
    # Values that are not among those allowed: the line is that of the item.
    (
        YML,
        "profile: strickt\n",
        1,
        'key "profile": "strickt" is not one of default, strict, names-only, structure-only; did you mean "strict"?',
    ),
    (YML, "fail-on: all\n", 1, 'key "fail-on": "all" is not one of error, warning, info, never'),
    (
        YML,
        "severity: {BC101: warn}\n",
        1,
        'key "severity.BC101": "warn" is not one of error, warning, info; did you mean "warning"?',
    ),
    (
        YML,
        "names:\n  allow-in:\n    - roster\n    - rosters\n",
        4,
        f'key "names.allow-in": "rosters" is not one of {ZONES}; did you mean "roster"?',
    ),
    (TOML, "names.allow-in = [\n  'roster',\n  'x',\n]\n", 3, f'key "names.allow-in": "x" is not one of {ZONES}'),
    (
        YML,
        "language: english\n",
        1,
        'key "language": "english" is not one of auto, en, de, fr, es, pt, ja, zh',
    ),
    # Rules that do not exist, and what no rule does.
    (
        YML,
        "ignore:\n- BC101\n- named-individuals\n",
        3,
        'key "ignore": unknown rule "named-individuals"; did you mean "named-individual"?',
    ),
    (YML, "extend-select: [peeple]\n", 1, 'key "extend-select": unknown rule "peeple"; did you mean "people"?'),
    (
        YML,
        "severity:\n  BC301: error\n  structur: error\n",
        3,
        'key "severity": unknown rule "structur"; did you mean "structure"?',
    ),
    (
        YML,
        "per-file-ignores:\n  'old/**': [BC101]\n  'new/**': [caus]\n",
        3,
        'key "per-file-ignores.new/**": unknown rule "caus"; did you mean "cause"?',
    ),
    (
        TOML,
        "[per-file-ignores]\n'a.md' = ['all']\n'b c.md' = ['caus']\n",
        3,
        'key "per-file-ignores.b c.md": unknown rule "caus"; did you mean "cause"?',
    ),
    (
        YML,
        "sections:\n  required: [root_cause, glossary]\n",
        2,
        'key "sections.required": no rule asks for "glossary"; one can be asked for *',
    ),
    (YML, "sections: {names: {root_cause: ['!!']}}\n", 1, 'key "sections.names": "!!" has no words'),
    # Rules of one's own.
    (YML, "rules: [own]\n", 1, 'key "rules": no folder "own" beside the settings file'),
    (YML, "rules:\n- empty\n", 2, 'key "rules": no rules in "empty", in files such as people/*.yml'),
]


@pytest.mark.parametrize(("name", "text", "line", "message"), WRONG, ids=[one[3][:60] for one in WRONG])
def test_wrong_settings(
    name: str, text: str, line: int, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / name).write_text(text, "utf-8")
    assert find(tmp_path) == tmp_path / name
    with pytest.raises(DataError) as raised:
        read(tmp_path / name)
    pattern = re.escape(f"{name}:{line}: {message}").replace(re.escape("*"), ".+") if message.endswith("*") else None
    assert re.fullmatch(pattern, str(raised.value)) if pattern else str(raised.value) == f"{name}:{line}: {message}"


def test_there_are_enough_wrong_settings() -> None:
    assert len(WRONG) >= 25


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ((YML, TOML), f"{TOML}:1: settings are in {YML} too; keep one of the two"),
        ((".blamecheck.yaml",), f".blamecheck.yaml:1: is not read under this name; rename it to {YML}"),
        (("blamecheck.yml",), f"blamecheck.yml:1: is not read under this name; rename it to {YML}"),
        ((".blamecheck.toml",), f".blamecheck.toml:1: is not read under this name; rename it to {TOML}"),
    ],
)
def test_files_that_are_wrong_by_name(
    files: tuple[str, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in files:
        (tmp_path / name).write_text("", "utf-8")
    with pytest.raises(ConfigError) as raised:
        find(tmp_path)
    assert str(raised.value) == message


def test_an_own_rule_with_a_fault_is_an_error_about_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own/language").mkdir(parents=True)
    (tmp_path / "own/language/blame-word.yml").write_text(RULE, "utf-8")
    (tmp_path / YML).write_text("rules: [own]\n", "utf-8")
    with pytest.raises(DataError, match=r'blame-word\.yml:1: missing key "severity" in a rule$'):
        read(tmp_path / YML)


SAME = {
    YML: """\
profile: names-only
extend-select: [BC301]
severity: {people: error, BC103: info}
per-file-ignores: {'old/*.md': [BC101]}
exclude: [a.md, "b#.md"]
names:
  allow-in: [roster]
  known: {Ada Example: the on-call}
  use-git: false
sections: {required: [root_cause], names: {root_cause: [Why, "Why \\"not\\""]}}
""",
    TOML: """\
#:schema x
profile = "names-only"
extend-select = ['BC301']
severity = { people = "error", BC103 = "info" } # inline
per-file-ignores."old/*.md" = ["BC101"]
exclude = [
  "a.md", # one
  'b#.md',
]
[names]
allow-in = ["roster"]
use-git = false
[names.known]
"Ada Example" = \"\"\"the \\
   on-call\"\"\"
[sections]
required = ["root_cause"]
names = { root_cause = ["Why", "Why \\"not\\""] }
""",
}
SAME[PYPROJECT] = "[tool.blamecheck]\n" + re.sub(r"^\[(\w)", r"[tool.blamecheck.\1", SAME[TOML], flags=re.MULTILINE)


@pytest.mark.parametrize("name", SAME)
def test_the_three_files_say_the_same(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(SAME[name], "utf-8")
    found = read(tmp_path / name)
    assert found.values == read_same(tmp_path).values
    assert (found.people.known, found.people.use_git) == ({"Ada Example": "the on-call"}, False)
    assert found.exclude == ("a.md", "b#.md")
    assert found.per_file_ignores == {"old/*.md": ("BC101",)}
    assert found.names and found.names.kinds('Why "not"') == ("root_cause",)


def read_same(folder: Path) -> Settings:
    (folder / "same").mkdir()
    (folder / "same" / YML).write_text(SAME[YML], "utf-8")
    return read(folder / "same" / YML)


def test_lines_in_toml(tmp_path: Path) -> None:
    (tmp_path / TOML).write_text(SAME[TOML], "utf-8")
    lines = {
        key: int(origin.rpartition(":")[2]) for key, origin in read(tmp_path / TOML).origins.items() if ":" in origin
    }
    assert lines == {
        "profile": 2,
        "extend-select": 3,
        "severity": 4,
        "per-file-ignores": 5,
        "exclude": 6,
        "names.allow-in": 11,
        "names.use-git": 12,
        "names.known": 13,
        "sections.required": 17,
        "sections.names": 18,
    }


def test_an_empty_file_settles_nothing(tmp_path: Path) -> None:
    for name in (YML, TOML):
        (tmp_path / name).write_text("# nothing yet\n", "utf-8")
        assert read(tmp_path / name).values == {}


@pytest.mark.parametrize(
    ("files", "folder", "expected"),
    [
        ({YML: ""}, "docs/incidents", YML),
        ({YML: "", f"docs/{TOML}": ""}, "docs/incidents", f"docs/{TOML}"),
        ({YML: "", f"docs/{TOML}": ""}, "src", YML),
        ({PYPROJECT: "[tool.blamecheck]"}, "docs", PYPROJECT),
        # A pyproject.toml about something else, even one that cannot be read, is passed over.
        ({YML: "", f"docs/{PYPROJECT}": "[tool.black]"}, "docs", YML),
        ({YML: "", f"docs/{PYPROJECT}": "[tool.black\n# blamecheck"}, "docs", YML),
        # Nothing above the root of the repository is looked at.
        ({f"../{YML}": ""}, "docs", None),
        ({}, "docs", None),
        # A repository inside of another, such as a submodule, is one of its own.
        ({YML: "", "docs/.git": "gitdir: elsewhere"}, "docs", None),
    ],
)
def test_find(files: dict[str, str], folder: str, expected: str | None, tmp_path: Path) -> None:
    root = tmp_path / "repository"
    (root / ".git").mkdir(parents=True)
    (root / folder).mkdir(parents=True)
    for name, text in files.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, "utf-8")
    assert find(root / folder) == (root / expected if expected else None)


def test_keys_profiles_and_defaults_belong_together() -> None:
    assert tuple(profiles()) == PROFILES
    flat = [f"{name}.{inner}" for name, key in SETTINGS.items() for inner in (key.keys or ())]
    flat += [name for name, key in SETTINGS.items() if key.keys is None]
    assert sorted(flat) == sorted(DEFAULTS)
