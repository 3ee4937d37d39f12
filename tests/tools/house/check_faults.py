#!/usr/bin/env python3
"""offline/FAULTS.md: each of the 70 rows of the fault matrix and each of the 22 invariants stands there once, in order,
with a test that exists in the sources or with a sentence, and no test that names a row is forgotten there.

    check_faults.py [ROOT]
"""
import pathlib
import re
import sys

ROWS, INVARIANTS = 70, 22
TEST = re.compile(r"`([\w.]+\.[\w]+)`")
SENTENCE = re.compile(r"[A-Z][^`|]{20,}\.")


def tests_of(root: pathlib.Path) -> set[str]:
    """suite.test of GoogleTest, also when clang-format broke the line, and of CTest's own names of programs."""
    names = set()
    for path in (root / "tests").rglob("*_test.cpp"):
        names |= {f"{suite}.{name}" for suite, name in
                  re.findall(r"^TEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\)", path.read_text(encoding="utf-8"), re.MULTILINE)}
    for path in (root / "tests").rglob("CMakeLists.txt"):
        text = path.read_text(encoding="utf-8")
        # FUNCTION(name …) whose function adds the test PREFIX.${name}.
        for function, body in re.findall(r"^function\((\w+) name.*?\)\n(.*?)^endfunction", text, re.MULTILINE | re.DOTALL):
            for prefix in re.findall(r"NAME ([\w]+)\.\$\{name\}", body):
                names |= {f"{prefix}.{name}" for name in re.findall(rf"^{function}\((\w+)", text, re.MULTILINE)}
    return names


def check(text: str, tests: set[str]) -> list[str]:
    problems: list[str] = []
    rows: list[int] = []
    invariants: list[int] = []
    named: set[str] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        match = re.fullmatch(r"(I?)(\d+)", cells[0]) if len(cells) == 3 else None
        if not match:
            continue
        (invariants if match[1] else rows).append(int(match[2]))
        here = [name for name in TEST.findall(line) if not name.endswith(".py")]
        named |= set(here)
        if not match[1] and not here and not SENTENCE.search(cells[2]):
            problems.append(f"line {number}: neither a test nor a sentence")
        if match[1] and not here and not re.search(r"[a-z]{4,}", cells[1]):
            problems.append(f"line {number}: asked by nobody")
        problems += [f"line {number}: there is no test {name}" for name in here if name not in tests]
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
