"""Who is known from a repository: names and addresses, owners' files, history of every shape, and what is kept."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from blamecheck import git as calls
from blamecheck.people import Author
from blamecheck.people import git as people
from blamecheck.people.git import people_of
from blamecheck.people.identity import Identity, authors, person
from blamecheck.people.naming import words
from blamecheck.people.owners import files, identities

ZERO = "0" * 40
ANNA = Author("Anna Kowalska", ("akowalska",))
BELA = Author("Béla Fehér", ("bfeher",))


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A cache of its own for each test, no settings of the user, and nothing remembered from another test."""
    monkeypatch.setenv("BLAMECHECK_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    forget()
    yield
    forget()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty repository."""
    place = tmp_path / "infra"
    git(tmp_path, "init", "-q", "-b", "main", str(place))
    return place


def forget() -> None:
    """Start as a new run of the program would."""
    people._people.cache_clear()
    people._dates.cache_clear()


def git(place: Path, *arguments: str, stdin: str = "", **environment: str) -> str:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, **environment}
    identity = ["-c", "user.name=root", "-c", "user.email=root@localhost", "-c", "protocol.file.allow=always"]
    command = ["git", *identity, *arguments]
    done = subprocess.run(command, cwd=place, check=True, capture_output=True, input=stdin.encode(), env=environment)
    return done.stdout.decode().strip()


def commit(place: Path, author: str, committer: str = "root <root@localhost>", message: str = "x") -> str:
    """An empty commit on HEAD by "Name <address>"; return its id."""
    (name, mail), (other, address) = (who.removesuffix(">").split("<") for who in (author, committer))
    environment = {
        "GIT_AUTHOR_NAME": name.strip(),
        "GIT_AUTHOR_EMAIL": mail,
        "GIT_COMMITTER_NAME": other.strip(),
        "GIT_COMMITTER_EMAIL": address,
    }
    git(place, "commit", "-q", "--allow-empty", "--allow-empty-message", "-m", message, **environment)
    return git(place, "rev-parse", "HEAD")


def known(place: Path) -> list[Author]:
    """Who is known in a new run."""
    forget()
    return list(people_of(place / "postmortems/x.md"))


@pytest.mark.parametrize(
    ("name", "email", "author"),
    [
        ("Anna Kowalska", "akowalska@example.org", ANNA),
        ("Anna Kowalska", "akowalska+git@example.org", ANNA),
        ("Anna Kowalska", "anna.kowalska@example.org", Author("Anna Kowalska", ("anna.kowalska",))),
        ("Anna Kowalska", "12345+akowalska@users.noreply.github.com", ANNA),
        ("Anna Kowalska", "akowalska@users.noreply.github.com", ANNA),
        ("Anna Kowalska", "98765-akowalska@users.noreply.gitlab.com", ANNA),
        ("Anna Kowalska", "akowalska@noreply.codeberg.org", ANNA),
        ("  Anna   Kowalska ", "akowalska@example.org", ANNA),
        ("anna kowalska", "akowalska@example.org", ANNA),
        ("ANNA KOWALSKA", "akowalska@example.org", ANNA),
        ("Kowalska, Anna", "akowalska@example.org", ANNA),
        ("Anna Kowalska (Acme)", "akowalska@example.org", ANNA),
        ("Anna Kowalska [EXT]", "akowalska@example.org", ANNA),
        ("Anna Kowalska via GitHub", "akowalska@example.org", ANNA),
        ("Anna Kowalska | Acme", "akowalska@example.org", ANNA),
        ("Anna Kowalska ⚡\ufe0f", "akowalska@example.org", ANNA),
        ("Anna Kowalska 🚀", "akowalska@example.org", ANNA),
        ('"Anna Kowalska"', "akowalska@example.org", ANNA),
        ("akowalska (Anna Kowalska)", "akowalska@example.org", ANNA),
        ('Anna "akowalska" Kowalska', "info@example.org", ANNA),
        ("=?UTF-8?q?B=C3=A9la_Feh=C3=A9r?=", "bfeher@example.org", BELA),
        ("=?nonsense?q?x?=", "bfeher@example.org", Author("", ("bfeher",))),
        ("Be\N{COMBINING ACUTE ACCENT}la Fehe\N{COMBINING ACUTE ACCENT}r", "bfeher@example.org", BELA),
        # Scripts without capitals, and names that look like logins.
        ("王小明", "282126346@example.org", Author("王小明")),
        ("Мария Соколова", "m@example.org", Author("Мария Соколова")),
        ("mkuiper", "info@example.org", Author("", ("mkuiper",))),
        ("mkuiper77", "77@example.org", Author("", ("mkuiper77",))),
        ("zq2049x", "", Author("", ("zq2049x",))),
        ("BlueHeronX", "", Author("", ("BlueHeronX",))),
        ("@mkuiper", "", Author("", ("mkuiper",))),
        ("mkuiper@example.org", "mkuiper@example.org", Author("", ("mkuiper",))),
        # Single names.
        ("Wojciech", "w@example.org", Author("Wojciech", ("Wojciech",))),
        ("Will", "me@example.org", Author("Will")),
        # What stands for nobody leaves the other half.
        ("root", "akowalska@example.org", Author("", ("akowalska",))),
        ("unknown", "akowalska@example.org", Author("", ("akowalska",))),
        ("Your Name", "you@example.com", None),
        ("", "akowalska@example.org", Author("", ("akowalska",))),
        ("Anna Kowalska", "", Author("Anna Kowalska")),
        ("Anna Kowalska", "no address at all", Author("Anna Kowalska")),
        ("Anna Kowalska", "ops-team@example.org", Author("Anna Kowalska")),
        # Frequent words, products, places and short words are no logins.
        ("Anna Kowalska", "build@example.org", Author("Anna Kowalska")),
        ("Anna Kowalska", "api@example.org", Author("Anna Kowalska")),
        ("Anna Kowalska", "redis@example.org", Author("Anna Kowalska")),
        ("Anna Kowalska", "max@example.org", Author("Anna Kowalska")),
        ("Anna Kowalska", "cloud-native@example.org", Author("Anna Kowalska")),
        ("Anna Kowalska", "ak@example.org", Author("Anna Kowalska")),
        ("Anna Kowalska", "a@example.org", Author("Anna Kowalska")),
        ("Anna Kowalska", "dev2@example.org", Author("Anna Kowalska")),
        ("Hazel Window", "info@example.org", Author("Hazel Window")),
        ("Network", "info@example.org", None),
        ("Change", "info@example.org", None),
        ("Anna Kowalska", "github.com@example.org", Author("Anna Kowalska")),
        # Rare words are left to what stands around them.
        ("Anna Kowalska", "grenadier@example.org", Author("Anna Kowalska", ("grenadier",))),
        ("Quiver", "info@example.org", Author("Quiver", ("Quiver",))),
        ("The Quiverfish", "info@example.org", None),
        ("Pure Window", "info@example.org", None),
        # The repository's own name.
        ("infra", "infra@example.org", None),
        ("Infra", "123+infra@users.noreply.github.com", None),
        # Programs and groups.
        ("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com", None),
        ("Acme Release Bot", "acme@example.org", None),
        ("acme-bot", "acme@example.org", None),
        ("AcmeBot", "acme@example.org", None),
        ("fossabot", "x@example.org", None),
        ("Hosted Weblate", "hosted@weblate.org", None),
        ("GitHub", "noreply@github.com", None),
        ("GitHub Actions", "actions@github.com", None),
        ("Jenkins", "jenkins@example.org", None),
        ("Acme Assistant", "123+acme-bot@users.noreply.github.com", None),
        ("The Infra Team", "infra@example.org", None),
        ("Acme, Inc.", "hello@example.org", None),
        ("Acme Foundation", "hello@example.org", None),
        # People whose names only end like a program's.
        ("Joan Talbot", "jtalbot@example.org", Author("Joan Talbot", ("jtalbot",))),
        ("Ilse Zabot", "izet@example.org", Author("Ilse Zabot", ("izet",))),
    ],
)
def test_an_identity_becomes_a_person(name: str, email: str, author: Author | None) -> None:
    assert person(Identity(name, email), "infra") == author


def test_endless_names_take_no_time() -> None:
    assert person(Identity("a" * 10_000_000 + " (" * 1000, "a." * 1_000_000)) is None


def test_one_author_for_each_name() -> None:
    assert authors(
        [
            Identity("Anna Kowalska", "akowalska@example.org"),
            Identity("anna kowalska", "55+anna-k@users.noreply.github.com"),
            Identity("akowalska", "AKowalska@example.org"),
            Identity("mkuiper", "mkuiper@example.org"),
        ]
    ) == (Author("", ("mkuiper",)), Author("Anna Kowalska", ("akowalska", "anna-k")))


def test_the_lists_hold_each_word_once() -> None:
    lists = words()
    assert not lists.bots & lists.nobodies
    assert all(word == word.strip() for one in (lists.bots, lists.mailboxes, lists.group_words) for word in one)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            ".github/CODEOWNERS",
            "# @nobody here\n* @akowalska @acme/infra bfeher@example.org # @nor-me\n[Docs][2] @mkuiper @ops-team\n",
            [Author("", ("akowalska",)), Author("", ("bfeher",)), Author("", ("mkuiper",))],
        ),
        ("CODEOWNERS", "\xff * @akowalska\n", [Author("", ("akowalska",))]),
        (
            "AUTHORS",
            "# Names should be added to this file as:\n#     Name <address>\nAnna Kowalska <akowalska@example.org>\n"
            "Acme Inc.\nBéla Fehér\nPure Windows Everywhere\n",
            [ANNA, Author("Béla Fehér")],
        ),
        (
            "MAINTAINERS.md",
            "# Maintainers\n\nThank you, Anna Kowalska, for all that.\n\n| Name | GitHub |\n|---|---|\n"
            "| Anna Kowalska | [@akowalska](https://github.com/akowalska) |\n"
            "* [Béla Fehér](https://github.com/bfeher)\n- **Mia Kuiper** (@mkuiper)\n",
            [ANNA, BELA, Author("Mia Kuiper", ("mkuiper",))],
        ),
        ("docs/maintainers.txt", "M:\tAnna Kowalska <akowalska@example.org>\nL:\tlist@example.org\n", [ANNA]),
        ("CONTRIBUTORS", "Anna Kowalska, akowalska at example org\nPlease Add Yourself\n", []),
        (
            "OWNERS",
            "approvers:\n- akowalska\n- sig-node-approvers\nreviewers: [bfeher]\nlabels: [area/kubelet]\n",
            [Author("", ("akowalska",)), Author("", ("bfeher",))],
        ),
        (
            "OWNERS",
            'filters:\n  ".*":\n    approvers: [akowalska]\nemeritus_approvers: [bfeher]\n',
            [Author("", ("akowalska",)), Author("", ("bfeher",))],
        ),
        ("OWNERS", "set noparent\nakowalska@example.org\nfile://x/OWNERS\n", [Author("", ("akowalska",))]),
        ("OWNERS_ALIASES", "aliases:\n  leads:\n  - akowalska\n", [Author("", ("akowalska",))]),
        (
            "MAINTAINERS.yml",
            "maintainers:\n- name: Anna Kowalska\n  github: '@akowalska'\n- Béla Fehér <bfeher@example.org>\n",
            [ANNA, BELA],
        ),
        (
            ".all-contributorsrc",
            '{"contributors": [{"login": "akowalska", "name": "Anna Kowalska"}, {"login": "x-bot"}]}',
            [ANNA],
        ),
        (".all-contributorsrc", "{", []),
        ("OWNERS", "a: &a [*a]\n- : [", []),
        ("OWNERS", "approvers: &a [*a, akowalska]\n", [Author("", ("akowalska",))]),
        ("OWNERS.yml", "[" * 100_000, []),
    ],
)
def test_owners_files(tmp_path: Path, name: str, text: str, expected: list[Author]) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(text, "utf-8")
    assert files(tmp_path) == [tmp_path / name]
    assert list(authors(identities(tmp_path / name))) == expected


def test_only_owners_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "OWNERS").mkdir()
    for name in ("AUTHORS.py", "authors.yml.bak", "README.md", "xMAINTAINERS"):
        (tmp_path / name).write_text("Anna Kowalska <akowalska@example.org>\n")
    (tmp_path / "AUTHORS").write_text("x" * 2_000_000)
    assert files(tmp_path) == []
    assert files(tmp_path / "nowhere") == []


def test_history(root: Path) -> None:
    commit(root, "Anna Kowalska <akowalska@example.org>", "Béla Fehér <bfeher@example.org>")
    commit(
        root,
        "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>",
        message="A\n\nB.\n\nSigned-off-by: No Body <nobody@example.org>\n"
        "Co-authored-by: Mia Kuiper <mkuiper@example.org>\nco-AUTHORED-by: broken\n",
    )
    (root / "CODEOWNERS").write_text("* @zofia-l\n")
    expected = [Author("", ("zofia-l",)), ANNA, BELA, Author("Mia Kuiper", ("mkuiper",))]
    assert known(root) == expected
    assert known(root / "no/such/folder") == expected


def test_mailmap_is_applied_to_everybody(root: Path) -> None:
    commit(root, "ak <ak@old.example>", message="x\n\nx\n\nCo-authored-by: b <b@old.example>")
    assert known(root) == []
    lines = "Anna Kowalska <akowalska@example.org> <ak@old.example>\nBéla Fehér <bfeher@example.org> <b@old.example>\n"
    (root / ".mailmap").write_text(lines, "utf-8")
    assert known(root) == [ANNA, BELA]
    (root / ".mailmap").unlink()
    assert known(root) == []


def test_a_mailmap_that_is_no_file(root: Path) -> None:
    commit(root, "Anna Kowalska <akowalska@example.org>")
    (root / ".mailmap").symlink_to("/dev/zero")
    assert known(root) == [ANNA]
    (root / ".mailmap").unlink()
    (root / ".mailmap").mkdir()
    assert known(root) == [ANNA]


def test_settings_of_the_user_change_nothing(root: Path, tmp_path: Path) -> None:
    commit(root, "Anna Kowalska <akowalska@example.org>")
    (tmp_path / "home").mkdir()
    (tmp_path / "mailmap").write_text("Somebody Else <akowalska@example.org>\n")
    (tmp_path / "home/.gitconfig").write_text(
        f"[mailmap]\nfile = {tmp_path}/mailmap\n[log]\nshowSignature = true\ndecorate = full\nmailmap = false\n"
        "[color]\nui = always\n[core]\npager = false\n[format]\npretty = oneline\n[i18n]\nlogOutputEncoding = latin1\n"
    )
    assert known(root) == [ANNA]


def test_the_repository_of_a_hook_is_not_that_of_the_document(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(root, "Anna Kowalska <akowalska@example.org>")
    git(tmp_path, "init", "-q", "other")
    commit(tmp_path / "other", "Béla Fehér <bfeher@example.org>")
    other = tmp_path / "other/.git"
    for name, value in {"GIT_DIR": other, "GIT_INDEX_FILE": other / "index", "GIT_WORK_TREE": other.parent}.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'nonsense")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "0")
    assert known(root) == [ANNA]
    assert "GIT_DIR" not in calls.environment()
    assert calls.environment()["GIT_CONFIG_COUNT"] == "0"


def test_the_working_folder_does_not_matter(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(root, "Anna Kowalska <akowalska@example.org>")
    git(tmp_path, "init", "-q", "other")
    monkeypatch.chdir(tmp_path / "other")
    assert known(Path("../infra")) == [ANNA]
    (root / "postmortems").mkdir()
    (tmp_path / "link").symlink_to(root / "postmortems")
    forget()
    assert list(people_of(Path("../link/x.md"))) == [ANNA]


def test_history_that_is_not_there(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert known(root) == []
    (root / "AUTHORS").write_text("Anna Kowalska <akowalska@example.org>\n")
    assert known(root) == [ANNA]
    assert known(tmp_path / "no-repository") == []
    assert known(Path("/")) == []
    assert known(Path("no\0where")) == []
    commit(root, "Béla Fehér <bfeher@example.org>")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert known(root) == [ANNA]


def test_a_damaged_repository(root: Path, tmp_path: Path) -> None:
    commit(root, "Anna Kowalska <akowalska@example.org>")
    shutil.rmtree(root / ".git/objects")
    assert known(root) == []
    (root / ".git/HEAD").write_bytes(b"\xff\x00")
    assert known(root) == []
    (tmp_path / "x").mkdir()
    (tmp_path / "x/.git").write_text("gitdir: nowhere\n")
    assert known(tmp_path / "x") == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give a folder away")
def test_a_repository_of_somebody_else(root: Path) -> None:
    commit(root, "Anna Kowalska <akowalska@example.org>")
    os.chown(root, 12345, 12345)
    os.chown(root / ".git", 12345, 12345)
    assert known(root) == []


def test_clones_worktrees_and_submodules(root: Path, tmp_path: Path) -> None:
    commit(root, "Anna Kowalska <akowalska@example.org>")
    commit(root, "Béla Fehér <bfeher@example.org>")
    url = root.as_uri()
    git(tmp_path, "clone", "-q", "--depth=1", url, "shallow")
    assert known(tmp_path / "shallow") == [BELA]
    git(tmp_path / "shallow", "fetch", "-q", "--unshallow")
    assert known(tmp_path / "shallow") == [ANNA, BELA]
    git(root, "worktree", "add", "-q", "--detach", "../tree", "HEAD~1")
    assert known(tmp_path / "tree") == [ANNA]
    git(tmp_path, "clone", "-q", "--bare", url, "bare")
    assert known(tmp_path / "bare") == []
    git(tmp_path, "init", "-q", "super")
    git(tmp_path / "super", "submodule", "--quiet", "add", url, "part")
    commit(tmp_path / "super", "Mia Kuiper <mkuiper@example.org>")
    assert known(tmp_path / "super/part") == [ANNA, BELA]
    assert known(tmp_path / "super") == [Author("Mia Kuiper", ("mkuiper",))]


def test_a_partial_clone_fetches_nothing(root: Path, tmp_path: Path) -> None:
    commit(root, "Anna Kowalska <akowalska@example.org>")
    git(root, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--no-checkout", "--filter=tree:0", root.as_uri(), "partial")
    root.rename(tmp_path / "moved")
    assert known(tmp_path / "partial") == [ANNA]


def test_longer_commit_ids(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--object-format=sha256", "long")
    commit(tmp_path / "long", "Anna Kowalska <akowalska@example.org>")
    assert known(tmp_path / "long") == [ANNA]
    commit(tmp_path / "long", "Béla Fehér <bfeher@example.org>")
    assert known(tmp_path / "long") == [ANNA, BELA]


def test_strange_names(root: Path) -> None:
    latin = "Béla Fehér".encode("latin-1").decode("utf-8", "surrogateescape")
    stream = ""
    for name in ("", "Anna\tKowalska 🚀", latin, '"; rm -rf /', "-x", "\x1b[31mMia Kuiper"):
        stream += f"commit refs/heads/main\nauthor {name} <z@example.org> 1 +0000\n"
        stream += f"committer {name} <> 1 +0000\ndata 1\nx\n"
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
    command = ["git", "fast-import", "--quiet", "--force"]
    subprocess.run(command, cwd=root, input=stream.encode("utf-8", "surrogateescape"), check=True, env=environment)
    names = {author.name for author in known(root)}
    assert "Anna Kowalska" in names
    assert all(name.isprintable() for name in names)


def test_a_commit_that_says_it_is_latin(root: Path) -> None:
    stream = b"commit refs/heads/main\ncommitter B\xe9la Feh\xe9r <bfeher@example.org> 1 +0000\nencoding ISO-8859-1\n"
    command = ["git", "fast-import", "--quiet", "--force"]
    subprocess.run(command, cwd=root, input=stream + b"data 1\nx\n", check=True)
    assert known(root) == [BELA]


def entries(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "cache/people").glob("*"))


def reads(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The commits of each call that reads history from now on."""
    seen: list[tuple[str, ...]] = []
    original = calls.ask_lines

    def spy(folder: Path, *arguments: str, seconds: float) -> calls.Lines:
        seen.append(tuple(one[:8] for one in arguments[3:-1]))
        return original(folder, *arguments, seconds=seconds)

    monkeypatch.setattr(calls, "ask_lines", spy)
    return seen


def test_history_is_read_once(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = reads(monkeypatch)
    first = commit(root, "Anna Kowalska <akowalska@example.org>")
    assert [known(root), known(root)] == [[ANNA], [ANNA]]
    people_of(root / "a.md")
    people_of(root / "b/c.md")
    assert seen == [(first[:8],)]
    (entry,) = entries(tmp_path)
    assert stat.S_IMODE(entry.stat().st_mode) == 0o600 or sys.platform == "win32"
    assert "example.org" not in entry.read_text()


def test_only_what_is_new_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = reads(monkeypatch)
    heads = [commit(root, "Anna Kowalska <akowalska@example.org>")]
    known(root)
    heads.append(commit(root, "Béla Fehér <bfeher@example.org>"))
    assert known(root) == [ANNA, BELA]
    assert seen == [(heads[0][:8],), (heads[1][:8], f"^{heads[0][:7]}")]
    # Back, onto a branch from there, and back again: each HEAD knows its own people.
    git(root, "checkout", "-q", heads[0])
    assert known(root) == [ANNA]
    heads.append(commit(root, "Mia Kuiper <mkuiper@example.org>"))
    assert known(root) == [ANNA, Author("Mia Kuiper", ("mkuiper",))]
    assert seen[2:] == [(heads[2][:8], f"^{heads[0][:7]}")]
    git(root, "checkout", "-q", "main")
    assert known(root) == [ANNA, BELA]
    # Rewritten history leaves nobody behind.
    git(root, "checkout", "-q", "--orphan", "new")
    heads.append(commit(root, "Béla Fehér <bfeher@example.org>"))
    assert known(root) == [BELA]
    assert seen[3:] == [(heads[3][:8],)]


def test_old_entries_go(root: Path, tmp_path: Path) -> None:
    for _ in range(12):
        commit(root, "Anna Kowalska <akowalska@example.org>")
        known(root)
    assert len(entries(tmp_path)) == 8


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b"\xff",
        b'{"stamp": "x", "complete": true, "authors": []}',
        b'{"stamp": "STAMP", "complete": true}',
        b'{"stamp": "STAMP", "complete": true, "authors": [["Anna"]]}',
        b'{"stamp": "STAMP", "complete": true, "authors": [[1, [2]]]}',
        b'{"stamp": "STAMP", "complete": true, "authors": 7}',
    ],
)
def test_a_damaged_cache_is_no_cache(root: Path, tmp_path: Path, content: bytes) -> None:
    commit(root, "Anna Kowalska <akowalska@example.org>")
    known(root)
    (entry,) = entries(tmp_path)
    good = entry.read_bytes()
    entry.write_bytes(content.replace(b"STAMP", json.loads(good)["stamp"].encode()))
    assert known(root) == [ANNA]
    assert entry.read_bytes() == good


