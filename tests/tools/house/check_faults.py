#!/usr/bin/env python3
"""offline/FAULTS.md: each of the 70 rows of the fault matrix and each of the 22 invariants stands there once, in order,
with a test that exists in the sources or with a sentence, and no test that names a row is forgotten there.

    check_faults.py [ROOT]
"""
import pathlib
import re
import sys

from named_tests import NAMED, cells_of, has_sentence, missing, tests_of

ROWS, INVARIANTS = 70, 22


def check(text: str, tests: set[str]) -> list[str]:
    problems: list[str] = []
    rows: list[int] = []
    invariants: list[int] = []
    named: set[str] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        cells = cells_of(line)
        match = re.fullmatch(r"(I?)(\d+)", cells[0]) if len(cells) == 3 else None
        if not match:
            continue
        (invariants if match[1] else rows).append(int(match[2]))
        here = [name for name in NAMED.findall(line) if not name.endswith(".py")]
        named |= set(here)
        if not match[1] and not here and not has_sentence(cells[2]):
            problems.append(f"line {number}: neither a test nor a sentence")
        if match[1] and not here and not re.search(r"[a-z]{4,}", cells[1]):
            problems.append(f"line {number}: asked by nobody")
        problems += missing(line, number, tests)
    for what, found, count in (("row", rows, ROWS), ("invariant", invariants, INVARIANTS)):
        if found != list(range(1, count + 1)):
            odd = sorted(set(range(1, count + 1)) ^ set(found)) or "in another order or twice"
            problems.append(f"{what}s are not 1 to {count}: {odd}")
    problems += [f"{name} is a mutant that no invariant names"
                 for name in sorted(tests) if name.startswith("mutants.") and name not in named]
    return problems


if __name__ == "__main__":
    top = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[3]).resolve()
    found = check((top / "offline/FAULTS.md").read_text(encoding="utf-8"), tests_of(top))
    print("\n".join(found) or "every fault has its line")
    sys.exit(1 if found else 0)
