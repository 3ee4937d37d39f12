#!/usr/bin/env python3
"""Reads every #include and compares it with layers_table.py: arrows between rooms, cycles between
folders, which folder uses which outside library, and that no outside library shows in a header that
another room reads.

    check_layers.py [ROOT]
"""
import collections
import pathlib
import re
import sys

import layers_table as table

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]', re.MULTILINE)
SYSTEM = re.compile(
    r"^([a-z_0-9]+|(assert|ctype|errno|fcntl|float|fnmatch|limits|locale|math|poll|pthread|pwd|sched|setjmp|signal|spawn"
    r"|stddef|stdint|stdio|stdlib|string|strings|termios|time|unistd|dirent|dlfcn|endian|ifaddrs|netdb)\.h"
    r"|(sys|net|netinet|arpa|linux)/\w+\.h)$")


def room_of(file: str) -> str | None:
    if table.MAIN.search(file) and not file.startswith("tests/"):
        return "app"  # a program's main is a roof wherever it stands
    best = max((folder for folder in table.ROOMS if file.startswith(folder + "/")), key=len, default=None)
    return table.ROOMS[best] if best else None


def library_of(header: str) -> str | None:
    return max((name for name in table.LIBRARIES if header.startswith(name)), key=len, default=None)


class Tree:
    """The sources below the root with their includes resolved to files of the project."""

    def __init__(self, root: pathlib.Path):
        self.includes: dict[str, list[str]] = {}  # project files
        self.outside: dict[str, list[str]] = {}   # headers of others
        self.problems: list[str] = []
        tops = sorted({folder.split("/")[0] for folder in table.ROOMS})
        for path in sorted(file for top in tops for file in (root / top).rglob("*.[ch]pp")):
            name = path.relative_to(root).as_posix()
            self.includes[name], self.outside[name] = [], []
            for mark, target in INCLUDE.findall(path.read_text(encoding="utf-8")):
                places = [target, f"kiosk/{target}"] if mark == '"' else []
                found = next((place for place in places if (root / place).is_file()), None)
                if found:
                    self.includes[name].append(found)
                elif mark == "<" or library_of(target):
                    self.outside[name].append(target)
                elif not name.startswith("tests/") and (path.parent / target).is_file():
                    self.problems.append(f"{name}: \"{target}\" must be written from the root")


def check_arrows(tree: Tree) -> list[str]:
    problems = []
    for file, targets in tree.includes.items():
        room = room_of(file)
        for target in targets:
            other = room_of(target)
            if other == room:
                continue
            if other not in table.MAY_KNOW[room]:
                problems.append(f"{file} includes {target}: {room} may not know {other}")
        for start, end, why in table.MISSING_ARROWS:
            if file.startswith(start + "/"):
                problems += [f"{file} includes {target}: {why}" for target in targets
                             if target.startswith(end + "/")]
    return problems


def folder_of(file: str) -> str:
    """The static library a file belongs to. Files that stand directly in a room, and the values of
    OWN_PLACE, are places of their own."""
    parts = pathlib.PurePosixPath(file).parts
    if file in table.OWN_PLACE or len(parts) < 3 or table.MAIN.search(file):
        return pathlib.PurePosixPath(file).with_suffix("").as_posix()
    folder = "/".join(parts[:2])
    return "kiosk/session" if folder == "kiosk/flows" else folder


def check_cycles(tree: Tree) -> list[str]:
    """Second-level folders are static libraries; their graph has no way back."""
    edges = collections.defaultdict(dict)
    for file, targets in tree.includes.items():
        for target in targets:
            start, end = folder_of(file), folder_of(target)
            if start != end and not start.startswith("tests"):
                edges[start].setdefault(end, f"{file} → {target}")
    problems, finished = [], set()

    def visit(folder: str, trail: list[str]) -> None:
        if folder in trail:
            circle = [*trail[trail.index(folder):], folder]
            proof = "; ".join(edges[a][b] for a, b in zip(circle, circle[1:]))
            problems.append(f"folders in a circle: {' → '.join(circle)} ({proof})")
        elif folder not in finished:
            for end in sorted(edges[folder]):
                visit(end, [*trail, folder])
            finished.add(folder)

    for folder in sorted(edges):
        visit(folder, [])
    return problems


def may_use(file: str, folder: str) -> bool:
    if folder == table.PROGRAMS:
        return table.MAIN.search(file) is not None
    return folder == "" or file.startswith(folder + "/")


def check_libraries(tree: Tree) -> list[str]:
    problems = []
    for file, headers in tree.outside.items():
        if file.startswith("tests/"):
            continue
        for header in headers:
            library = library_of(header)
            if library is None:
                if not SYSTEM.match(header):
                    problems.append(f"{file} includes <{header}>: no library of the table")
            elif not any(may_use(file, folder) for folder in table.LIBRARIES[library]):
                allowed = ", ".join(table.LIBRARIES[library]) or "tests only"
                problems.append(f"{file} includes <{header}>: allowed in {allowed}")
    return problems


def check_public_headers(tree: Tree) -> list[str]:
    """What another room reads, directly or through other headers, shows no outside library."""
    problems = set()
    for file in tree.includes:
        room, seen, waiting = room_of(file), set(), [file]
        if room == "tests":
            continue
        while waiting:
            current = waiting.pop()
            if current in seen:
                continue
            seen.add(current)
            waiting += tree.includes.get(current, [])
            if room_of(current) == room:
                continue
            for header in tree.outside.get(current, []):
                library = library_of(header)
                if library and library not in table.VOCABULARY:
                    problems.add(f"{current} shows <{header}> to {room} (through {file})")
    return sorted(problems)


def check(root: pathlib.Path) -> list[str]:
    tree = Tree(root)
    return (tree.problems + check_arrows(tree) + check_cycles(tree) + check_libraries(tree)
            + check_public_headers(tree))


if __name__ == "__main__":
    found = check(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[3]).resolve())
    print("\n".join(found) or "every arrow points down")
    sys.exit(1 if found else 0)