def test_a_cache_that_cannot_be_written(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(root, "Anna Kowalska <akowalska@example.org>")
    (tmp_path / "cache").write_text("a file")
    assert known(root) == [ANNA]
    monkeypatch.setenv("BLAMECHECK_CACHE_DIR", "/proc/nowhere")
    assert known(root) == [ANNA]


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a shell script")
def test_reading_ends_in_time(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A git that never ends: what it said so far counts, for this HEAD only."""
    commit(root, "Anna Kowalska <akowalska@example.org>")
    real = shutil.which("git")
    fake = tmp_path / "bin/git"
    fake.parent.mkdir()
    script = f'case "$*" in *" log "*) {real} "$@"; printf "Mia Kui"; exec sleep 60;; *) exec {real} "$@";; esac\n'
    fake.write_text("#!/bin/sh\n" + script)
    fake.chmod(0o755)
    with monkeypatch.context() as patch:
        patch.setattr(people, "_SECONDS_TO_READ", 0.2)
        patch.setenv("PATH", f"{fake.parent}{os.pathsep}{os.environ['PATH']}")
        assert known(root) == [ANNA]
    seen = reads(monkeypatch)
    assert known(root) == [ANNA]
    second = commit(root, "Béla Fehér <bfeher@example.org>")
    assert known(root) == [ANNA, BELA]
    assert seen == [(second[:8],)]
