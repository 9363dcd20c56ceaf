"""Times and dates as timelines write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from blamecheck.markdown import Span

DAY = 24 * 60 * 60
_NAMES = (
    "jan januar january janvier enero janeiro",
    "feb februar february février fevrier febrero fevereiro",
    "mar märz march mars marzo março",
    "apr april avril abril",
    "may mai mayo maio",
    "jun june juni juin junio junho",
    "jul july juli juillet julio julho",
    "aug august août aout agosto",
    "sep sept september septembre septiembre setembro",
    "oct october oktober octobre octubre outubro",
    "nov november novembre noviembre novembro",
    "dec december dezember décembre diciembre dezembro",
)
MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
"""A regular expression of the names of months, longest first."""
_CLOCK = re.compile(
    r"(?<![\d:.,+#$€/-])(?:"
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?!\d)(?::(?P<second>\d{2})(?:[.,]\d+)?)?(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?(?!:?\d)"
    r"|(?P<hour2>\d{1,2})\s?(?:h|hs|hrs|Uhr|時|点|點|时)\s?(?P<minute2>\d{2}|\d(?=分))?(?![\w%])"
    r"|(?P<hour2b>\d{1,2})(?:時|点|點|时)(?P<minute2b>\d{1,2})?分?"
    r"|(?P<hour3>\d{1,2})(?:\.(?P<minute3>\d{2}))?\s?(?P<half3>[ap])\.?m\b\.?"
    r"|(?P<hour4>\d{1,2})\.(?P<minute4>\d{2})(?=\s?(?:Uhr|[A-Z]{2,4}T\b|UTC|GMT|h\b))"
    r"|(?P<hour5>\d{2})(?P<minute5>\d{2})(?=\s?(?:Z\b|UTC|GMT|hrs?\b|hours\b|[PECM][SD]T\b))"
    r"|(?<=\d-\d\d )(?P<hour6>[01]\d|2[0-3])(?P<minute6>[0-5]\d)\b)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?<!\w)(?:T\s?[+−-]?\s?\d|T0|[+−]\s?\d+(?::\d{2}|\s?(?:s|m|h|d|min|sec|hr|hours?|minutes?|days?)\b))",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})(?!\d)")
_NAMED = re.compile(
    rf"\b(?:(?P<month>{MONTH})\b\.?,?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:)"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?(?:\s+|-)(?:of\s+|de\s+)?(?P<month2>{MONTH})\b)"
    r"\.?(?:[ ,-]+(?:de\s+)?(?P<year>(?:19|20)\d{2})\b)?"
    r"|(?P<month3>\d{1,2})月(?P<day3>\d{1,2})日",
    re.IGNORECASE,
)
_SHORT = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{2,4}))?(?![\d/.:-])")
_OTHER_DAY = re.compile(
    r"\b(?:mon|tues?|wed|thu(?:rs)?|fri|sat|sun)(?:day|nesday|urday)?\b|\bday \d|翌日|次日|第二天"
    r"|\b(?:next|following|same|previous|later|another) (?:day|morning|week|month|evening|night)"
    r"|\b(?:yesterday|tomorrow|today|weekend|(?:weeks?|days?|months?) later)\b",
    re.IGNORECASE,
)
_NO_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Moment:
    """When an entry is: what is known of it.

    `time` is in seconds since midnight, `day` the ordinal of a date (with the year 2000 when it has none),
    `place` where the time, or else the date, stands. `sure` is false for a date with two readings, and for
    words such as "the next day". `half` says that the time has am or pm; `impossible` that there is no such time.
    """

    place: Span
    time: int | None = None
    day: int | None = None
    sure: bool = True
    half: bool = False
    relative: bool = False
    impossible: bool = False


def moment(text: str, start: int, end: int) -> Moment | None:
    """The first time, and the date before it or right after it, within a part of a text."""
    clock, day, impossible = _CLOCK.search(text, start, end), None, False
    named = _ISO.search(text, start, end) or _NAMED.search(text, start, end)
    short = None if named else _SHORT.search(text, start, clock.start() if clock else end)
    if named:
        day, impossible = _day(named)
    other = short or _OTHER_DAY.search(text, start, end)
    sure = not other or bool(named)
    relative = _RELATIVE.search(text, start, end)
    counted = relative is not None and relative[0][0] in "Tt+"
    if clock and not (relative and counted and relative.start() <= clock.start()):
        time, half = _time(clock)
        return Moment(Span(*clock.span()), time, day, sure, half, impossible=impossible or time is None)
    if relative:
        return Moment(Span(*relative.span()), relative=True)
    found = named or short
    return Moment(Span(*found.span()), day=day, sure=sure, impossible=impossible) if found else None


def _time(match: re.Match[str]) -> tuple[int | None, bool]:
    """Seconds since midnight, None when there is no such time, and whether am or pm is said."""
    groups = match.groupdict()
    hour = int(
        next(groups[key] for key in ("hour", "hour2", "hour2b", "hour3", "hour4", "hour5", "hour6") if groups[key])
    )
    minute = int(next((groups[key] for key in groups if key.startswith("minute") and groups[key]), 0))
    half = (groups["half"] or groups["half3"] or "").lower()
    second = int(groups["second"] or 0)
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and minute):
        return None, bool(half)
    return hour * 3600 + minute * 60 + second, bool(half)


def _day(match: re.Match[str]) -> tuple[int | None, bool]:
    """The ordinal of a date, None and true when there is no such day."""
    groups = match.groupdict()
    name = groups.get("month") or groups.get("month2") or groups.get("month3") or ""
    month = int(name) if name.isdigit() else MONTHS[name.lower()]
    day = int(groups.get("day") or groups.get("day2") or groups.get("day3") or 0)
    try:
        return date(int(groups.get("year") or _NO_YEAR), month, day).toordinal(), False
    except ValueError:
        return None, True
