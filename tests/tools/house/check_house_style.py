#!/usr/bin/env python3
"""The house rules a machine can see: banned words with what to use instead, the length of files, and
how the Chinese texts speak to citizens.

    check_house_style.py [ROOT]
"""
import pathlib
import re
import sys
import tomllib

MAX_LINES = 500
MAX_FAULT_HANZI = 24

# What, why and what instead, where it is allowed all the same.
MAIN = r"(^|/)(\w+_)?main\.cpp$"
BANNED = [
    (r"\bstd::rand\b|\bsrand\s*\(", "base/random.hpp", None),
    (r"\b(system|high_resolution)_clock::now\b", "base::Clock", r"^kiosk/base/clock\.cpp$"),
    # The loop, its script player, the mains and bounded waits of tests measure in real time whatever the clock says.
    (r"\bsteady_clock::now\b", "base::Clock", r"^tests/|^kiosk/base/|^kiosk/app/(kiosk_loop|training/)|" + MAIN),
    # A probe that looks at a display from outside has nothing to wait for but the next look.
    (r"\bsleep_(for|until)\b|\bu?sleep\s*\(|\bnanosleep\s*\(", "a deadline and a condition", r"^tests/bench/"),
    # The service manager speaks through the environment (sd_notify(3), sd_listen_fds(3)).
    (r"\bgetenv\s*\(", "the configuration file", r"^tests/|^kiosk/base/service_notice|" + MAIN),
    (r"\bstd::(cout|cerr|clog)\b|\bprintf\s*\(|\bputs\s*\(", "the event log", MAIN),
    (r"\.detach\s*\(\)", "std::jthread and a stop_token", None),
    (r"\bImGui::InputText", "the project's own field, which forgets with the session", None),
    (r"(?<![\w.:>])(std::|::)?system\s*\(|\bpopen\s*\(", "posix_spawn with an argument list", None),
    (r"\bstd::views\b|\bstd::source_location\b", "a loop; clang 14 does not have it", None),
    (r"\busing namespace std\s*;", "the names written out", None),
]
UNFINISHED = re.compile(r"\b(FIXME|XXX|TODO(?!\(#\d+\)))\b")

CITIZEN_BANNED = {
    "非法": "说明哪里不对、怎么改", "无效": "说明哪里不对、怎么改", "系统异常": "这台机器出了点问题",
    "参数错误": "说明哪一项要改", "请输入正确的": "说明正确的样子",
}
HANZI = "\u3400-\u9fff\U00020000-\U0003134f"
HALF_WIDTH = re.compile(f"(?<=[{HANZI}])[,!?;:](?=[{HANZI}]|$)")


def without_comments(code: str) -> str:
    """The code with comments blanked, line numbers kept; the words of comments are free."""
    def blank(match: re.Match) -> str:
        return match[0] if match[0].startswith('"') else re.sub(r"[^\n]", " ", match[0])
    return re.sub(r'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/', blank, code, flags=re.DOTALL)


def without_strings(code: str) -> str:
    return re.sub(r'"(?:\\.|[^"\\\n])*"', '""', code)


def check_code(name: str, text: str) -> list[str]:
    problems = []
    lines = text.count("\n")
    if lines > MAX_LINES:
        problems.append(f"{name}: {lines} lines; divide it by meaning (at most {MAX_LINES})")
    for number, line in enumerate(text.splitlines(), start=1):
        if match := UNFINISHED.search(line):
            problems.append(f"{name}:{number}: {match[0]} does not go in; file an issue: TODO(#issue)")
    if name.startswith("tests/") and not name.endswith("pp"):
        return problems
    for number, line in enumerate(without_strings(without_comments(text)).splitlines(), start=1):
        for pattern, instead, allowed in BANNED:
            if (match := re.search(pattern, line)) and not (allowed and re.search(allowed, name)):
                problems.append(f"{name}:{number}: {match[0].strip()} → {instead}")
    if name.endswith(".hpp") and "#pragma once" not in text:
        problems.append(f"{name}: no #pragma once")
    return problems


def check_chinese(place: str, text: str) -> list[str]:
    problems = [f"{place}: “{word}” → {instead}" for word, instead in CITIZEN_BANNED.items() if word in text]
    if match := HALF_WIDTH.search(text):
        problems.append(f"{place}: half-width “{match[0]}” in “{text}”")
    return problems


def check_faults(name: str, rows: dict) -> list[str]:
    problems = []
    for code, row in rows.items():
        place = f"{name} [{code}]"
        problems += check_chinese(place, row["zh"])
        hanzi = len(re.findall(f"[{HANZI}]", row["zh"]))
        if hanzi > MAX_FAULT_HANZI:
            problems.append(f"{place}: {hanzi} Hanzi; a fault fits in {MAX_FAULT_HANZI}: {row['zh']}")
    return problems


def check_messages(name: str, rows: dict) -> list[str]:
    return [problem for key, row in rows.items() for problem in check_chinese(f"{name} [{key}]", row["zh"])]


def check(root: pathlib.Path) -> list[str]:
    problems = []
    for top in ("kiosk", "ui", "drivers", "offline", "provisioning", "tests"):
        for path in sorted((root / top).rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.suffix in (".cpp", ".hpp", ".py") and "check_house_style" not in name:
                problems += check_code(name, path.read_text(encoding="utf-8"))
    base = root / "kiosk/base"
    faults = base / "faults.toml"
    if faults.exists():
        problems += check_faults("kiosk/base/faults.toml", tomllib.loads(faults.read_text(encoding="utf-8")))
    for path in sorted((base / "messages").glob("*.toml")):
        problems += check_messages(f"kiosk/base/messages/{path.name}",
                                   tomllib.loads(path.read_text(encoding="utf-8")))
    return problems


if __name__ == "__main__":
    found = check(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[3]).resolve())
    print("\n".join(found) or "the house is in order")
    sys.exit(1 if found else 0)
