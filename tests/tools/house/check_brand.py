#!/usr/bin/env python3
"""The tree ships no emblem and no logo: pictures lie only where pages are compared or demonstrated, and the mark in
the header comes from the county's pack, which here names an invented one.

    check_brand.py [ROOT]
"""
import json
import pathlib
import re
import sys

PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".ico", ".svg", ".ttf", ".otf", ".woff", ".woff2", ".pdf"}
# Drawn by this project's own programs: reference pictures of pages and the demonstration's.
OWN = ("tests/screens/reference/", "kiosk/demo/pictures/")
TOPS = ("kiosk", "ui", "drivers", "offline", "provisioning", "tests")
EMBLEM = re.compile("国徽|警徽|党徽|税徽|national emblem", re.IGNORECASE)
SOURCES = {".cpp", ".hpp", ".in", ".toml", ".json", ".cmake"}


def check_pack(name: str, pack: dict) -> list[str]:
    problems = []
    if len(pack.get("brand_mark", "")) != 1:
        problems.append(f"{name}: the brand mark is one character, drawn in the text font")
    if "示例" not in pack.get("organisation", {}).get("zh", ""):
        problems.append(f"{name}: names an organisation that is not invented (示例…)")
    return problems


def check(root: pathlib.Path) -> list[str]:
    problems = []
    for top in TOPS:
        for path in sorted((root / top).rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.suffix.lower() in PICTURES and not name.startswith(OWN):
                problems.append(f"{name}: a picture that no program of this project drew")
            if path.suffix in SOURCES and (match := EMBLEM.search(path.read_text(encoding="utf-8", errors="replace"))):
                problems.append(f"{name}: {match[0]}")
    for path in sorted((root / "kiosk/catalogue/packs").rglob("pack.json")):
        problems += check_pack(path.relative_to(root).as_posix(), json.loads(path.read_text(encoding="utf-8", errors="replace")))
    return problems


if __name__ == "__main__":
    found = check(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[3]).resolve())
    print("\n".join(found) or "no emblem and no logo")
    sys.exit(1 if found else 0)
