"""Build rules/lexicons from packages with a clear licence and from the lists in scripts/lexicons.

Run `python scripts/build_lexicons.py --sources DIR`. Whatever DIR lacks is downloaded there, by name and
exact version, with pip, npm and apt-get; node reads one of the packages. The same sources give the same
files, byte for byte.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from blamecheck.people.lexicon import KINDS, fold  # noqa: E402

CURATED = HERE / "lexicons"
OUT = HERE.parent / "rules" / "lexicons"
# The first 12,000 of the 88,799 surnames of the census cover 73 % of its people; rarer ones are mostly noise.
CENSUS_SURNAMES = 12_000


class Source(NamedTuple):
    """One package: where it comes from, the file it arrives as, and the command that fetches it."""

    name: str
    version: str
    licence: str
    file: str
    fetch: tuple[str, ...]

    @property
    def credit(self) -> str:
        """How a list names this source."""
        return f"{self.name} {self.version} ({self.licence})"


def _pip(name: str, version: str, licence: str, file: str) -> Source:
    command = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", f"{name}=={version}")
    return Source(f"PyPI {name}", version, licence, file, command)


def _npm(name: str, version: str, licence: str, file: str) -> Source:
    return Source(f"npm {name}", version, licence, file, ("npm", "pack", f"{name}@{version}"))


def _deb(name: str, version: str, licence: str) -> Source:
    command = ("apt-get", "download", f"{name}={version}")
    return Source(f"Debian {name}", version, licence, f"{name}_{version}_all.deb", command)


CENSUS = _pip("names", "0.3.0", "US Census 1990, public domain", "names-0.3.0.tar.gz")
FAKER = _pip("Faker", "40.54.0", "MIT", "faker-40.54.0-py3-none-any.whl")
MIMESIS = _pip("mimesis", "22.2.0", "MIT", "mimesis-22.2.0-py3-none-any.whl")
FAKER_JS = _npm("@faker-js/faker", "10.6.0", "MIT", "faker-js-faker-10.6.0.tgz")
ICONS = _npm("simple-icons", "16.37.0", "CC0-1.0", "simple-icons-16.37.0.tgz")
ZONES = _pip("tzdata", "2026.6", "IANA time zone data, public domain", "tzdata-2026.6-py2.py3-none-any.whl")
SMALL = _deb("wamerican-small", "2020.12.07-2", "SCOWL, see NOTICE.md")
LARGE = _deb("wamerican", "2020.12.07-2", "SCOWL, see NOTICE.md")
SIZES = _deb("scowl", "2020.12.07-2", "SCOWL, see NOTICE.md")
SOURCES = (CENSUS, FAKER, MIMESIS, FAKER_JS, ICONS, ZONES, SMALL, LARGE, SIZES)
CURATION = "scripts/lexicons of this project (MIT)"


def unpacked(source: Source, folder: Path) -> Path:
    """The folder with the contents of a package; fetch and unpack it where that was not done yet."""
    package, target = folder / source.file, folder / f"{source.file}.d"
    if not package.exists():
        subprocess.run(source.fetch, cwd=folder, check=True)  # noqa: S603
    if not target.exists():
        target.mkdir()
        if package.suffix == ".deb":
            command = ["dpkg-deb", "--extract", str(package), str(target)]
        elif package.suffix == ".whl":
            command = [sys.executable, "-m", "zipfile", "--extract", str(package), str(target)]
        else:
            command = ["tar", "--extract", "--file", str(package), "--directory", str(target)]
        subprocess.run(command, check=True)  # noqa: S603
    return target


class Names(NamedTuple):
    """Names as their source spells them."""

    given: set[str]
    surnames: set[str]


def census(root: Path) -> Names:
    """The 1990 census: all given names, and the most frequent surnames."""
    folder = root / "names-0.3.0" / "names"
    given = [folder / "dist.male.first", folder / "dist.female.first"]
    first = {line.split()[0] for path in given for line in path.read_text().splitlines() if line.strip()}
    last = (folder / "dist.all.last").read_text().splitlines()
    return Names(first, {line.split()[0] for line in last[:CENSUS_SURNAMES]})


def faker(root: Path) -> Names:
    """Faker's person providers, read as syntax: no code of the package runs."""
    found = Names(set(), set())
    for path in sorted((root / "faker/providers/person").glob("*/__init__.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                target = node.targets[0].id
                if re.match(r"first_(romanized_)?name", target):
                    found.given.update(_strings(node.value))
                elif re.match(r"(\w+_)?last_(romanized_)?name", target):
                    found.surnames.update(_strings(node.value))
    return found


def _strings(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def mimesis(root: Path) -> Names:
    """The person files of mimesis."""
    found = Names(set(), set())
    for path in sorted((root / "mimesis/datasets").glob("*/person.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        found.given.update(_leaves(data.get("names")))
        found.surnames.update(_leaves(data.get("surnames")))
    return found


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _leaves(part)
    elif isinstance(value, list):
        for part in value:
            yield from _leaves(part)


def faker_js(root: Path) -> Names:
    """The locales of faker-js, which only node can read."""
    program = (
        "const {allLocales: all} = await import(process.argv[1]);"
        "console.log(JSON.stringify(Object.values(all).map("
        "({person = {}}) => [person.first_name ?? [], person.last_name ?? []])))"
    )
    module = str(root / "package/dist/index.js")
    command = ["node", "--input-type=module", "--eval", program, module]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    found = Names(set(), set())
    for given, surnames in json.loads(output):
        found.given.update(_leaves(given))
        found.surnames.update(_leaves(surnames))
    return found


def icons(root: Path) -> set[str]:
    """Brand names: the titles of simple-icons."""
    data = json.loads((root / "package/data/simple-icons.json").read_text(encoding="utf-8"))
    return {" ".join(icon["title"].split()) for icon in data}


def zones(root: Path) -> set[str]:
    """Countries and territories, and the cities that time zones are called after."""
    folder = root / "tzdata/zoneinfo"
    found: set[str] = set()
    for line in (folder / "iso3166.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            found.add(re.sub(r" *\(.*\)", "", line.split("\t")[1]))
    for line in (folder / "zone.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            found.add(line.split("\t")[2].rsplit("/", 1)[1].replace("_", " "))
    return found


def words(root: Path) -> set[str]:
    """The words of a Debian word list that are not written with a capital."""
    (path,) = (path for path in (root / "usr/share/dict").iterdir() if not path.is_symlink())
    return {word for word in path.read_text(encoding="utf-8").splitlines() if re.fullmatch("[a-z]+", word)}


def frequent(root: Path) -> set[str]:
    """The words of SCOWL's two smallest sizes: those that nearly every text has some of."""
    paths = [root / f"usr/share/dict/scowl/english-words.{size}" for size in (10, 20)]
    return {word for path in paths for word in path.read_text(encoding="latin-1").split()}


def singular(found: set[str]) -> set[str]:
    """The words without the plurals and third persons that the loader finds by their stem."""
    return {word for word in found if not (word.endswith("s") and word[:-1] in found)}


def curated(name: str) -> list[str]:
    """The entries of one list of our own, below its header."""
    return (CURATED / name).read_text(encoding="utf-8").partition("\n\n")[2].splitlines()


def marked(name: str) -> dict[str, set[str]]:
    """A list of our own with an entry and its kinds, tab separated, on each line."""
    found: dict[str, set[str]] = {}
    for line in curated(name):
        entry, _, kinds = line.partition("\t")
        found.setdefault(fold(entry), set()).update(kinds.split())
    unknown = {kind for kinds in found.values() for kind in kinds} - KINDS
    if unknown:
        raise SystemExit(f"{name}: unknown kinds {sorted(unknown)}")
    return found


def spellings(names: Iterable[str], drop: frozenset[str]) -> set[str]:
    """Folded Latin spellings, one word each: romanised, without accents, and with ö as oe."""
    letters = {key: value for key, _, value in (line.partition("\t") for line in curated("romanise.txt"))}
    found: set[str] = set()
    for name in names:
        for word in re.split(r"[\s/,()]+", name):
            latin = "".join(letters.get(letter, letter) for letter in word.casefold())
            umlauts = re.sub("[äöü]", lambda match: {"ä": "ae", "ö": "oe", "ü": "ue"}[match[0]], latin)
            found.update((fold(latin), fold(umlauts)))
    return {name for name in found if re.fullmatch(r"[a-z]+(?:['-][a-z]+)*", name)} - drop - {""}


def marks(names: Iterable[str], lives: dict[str, set[str]]) -> dict[str, str]:
    """The kinds of each name that has another life: computed, then corrected by hand."""
    forced, cleared = marked("ambiguous.txt"), marked("unambiguous.txt")
    found: dict[str, str] = {}
    for name in names:
        kinds = {kind for kind, entries in lives.items() if name in entries}
        kinds |= {"short"} if len(name) < 3 else set()
        kinds = kinds - cleared.get(name, set()) | forced.get(name, set())
        if kinds:
            found[name] = " ".join(sorted(kinds))
    return found


def write(name: str, title: str, sources: Iterable[str], lines: Iterable[str]) -> None:
    """Write one list: header, empty line, entries in the order of their folded spelling."""
    head = f"# {title}\n# Sources: {'; '.join(sources)}.\n# Made by scripts/build_lexicons.py; do not edit.\n\n"
    body = sorted(set(lines), key=lambda line: fold(line.partition("\t")[0]))
    (OUT / name).write_text(head + "\n".join(body) + "\n", encoding="utf-8", newline="\n")
    print(f"{name}: {len(body)} entries, {(OUT / name).stat().st_size} bytes")


def products(titles: set[str]) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Lines by folded entry, and folded entries by kind; our own spelling and kind win."""
    lines = {fold(title): title for title in sorted(titles)}
    lines |= {fold(line.partition("\t")[0]): line for line in curated("products.txt")}
    for entry in marked("not-products.txt"):
        lines.pop(entry, None)
    kinds: dict[str, set[str]] = {}
    for entry, line in lines.items():
        for kind in (line.partition("\t")[2] or "product").split():
            kinds.setdefault(kind, set()).add(entry)
    return lines, kinds


def build_people(root: dict[Source, Path], lives: dict[str, set[str]]) -> None:
    """Write the names, and their marks from the entries that each kind of other life has."""
    found = [census(root[CENSUS]), faker(root[FAKER]), mimesis(root[MIMESIS]), faker_js(root[FAKER_JS])]
    drop = frozenset(marked("drop.txt"))
    given = spellings(chain(curated("given.txt"), *(names.given for names in found)), drop)
    surnames = spellings(chain(curated("surnames.txt"), *(names.surnames for names in found)), drop)
    both = marks(given | surnames, lives)
    credit = [source.credit for source in (CENSUS, FAKER, MIMESIS, FAKER_JS)] + [CURATION]
    write("given-names.txt", "Given names and short forms, folded.", credit, given)
    write("surnames.txt", "Surnames, folded.", credit, surnames)
    title = "Names whose word has another life: name, tab, kinds."
    lines = (f"{name}\t{kinds}" for name, kinds in both.items())
    write("ambiguous-names.txt", title, [*credit, LARGE.credit], lines)


def build_notice(root: dict[Source, Path]) -> None:
    """Write the licences that ask to travel with what was taken, as their packages carry them."""
    paths = {
        FAKER: "faker-*.dist-info/licenses/LICENSE*",
        MIMESIS: "mimesis-*.dist-info/licenses/LICENSE*",
        FAKER_JS: "package/LICENSE",
        SMALL: "usr/share/doc/*/copyright",
    }
    parts = ["# Licences of the sources\n"]
    for source, pattern in paths.items():
        (path,) = root[source].glob(pattern)
        text = "\n".join(line.rstrip() for line in path.read_text(encoding="utf-8").strip().splitlines())
        parts.append(f"## {source.name} {source.version}\n\n```text\n{text}\n```\n")
    (OUT / "NOTICE.md").write_text("\n".join(parts), encoding="utf-8", newline="\n")


def build(folder: Path) -> None:
    """Write every list of rules/lexicons from the packages in a folder."""
    root = {source: unpacked(source, folder) for source in SOURCES}
    brands, lives = products(icons(root[ICONS]))
    title = "Tools, services, brands; after a tab: law (eponym, unit, method), event (storm, vulnerability)."
    write("products.txt", title, [ICONS.credit, CURATION], brands.values())

    places = {fold(place): place for place in (*sorted(zones(root[ZONES])), *curated("places.txt"))}
    write("places.txt", "Countries, cities, regions, seas.", [ZONES.credit, CURATION], places.values())

    common, often = words(root[SMALL]) | set(marked("words.txt")), frequent(root[SIZES]) | set(marked("words.txt"))
    title = "English words, without those that only add an -s to another one; after a tab: often (or of the trade)."
    lines = [f"{word}\toften" if {word, f"{word}s"} & often else word for word in singular(common)]
    write("common-words.txt", title, [SMALL.credit, SIZES.credit, CURATION], lines)

    build_notice(root)
    build_people(root, lives | {"place": set(places), "word": common | words(root[LARGE])})


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description="Build rules/lexicons.")
    parser.add_argument("--sources", type=Path, required=True, metavar="DIR", help="folder of the packages")
    folder = parser.parse_args().sources.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    OUT.mkdir(parents=True, exist_ok=True)
    build(folder)


if __name__ == "__main__":
    main()
