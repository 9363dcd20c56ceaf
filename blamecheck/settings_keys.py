"""The closed set of keys of a settings file, and of a profile."""

from __future__ import annotations

from blamecheck.schema import Key
from blamecheck.section_file import KINDS, LANGUAGES
from blamecheck.settings import FAIL_ON
from blamecheck.zones import ZONES

PROFILES = ("default", "strict", "names-only", "structure-only")
SEVERITIES = ("error", "warning", "info")
_SELECTORS = "ids, beginnings of ids, names or categories of rules, or `all`"

CHOICE: dict[str, Key] = {
    "select": Key("texts", f"Use only these rules: {_SELECTORS}."),
    "extend-select": Key("texts", "Use these rules too, such as ones that are off by default.", empty=True),
    "ignore": Key("texts", "Leave these rules out.", empty=True),
    "severity": Key(
        "mapping",
        "What a rule's findings weigh, by id, beginning of an id, name or category; the more particular wins.",
        values=Key("text", "error, warning or info.", allowed=SEVERITIES),
    ),
    "fail-on": Key("text", "Exit with status 1 for findings of this severity or above.", allowed=FAIL_ON),
}

NAMES: dict[str, Key] = {
    "allow-in": Key(
        "texts",
        "Zones where people may be named; by default all but the narrative. An empty list allows them nowhere.",
        allowed=ZONES,
        empty=True,
    ),
    "known": Key(
        "mapping",
        "People to recognise: each name, and the role to suggest in its place.",
        values=Key("text", "A role, such as `the database on-call`."),
    ),
    "ignore": Key(
        "texts", "Words that are never names of people: whole words, upper and lower case differ.", empty=True
    ),
    "products": Key("texts", "Names of products, services and machines of your own.", empty=True),
    "use-git": Key("flag", "Whether authors of the repository are known by name; true when not said."),
}

SECTIONS: dict[str, Key] = {
    "required": Key(
        "texts", "Kinds of sections that a document needs: these and no others.", allowed=KINDS, empty=True
    ),
    "template": Key(
        "text",
        "The template that your documents follow, whose parts they need when `sections.required` is not said: "
        "a name from the list below, or the path of your own form, relative to the settings file.",
    ),
    "names": Key(
        "mapping",
        "More names that your documents have for a kind of section.",
        keys={kind: Key("texts", f"Names of sections of kind {kind}.") for kind in KINDS},
    ),
}

SETTINGS: dict[str, Key] = {
    "profile": Key("text", "A set of rules to start from.", allowed=PROFILES),
    **CHOICE,
    "per-file-ignores": Key(
        "mapping",
        "Rules to leave out in some documents: each glob, and the rules.",
        values=Key("texts", f"Rules: {_SELECTORS}."),
    ),
    "include": Key(
        "texts",
        "Globs of the documents of a folder: the Markdown files that match are checked, all others are not, "
        "instead of what looks like a postmortem.",
        empty=True,
    ),
    "exclude": Key("texts", "Globs of files that are never checked, even when they are named.", empty=True),
    "names": Key("mapping", "Names of people.", keys=NAMES),
    "sections": Key("mapping", "Sections of a document.", keys=SECTIONS),
    "language": Key(
        "text",
        "The documents' language, for the rules of one language; `auto` goes by the names of their sections.",
        allowed=("auto", *LANGUAGES),
    ),
    "rules": Key("texts", "Folders with rules of your own, relative to the settings file.", empty=True),
}

PROFILE: dict[str, Key] = {
    "about": Key("text", "One sentence for the documentation.", required=True),
    "categories": Key("texts", "Categories whose default rules are used."),
    **CHOICE,
}

DEFAULTS: dict[str, object] = {
    "profile": "default",
    "select": None,
    "extend-select": [],
    "ignore": [],
    "severity": {},
    "fail-on": "error",
    "per-file-ignores": {},
    "include": None,
    "exclude": [],
    "names.allow-in": [zone for zone in ZONES if zone != "narrative"],
    "names.known": {},
    "names.ignore": [],
    "names.products": [],
    "names.use-git": True,
    "sections.required": None,
    "sections.template": None,
    "sections.names": {},
    "language": "auto",
    "rules": [],
}
"""What holds when nothing is said, by dotted key; None where the rules themselves decide."""
