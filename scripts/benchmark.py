"""How long blamecheck takes on invented documents of many shapes, as ratios to the start of Python.

python scripts/benchmark.py [--sizes 0.5 1 2] [--kinds prose table] [--timeout 300]

A shape whose MB/s falls as its size grows has an algorithm that is worse than linear.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_NAMES = (
    "Robin Ashgrove",
    "Dana Millbrook",
    "Kim",
    "Ines Falkenrath",
    "Tomasz",
    "@lee-hollow",
    "jsmith",
    "Priya Oduya",
)
_SENTENCES = (
    "{who} restarted the queue at {time} and the backlog began to shrink.",
    "The deploy of `gateway` {n} failed because {who} forgot to run the migration.",
    "Latency of the checkout service rose to {n} ms, and alerts fired in two regions.",
    "The root cause was human error during the failover of shard {n}.",
    "We do not know why the cache was cold; see [the ticket](https://example.org/T-{n}).",
    "{who} and {who} should have been more careful with the configuration.",
    "After {n} minutes the on-call engineer paged the storage team, who rolled back.",
    "Nothing in the runbook says what to do when the certificate expires.",
)
_CHINESE = (
    "值班工程师在{time}重启了队列服务，积压开始减少。",
    "根本原因是第{n}号分片切换时的人为失误。",
    "缓存为什么是冷的，目前还不清楚。",
)
_HEAD = "# Outage of the checkout\n\n## Summary\n\nOrders failed for an hour.\n\n"


def _sentence(chance: random.Random, forms: tuple[str, ...] = _SENTENCES) -> str:
    text = chance.choice(forms)
    while "{" in text:
        text = text.replace("{who}", chance.choice(_NAMES), 1)
        text = text.replace("{n}", str(chance.randrange(2, 9999)), 1)
        text = text.replace("{time}", f"{chance.randrange(24):02}:{chance.randrange(60):02}", 1)
    return text


def _prose(chance: random.Random) -> Iterator[str]:
    yield _HEAD
    while True:
        yield " ".join(_sentence(chance) for _ in range(5)) + "\n\n"


def _endless(chance: random.Random) -> Iterator[str]:
    """One sentence without a full stop, on one line."""
    while True:
        yield _sentence(chance).rstrip(".").replace("; ", " ") + " and "


def _wrapped(chance: random.Random) -> Iterator[str]:
    """One sentence without a full stop, on many lines."""
    return (part.removesuffix(" ") + "\n" for part in _endless(chance))


def _paragraph(chance: random.Random) -> Iterator[str]:
    """Many sentences on one line."""
    while True:
        yield _sentence(chance) + " "


def _unbroken(chance: random.Random) -> Iterator[str]:
    """One word, with a capital letter now and then."""
    while True:
        yield "".join(chance.choice("abcdefghijklmnopqrstuvwxyzAB0") for _ in range(100))


def _table(chance: random.Random) -> Iterator[str]:
    yield _HEAD + "## Timeline\n\n| Time | Who | Event |\n|---|---|---|\n"
    while True:
        yield f"| {chance.randrange(24):02}:15 | {chance.choice(_NAMES)} | {_sentence(chance)} |\n"


def _timeline(chance: random.Random) -> Iterator[str]:
    yield _HEAD + "## Timeline\n\n"
    for number in count():
        yield f"- {number // 60 % 24:02}:{number % 60:02} {_sentence(chance)}\n"


def _actions(chance: random.Random) -> Iterator[str]:
    yield _HEAD + "## Action items\n\n"
    while True:
        yield f"- [ ] Be more careful with shard {chance.randrange(99)} ({chance.choice(_NAMES)})\n"


def _headings(chance: random.Random) -> Iterator[str]:
    yield _HEAD
    names = ("Impact", "Root cause", "Timeline", "What went well", "Detection", "Shard", "Action items")
    while True:
        yield f"{'#' * chance.randrange(2, 7)} {chance.choice(names)} {chance.randrange(99)}\n\n{_sentence(chance)}\n\n"


def _labels(chance: random.Random) -> Iterator[str]:
    yield _HEAD
    while True:
        yield f"**{chance.choice(('Impact', 'Owner', 'Root cause', 'Detection'))}:** {_sentence(chance)}\n"


def _links(chance: random.Random) -> Iterator[str]:
    yield _HEAD
    while True:
        yield f"- [{chance.choice(_NAMES)} {chance.randrange(999)}](https://example.org/{chance.randrange(999)})\n"


def _code(chance: random.Random) -> Iterator[str]:
    yield _HEAD
    while True:
        yield "```sh\n" + "".join(f"kubectl get pods --shard {chance.randrange(99)}\n" for _ in range(40)) + "```\n\n"


def _spans(chance: random.Random) -> Iterator[str]:
    """Code, emphasis, quotation marks and comments in prose."""
    yield _HEAD
    while True:
        yield f'The `{chance.randrange(99)}` was **"{_sentence(chance)}"** <!-- note --> and *so* (the <b>shard</b>)\n'


def _quotes(chance: random.Random) -> Iterator[str]:
    yield _HEAD
    for number in count():
        yield f"{'> ' * (number % 40 + 1)}{_sentence(chance)}\n\n"


def _nested(chance: random.Random) -> Iterator[str]:
    yield _HEAD
    for number in count():
        yield f"{'  ' * (number % 60)}- {_sentence(chance)}\n"


def _deep(chance: random.Random) -> Iterator[str]:  # noqa: ARG001 - shapes share one signature
    """Quotes in quotes in quotes."""
    while True:
        yield ">"


def _ignores(chance: random.Random) -> Iterator[str]:
    yield _HEAD
    while True:
        yield f"{_sentence(chance)} <!-- blamecheck-ignore BC101 -- invented -->\n\n"


def _cjk(chance: random.Random) -> Iterator[str]:
    yield "# 结账服务中断\n\n## 摘要\n\n订单失败了一个小时。\n\n"
    while True:
        yield "".join(_sentence(chance, _CHINESE) for _ in range(8)) + "\n\n"


SHAPES: dict[str, Callable[[random.Random], Iterator[str]]] = {
    name.removeprefix("_"): shape
    for name, shape in list(globals().items())
    if name.startswith("_") and getattr(shape, "__annotations__", {}).get("return") == "Iterator[str]"
}


def document(kind: str, size: int) -> str:
    """An invented document of a shape, of so many characters; the same at each call."""
    parts: list[str] = []
    length = 0
    for part in SHAPES[kind](random.Random(7)):  # noqa: S311 - no secret
        parts.append(part)
        length += len(part)
        if length >= size:
            break
    return "".join(parts)[:size]


def seconds(command: list[str], environment: dict[str, str], limit: float, runs: int = 1) -> float:
    """The shortest time of some runs of a command; infinite when it takes longer than the limit or fails."""
    best = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        try:
            done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=limit)  # noqa: S603
        except subprocess.TimeoutExpired:
            return float("inf")
        if done.returncode:
            print(done.stderr.decode(errors="replace")[-300:])
            return float("inf")
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=float, nargs="+", default=[0.25, 0.5, 1], help="megabytes")
    parser.add_argument("--kinds", nargs="+", choices=SHAPES, default=list(SHAPES))
    parser.add_argument("--timeout", type=float, default=300)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "BLAMECHECK_CACHE_DIR": f"{folder}/cache", "PYTHONPATH": str(ROOT)}
        blank = seconds([sys.executable, "-c", "pass"], environment, 60, runs=5)
        _starts(folder, environment, blank)
        print(f"\n{'shape':12}{'MB':>6}{'seconds':>10}{'x python -c pass':>18}{'MB/s':>8}")
        for kind in arguments.kinds:
            for size in arguments.sizes:
                path = Path(folder, f"{kind}.md")
                path.write_text(document(kind, int(size * 1_000_000)), "utf-8")
                took = seconds(_check(path), environment, arguments.timeout)
                print(f"{kind:12}{size:6.2f}{took:10.2f}{took / blank:18.0f}{size / took:8.3f}", flush=True)


def _check(path: Path) -> list[str]:
    options = ["--no-git", "--no-config", "--exit-zero", "--format", "json"]
    return [sys.executable, "-m", "blamecheck", "check", *options, str(path)]


def _starts(folder: str, environment: dict[str, str], blank: float) -> None:
    """Print what it takes to start, and to check one document of 10 kB, with an empty cache and after that."""
    path = Path(folder, "small.md")
    path.write_text(document("prose", 10_000), "utf-8")
    program = [sys.executable, "-m", "blamecheck"]
    for name, command, runs in (
        ("10 kB, empty cache", _check(path), 1),
        ("10 kB", _check(path), 5),
        ("--version", [*program, "--version"], 5),
        ("--help", [*program, "--help"], 5),
    ):
        took = seconds(command, environment, 300, runs)
        print(f"{name:20}{took:8.3f} s {took / blank:6.1f} x python -c pass")


if __name__ == "__main__":
    main()
