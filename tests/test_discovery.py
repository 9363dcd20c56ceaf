"""Which files of a folder are documents: by path, title and sections, in a repository and outside of one."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path, PurePath

import pytest

from blamecheck.discovery import Failure, find
from blamecheck.rulebook import rules_root
from blamecheck.signs import by_path, by_text, fold, load

SIGNS = load(rules_root())


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Post-Mortem", "post mortem"),
        ("post_mortem: #3", "post mortem 3"),
        ("Pós-incidente", "pos incidente"),
        ("Maßnahmen", "massnahmen"),
        ("🔥 Ausfall!", "ausfall"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    "path",
    [
        "postmortems/2024-01-02.md",
        "docs/post-mortem/x.md",
        "docs/Post_Mortems/x.md",
        "incidents/x.md",
        "docs/incident-reports/2017-09-27-hub-403.md",
        "blog/2013-outage-postmortem.md",
        "RCA-17.md",
        "2024/sev1-checkout.md",
        "docs/after-action/x.md",
        "COE/x.md",
        "retrospectives/2016-06-06-large-task-backlog.md",
        "betrieb/Störungen/x.md",
        "障害報告/x.md",
        "2024-03-故障复盘.md",
        # What speaks about postmortems in general is no sign; the sign above it is.
        "incident-response/postmortems/x.md",
        # A template that broke something is no template.
        "postmortems/2024-01-02-email-template-outage.md",
        # Neither is a word that begins like one.
        "incidents/formation-halted.md",
    ],
)
def test_a_path_that_says_so(path: str) -> None:
    place = PurePath(path)
    assert by_path(SIGNS, place.parts[:-1], place.stem) is True


@pytest.mark.parametrize(
    "path",
    [
        "postmortems/README.md",
        "postmortems/index.md",
        "CONTRIBUTING.md",
        "postmortems/template.md",
        "postmortems/TEMPLATE-en.md",
        "docs/templates/postmortem.md",
        "postmortem_template.md",
        "blameless-postmortem-template.md",
        "incident-report-template-v2.md",
        "docs/incident-response.md",
        "postmortem-guide.md",
        "docs/incidents/postmortem-process.md",
        "node_modules/incidents/x.md",
        "third_party/postmortems/x.md",
    ],
)
def test_a_path_that_is_left_out(path: str) -> None:
    place = PurePath(path)
    assert by_path(SIGNS, place.parts[:-1], place.stem) is False


@pytest.mark.parametrize(
    "path",
    ["docs/x.md", "2024-01-02.md", "src/coerce.md", "archaic.md", "incident-response/x.md", "pair/2024.md"],
)
def test_a_path_that_does_not_tell(path: str) -> None:
    place = PurePath(path)
    assert by_path(SIGNS, place.parts[:-1], place.stem) is None


@pytest.mark.parametrize(
    "text",
    [
        # The title, wherever it stands.
        "# Post-mortem: checkout down\n",
        "# [Public] 4/26 Transaction Delays Post-Mortem\n",
        "Some badge\n\n## Incident Report for the stability fees\n",
        "DNS outage on 2023-01-25\n========================\n",
        "<h1>Outage of 3 May</h1>\n",
        '---\ntitle: "Global Outage: 504 Timeouts"\n---\n\nHello.\n',
        '+++\ntitle = "crates.io security incident: session cookies"\n+++\n',
        "---\ntitle: Keeping it up\ntags:\n  - npm\n  - postmortem\n---\n",
        "---\ntitle: Database\ntags: [devops, downtime]\n---\n",
        "---\r\ntitle: Outage\r\n---\r\n",
        "# Störungsbericht 17\n",
        "# ポストモーテム: 決済障害\n",
        "# Checkout down\n\nintro\n\n### Root cause analysis\n\n### Action Items\n",
        # A telling section and another one, as headings, labels, list labels or table rows.
        "# Checkout down\n\n## Timeline\n\n## Lessons learned\n",
        "# X\n\n## :seedling: Blameless root cause\n\n## :flying_disc: Impact\n",
        "# X\n\n## 5 Whys\n\n## 3. Action Items\n",
        "# X\n\n**Root cause:** a missing index.\n\n**Impact:** none.\n",
        "# X\n\n- Root cause: a missing index.\n- Detection: by a customer.\n",
        "# X\n\n| Root cause | a missing index |\n|---|---|\n| Impact | none |\n",
        "# X\n\nRoot cause\n----------\n\nImpact\n------\n",
        "# X\n\n## Ursachenanalyse\n\n## Maßnahmen\n",
        "# X\n\n## Cause racine\n\n## Chronologie\n",
        "# X\n\n## Causa raíz\n\n## Línea de tiempo\n",
        "# X\n\n## Causa raiz\n\n## Ações corretivas\n",
        "# 決済\n\n## 根本原因\n\n## 再発防止\n",
        "# 支付\n\n## 根因分析\n\n## 改进措施\n",
        # Three kinds of section, the times of a timeline among them.
        "# X\n\n## Timeline\n\n- 10:02 a\n- **10:05** b\n- 2024-01-02 10:07 c\n\n## Action items\n",
    ],
)
def test_a_text_that_is_a_postmortem(text: str) -> None:
    assert by_text(SIGNS, text) is True


@pytest.mark.parametrize(
    "text",
    [
        "# How to write a postmortem\n\n## Root cause\n\n## Impact\n",
        "# Incident response\n\n## Timeline\n\n## Lessons learned\n",
        "# Postmortem template\n\n## Root cause\n\n## Impact\n",
    ],
)
def test_a_text_about_postmortems(text: str) -> None:
    assert by_text(SIGNS, text) is False


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# A design\n\n## Impact\n\n## Timeline\n",
        "# Meeting\n\n- 10:00 a\n- 10:05 b\n- 10:10 c\n\n## Action items\n",
        "# A tool\n\nIt prevents outages; see [postmortem](x.md).\n",
        # Code and prose are not headings.
        "# X\n\n```\n# Root cause\n# Impact\n```\n",
        "# X\n\nThe root cause and the impact are known.\n",
        # Only the first heading is a title.
        "# Changelog\n\n## Outage page added\n",
    ],
)
def test_a_text_that_does_not_tell(text: str) -> None:
    assert by_text(SIGNS, text) is None


@pytest.mark.parametrize(
    "piece", ["*", "- ", "#", "|", "<h1>", "<h1", "\n", "\r\n", "```\n", "title: ", ":a:", "T", "a\n-\n"]
)
def test_no_text_takes_for_ever(piece: str) -> None:
    assert by_text(SIGNS, (piece * 65536)[:65536]) is None


def plant(root: Path, *paths: str, text: str = "# Notes\n") -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "protocol.file.allow=always"]
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def repository(place: Path) -> Path:
    """An empty repository to work in."""
    git(place, "init", "-q")
    return place


def documents(*paths: str) -> list[str]:
    found = find(paths, SIGNS)
    assert not found.failures
    return list(found.documents)


@pytest.mark.parametrize("versioned", [False, True])
def test_a_folder_is_searched_in_order(place: Path, versioned: bool) -> None:
    if versioned:
        git(place, "init", "-q")
    plant(place, "notes.md", "docs/incidents/b.md", "docs/incidents/a.MARKDOWN", "docs/incidents/a.txt")
    plant(place, "postmortems/deep/er/x.mdx", ".github/postmortem.md", ".hidden/incidents/x.md")
    plant(place, "node_modules/x/incidents/x.md", "postmortems/template.md")
    expected = ["docs/incidents/a.MARKDOWN", "docs/incidents/b.md", "postmortems/deep/er/x.mdx"]
    assert documents(".") == expected
    assert documents("docs", "postmortems/") == expected
    assert documents("./docs/../docs/incidents") == expected[:2]
    assert documents(str(place)) == [(place / name).as_posix() for name in expected]


def test_a_file_that_is_named_is_always_a_document(place: Path) -> None:
    plant(place, "notes.md", "postmortems/template.md", ".github/x.txt")
    assert documents("notes.md", "postmortems/template.md", "./.github/x.txt", "-") == [
        "notes.md",
        "postmortems/template.md",
        ".github/x.txt",
        "-",
    ]


def test_no_document_comes_twice(place: Path) -> None:
    plant(place, "postmortems/a.md")
    (place / "postmortems/link.md").symlink_to("a.md")
    assert documents("postmortems/a.md", "postmortems", ".", str(place), "postmortems/../postmortems/a.md") == [
        "postmortems/a.md"
    ]


def test_what_git_ignores_is_left_out(repository: Path) -> None:
    plant(repository, "postmortems/a.md", "postmortems/draft.md", "postmortems/tracked.md", "build/incidents/x.md")
    git(repository, "add", "postmortems/tracked.md", "postmortems/a.md")
    plant(repository, ".gitignore", text="draft.md\ntracked.md\n/build/\n")
    assert documents(".") == ["postmortems/a.md", "postmortems/tracked.md"]
    # A folder that is named is searched even if git ignores it.
    assert documents("build/incidents") == ["build/incidents/x.md"]
    # A tracked file that is gone is gone.
    (repository / "postmortems/a.md").unlink()
    assert documents("postmortems") == ["postmortems/tracked.md"]


def test_odd_names(repository: Path) -> None:
    names = ["postmortems/ä b\n\"c'.md", "postmortems/-x.md", "postmortems/障害 1.md"]
    plant(repository, *names)
    git(repository, "add", ".")
    assert documents(".") == sorted(names)


def test_folders_up_to_the_root_of_the_repository_count(place: Path) -> None:
    root = place / "incident-bot" / "postmortems"
    plant(root, "docs/x.md", "incidents/2024/x.md")
    git(root, "init", "-q")
    assert documents(str(root / "incidents/2024")) == [(root / "incidents/2024/x.md").as_posix()]
    assert documents(str(root)) == [(root / "incidents/2024/x.md").as_posix()]
    assert find([str(root / "docs")], SIGNS).documents == ()


def test_outside_of_a_repository_the_folder_itself_counts(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(place, "incident-bot/docs/x.md", "incident-bot/postmortems/x.md")
    assert documents("incident-bot/postmortems") == ["incident-bot/postmortems/x.md"]
    assert find(["incident-bot/docs"], SIGNS).documents == ()
    monkeypatch.chdir("incident-bot/postmortems")
    assert documents(".") == ["x.md"]


def test_a_folder_of_postmortems_has_no_odd_ones(place: Path) -> None:
    plant(place, "docs/a.md", "docs/b.md", "docs/c.md", text="# X\n\n## Root cause\n\n## Impact\n")
    plant(place, "docs/odd.md", "docs/deeper/notes.md")
    plant(place, "docs/guide.md", text="# How to write a postmortem\n")
    assert documents("docs") == ["docs/a.md", "docs/b.md", "docs/c.md", "docs/odd.md"]
    plant(place, "docs/more.md")
    assert documents("docs") == ["docs/a.md", "docs/b.md", "docs/c.md"]


def test_submodules_and_repositories_inside_do_no_harm(repository: Path) -> None:
    inner = repository / "inner"
    plant(inner, "postmortems/x.md")
    git(inner, "init", "-q")
    git(inner, "add", ".")
    git(inner, "commit", "-qm", "x")
    plant(repository, "postmortems/a.md")
    assert documents(".") == ["postmortems/a.md"]
    git(repository, "submodule", "add", "-q", "./inner", "module")
    assert documents(".") == ["postmortems/a.md"]
    assert documents("module") == ["module/postmortems/x.md"]


def test_a_hook_of_another_repository_changes_nothing(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(repository, "sub/postmortems/a.md")
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    assert documents("sub") == ["sub/postmortems/a.md"]


def test_without_git_the_folder_is_walked(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(repository, "postmortems/a.md", ".venv/postmortems/b.md")
    monkeypatch.setenv("PATH", "")
    assert documents(".") == ["postmortems/a.md"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nowhere.md", "no such file or folder"),
        ("no\udcffwhere", "no such file or folder"),
        ("broken.md", "no such file or folder"),
        ("empty", "no Markdown files in this folder"),
        (
            "one",
            "no postmortems in this folder: 1 Markdown file does not look like one"
            " (a file that is named is always checked)",
        ),
        (
            "two",
            "no postmortems in this folder: none of 2 Markdown files looks like one"
            " (a file that is named is always checked)",
        ),
    ],
)
def test_a_path_without_documents_is_a_failure(place: Path, path: str, message: str) -> None:
    plant(place, "empty/x.txt", "one/x.md", "two/x.md", "two/y.md", "incidents/x.md")
    (place / "broken.md").symlink_to("gone.md")
    found = find([path, "incidents"], SIGNS)
    assert found.failures == (Failure(path, message),)
    assert found.documents == ("incidents/x.md",)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_a_failure(place: Path) -> None:
    (place / "incidents").mkdir(0o000)
    assert find(["incidents"], SIGNS).failures == (Failure("incidents", "cannot be read: permission denied"),)


def test_every_word_of_the_data_is_reachable() -> None:
    names = [name for _, section in SIGNS.sections for name in section]
    for words in (SIGNS.paths, SIGNS.titles, SIGNS.templates, SIGNS.about, tuple(names)):
        assert len(words) == len(set(words))
        assert all(word and word == fold(word) for word in words)
