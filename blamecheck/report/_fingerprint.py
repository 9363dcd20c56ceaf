"""What a finding is known by from one run to the next, whatever line it has moved to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from blamecheck.finding import Finding


def fingerprints(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Each finding with 64 hexadecimal digits of its path, rule, text and how often that came before."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        key = finding.path, finding.rule, " ".join(finding.excerpt.split())
        text = "\0".join((*key, str(seen[key])))
        seen[key] += 1
        yield finding, sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
