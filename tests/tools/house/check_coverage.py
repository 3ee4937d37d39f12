#!/usr/bin/env python3
"""kiosk/catalogue/COVERAGE.md: each of the 97 demands of the policy papers that are a must stands there once, in order, with one
of three states; what is done names a test, what is not says what is missing; pages and tests exist; the counts are right.

    check_coverage.py [ROOT]
"""
import pathlib
import re
import sys

from named_tests import NAMED, cells_of, has_sentence, missing, tests_of

# The rows of the list of demands that are a must: the others have numbers, too.
MUST = {"A": (1, 2, 3, 4, 5, 6, 7, 10), "B": (1, 2, 3, 5, 6, 7, 9, 10, 11, 12, 14, 16, 17, 19), "C": (1, 2, 3, 8),
        "D": (1, 3, 4, 5, 6, 8, 9, 10, 13, 15, 16), "E": (1, 2, 4, 5, 9, 10, 11, 17), "F": (1, 2, 3, 5, 8), "G": (1, 3, 8),
        "I": (1, 2, 3, 4, 6, 7, 9, 15, 16, 17, 18), "J": (1, 2, 4, 5, 8, 9, 10, 11, 12, 15), "K": (1, 2), "M": (1, 2, 3, 7, 10),
        "N": (1, 2, 3), "P": (1, 2, 3, 4, 5, 6, 12), "R": (1, 2), "S": (2, 3), "T": (1, 9)}
ROWS = [f"{group}{number}" for group, numbers in MUST.items() for number in numbers]
CONTRADICTIONS = ["1", "2", "3", "4", "5"]
STATES = ("done", "partly", "not yet")
SETTINGS = ("setting", "partly", "not yet")
PAGE = re.compile(r"`([^`]*)`")
COUNTS = re.compile(r"Of the (\d+) demands (\d+) are done, (\d+) partly and (\d+) not yet\.")
HANZI = re.compile("[\u4e00-\u9fff]")


def check_row(cells: list[str], number: int, pages: set[str]) -> list[str]:
    row, demand, state, shown, last = cells
    problems = []
    if len(demand) < 20 or not HANZI.search(demand):
        problems.append("does not say what is asked, with its Chinese term")
    if state not in STATES:
        problems.append(f"'{state}' is no state")
    named = [name for name in NAMED.findall(last) if not name.endswith(".py")]
    if state == "done" and not named:
        problems.append("is done and names no test")
    if state == "not yet" and (named or shown != "–"):
        problems.append("is not yet there, and names a test or a page")
    if state != "done" and not has_sentence(last):
        problems.append("does not say what is missing")
    if shown != "–" and not PAGE.search(shown):
        problems.append("names no page, and does not say that there is none")
    problems += [f"there is no page {page}" for page in PAGE.findall(shown) if page not in pages]
    return [f"line {number}: {row} {problem}" for problem in problems]


def check_contradiction(cells: list[str], number: int) -> list[str]:
    problems = []
    if cells[2] not in SETTINGS:
        problems.append(f"line {number}: '{cells[2]}' does not say whether it is a setting")
    if not has_sentence(cells[3]):
        problems.append(f"line {number}: does not say how, or what is missing")
    return problems


def check(text: str, tests: set[str], pages: set[str]) -> list[str]:
    problems: list[str] = []
    rows: list[str] = []
    contradictions: list[str] = []
    states: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        cells = cells_of(line)
        if not cells or re.fullmatch(r"#|-+", cells[0]):
            continue
        problems += missing(line, number, tests)
        is_row = not cells[0].isdigit()
        (rows if is_row else contradictions).append(cells[0])
        if len(cells) != (5 if is_row else 4):
            problems.append(f"line {number}: {len(cells)} cells")
        elif is_row:
            states.append(cells[2])
            problems += check_row(cells, number, pages)
        else:
            problems += check_contradiction(cells, number)
    for what, found, wanted in (("rows", rows, ROWS), ("contradictions", contradictions, CONTRADICTIONS)):
        if found != wanted:
            odd = sorted(set(found) ^ set(wanted)) or "in another order or twice"
            problems.append(f"the {what} are not those of the list: {odd}")
    counted = (len(states), *(states.count(state) for state in STATES))
    said = COUNTS.search(text)
    if said is None:
        problems.append("nothing says how many are done, partly and not yet")
    elif tuple(map(int, said.groups())) != counted:
        problems.append("the counts at the top are {} of {} done, {} partly, {} not yet".format(
            counted[1], counted[0], *counted[2:]))
    return problems


def pages_of(root: pathlib.Path) -> set[str]:
    """Pages that have a reference, and those that the gallery is given by name."""
    names = {tree.stem for tree in (root / "tests/screens/trees").glob("*.txt")}
    for path in (root / "kiosk/app/training/gallery").glob("*.cpp"):
        names |= set(re.findall(r'\b(?:add|once)\([^"\n]*"(\w+)"', path.read_text(encoding="utf-8")))
    return names


if __name__ == "__main__":
    top = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[3]).resolve()
    coverage = (top / "kiosk/catalogue/COVERAGE.md").read_text(encoding="utf-8")
    found = check(coverage, tests_of(top), pages_of(top))
    print("\n".join(found) or "every demand has its row")
    sys.exit(1 if found else 0)
