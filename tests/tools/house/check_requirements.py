#!/usr/bin/env python3
"""tests/crawl/requirements.txt: one line for each of the 210 requirements, and every check, test, flow, tool and
figure of a benchmark it names exists.

    check_requirements.py [ROOT]
"""
import pathlib
import re
import sys

COUNT = 210
LINE = re.compile(r"(UX-\d{3}) (by|open|none) (\S.*)")


def tests_of(root: pathlib.Path) -> set[str]:
    names = set()
    for path in (root / "tests").rglob("*_test.cpp"):
        text = path.read_text(encoding="utf-8")
        names |= {f"{suite}.{name}" for suite, name in
                  re.findall(r"^TEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\)", text, re.MULTILINE)}
    return names


def checks_of(root: pathlib.Path) -> set[str]:
    names = set()
    for path in (root / "tests/crawl").glob("checks_*.cpp"):
        names |= set(re.findall(r'\{"([a-z_]+\.[a-z_]+)",', path.read_text(encoding="utf-8")))
    return names | {"longer." + name for name in names}


def has_figure(root: pathlib.Path, words: str) -> bool:
    """BENCH FIGURE: tests/bench/BENCH.py is there, and a benchmark names a figure that begins like that."""
    bench, _, figure = words.partition(" ")
    folder = root / "tests/bench"
    sources = [*folder.glob("*.py"), *folder.glob("*.cpp")]
    return ((folder / f"{bench}.py").is_file() and bool(figure)
            and any(f'"{figure}' in source.read_text(encoding="utf-8") for source in sources))


def is_tool(root: pathlib.Path, name: str) -> bool:
    """A tool of the tests that CTest runs."""
    listed = (root / "tests/tools/CMakeLists.txt")
    return (root / "tests/tools/house" / name).is_file() and listed.is_file() and name in listed.read_text(encoding="utf-8")


def check(text: str, root: pathlib.Path, checks: set[str], tests: set[str]) -> list[str]:
    problems, seen = [], set()
    for number, line in enumerate(text.splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        match = LINE.fullmatch(line)
        if not match:
            problems.append(f"line {number}: UX-NNN by|open|none …")
            continue
        if match[1] in seen:
            problems.append(f"line {number}: {match[1]} again")
        seen.add(match[1])
        for proof in match[3].split(", ") if match[2] == "by" else []:
            kind, _, name = proof.partition(" ")
            there = {"check": name in checks, "test": name in tests, "flow": (root / name).is_file(),
                     "bench": has_figure(root, name), "tool": is_tool(root, name)}.get(kind, False)
            if not there:
                problems.append(f"line {number}: there is no {proof}")
    if len(seen) != COUNT:
        problems.append(f"{len(seen)} requirements; there are {COUNT}")
    return problems


if __name__ == "__main__":
    top = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[3]).resolve()
    found = check((top / "tests/crawl/requirements.txt").read_text(encoding="utf-8"), top, checks_of(top), tests_of(top))
    print("\n".join(found) or "every requirement has its line")
    sys.exit(1 if found else 0)
