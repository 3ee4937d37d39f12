#!/usr/bin/env python3
"""tests/faults/MATRIX.md: each of the 93 faults of a day on duty stands there once, in order, and after them those that are
asked for by name; each with a test that exists or with a sentence, and no flow of tests/faults is forgotten there.

    check_fault_matrix.py [ROOT]
"""
import pathlib
import re
import sys

from named_tests import NAMED, cells_of, has_sentence, missing, of_ctest, tests_of

# How many faults each group has, in the order of the matrix.
GROUPS = {"F": 18, "P": 13, "U": 9, "ST": 10, "C": 5, "N": 12, "O": 12, "W": 5, "L": 9}
FAULTS = [f"{group}{number}" for group, count in GROUPS.items() for number in range(1, count + 1)]
BY_NAME = ["wrong code", "used code", "expired code", "clock at 1970", "duplicate terminal", "revoked terminal",
           "cloned disk", "full disk", "read-only disk", "dead TPM", "no printer", "update cut at every step",
           "a watchdog fed while the screen is frozen", "hostile bundle", "hostile update", "hostile invitation",
           "a configuration with faults", "a command that is old, replayed or for another terminal",
           "a support bundle while somebody is served"]


def check(text: str, tests: set[str], flows: set[str]) -> list[str]:
    """`flows`: those of tests/faults, none of which may be forgotten."""
    problems: list[str] = []
    faults: list[str] = []
    by_name: list[str] = []
    named: set[str] = set(NAMED.findall(text))
    for number, line in enumerate(text.splitlines(), start=1):
        cells = cells_of(line)
        if not cells or re.fullmatch(r"#|-+|fault", cells[0]):
            continue
        is_fault = re.fullmatch(r"[A-Z]{1,2}\d+", cells[0]) is not None
        if len(cells) != (3 if is_fault else 2):
            problems.append(f"line {number}: {len(cells)} cells")
            continue
        (faults if is_fault else by_name).append(cells[0])
        if not NAMED.search(cells[-1]) and not has_sentence(cells[-1]):
            problems.append(f"line {number}: neither a test nor a sentence")
        if is_fault and len(cells[1]) < 8:
            problems.append(f"line {number}: {cells[0]} does not say what goes wrong")
        problems += missing(line, number, tests)
    for what, found, wanted in (("faults", faults, FAULTS), ("faults by name", by_name, BY_NAME)):
        if found != wanted:
            odd = sorted(set(found) ^ set(wanted)) or "in another order or twice"
            problems.append(f"{what} are not those of the list: {odd}")
    problems += [f"{name} is named by no fault" for name in sorted(flows - named)]
    return problems


def played(folder: pathlib.Path) -> set[str]:
    """Every flow of tests/faults and every fault of its programs, as CTest must know them."""
    names = {file.stem for file in folder.glob("*.flow")}
    for file in (folder / "processes").glob("*.py"):
        names |= set(re.findall(r"^@fault\ndef (\w+)\(", file.read_text(encoding="utf-8"), re.MULTILINE))
    return {f"fault.{name}" for name in names}


if __name__ == "__main__":
    top = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[3]).resolve()
    folder = top / "tests/faults"
    added = of_ctest((folder / "CMakeLists.txt").read_text(encoding="utf-8"))
    found = check((folder / "MATRIX.md").read_text(encoding="utf-8"), tests_of(top), added)
    found += [f"{name} is there, and no test plays it" for name in sorted(played(folder) - added)]
    print("\n".join(found) or "every fault has its line")
    sys.exit(1 if found else 0)
