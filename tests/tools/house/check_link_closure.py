#!/usr/bin/env python3
"""Program × library: what each program may not contain, read from the link lines of the finished build
(static libraries bring theirs along, so these are the whole closure) and from the programs' symbols.

    check_link_closure.py BUILD_DIR
"""
import pathlib
import re
import subprocess
import sys

NETWORK = ["curl", "offline_sync"]
STORE = ["sqlite3", "offline_store", "offline_outbox"]
CENTRE = ["offline_intake", "offline_courier_centre", r"pq$"]
SCREEN = ["SDL2", "freetype", "rime", "ui_", "opencv_", "cairo", "pango"]
DEVICES = ["drivers_", "usb-1.0", "turbojpeg"]
EMULATION = ["drivers_emulation", r"drivers_\w+_emulated", "ui_training_panel",
             "app_training", "app_samples", "app_gallery"]

# Program → beginnings of library names that must not be linked, and symbols that must not be inside.
MUST_NOT = {
    "kiosk": (NETWORK + STORE + CENTRE + EMULATION,
              [r"\bdrivers::emulation::", r"\b\w*Emulated\w*::", r"\bhttplib::"]),
    "kiosk-training": (NETWORK + STORE + CENTRE, [r"\bhttplib::"]),
    "kiosk-technician": (NETWORK + STORE + CENTRE + EMULATION + ["SDL2", "rime", "ui_"],
                         [r"\bdrivers::emulation::", r"\b\w*Emulated\w*::", r"\bhttplib::"]),
    "kiosk-post": (SCREEN + DEVICES + CENTRE, [r"\boffline::intake::", r"\bhttplib::"]),
    "kiosk-update": (NETWORK + STORE + CENTRE + SCREEN + DEVICES + EMULATION, [r"\bhttplib::", r"\boffline::sync::"]),
    "intake": (SCREEN + DEVICES + NETWORK, [r"\bdrivers::"]),
    "kiosk-photo-decoder-training": (NETWORK + STORE + CENTRE + SCREEN, []),
}


def link_lines(ninja: str) -> dict[str, list[str]]:
    """Program → the names of the libraries on its link line (libX.a, libX.so → X)."""
    programs = {}
    for block in re.finditer(r"^build bin/([\w-]+): CXX_EXECUTABLE_LINKER.*\n((?:  .*\n)*)", ninja, re.MULTILINE):
        line = re.search(r"^  LINK_LIBRARIES = (.*)$", block[2], re.MULTILINE)
        words = line[1].split() if line else []
        names = [re.match(r"(?:lib)?(.+?)\.(?:a|so)\b", pathlib.PurePath(word).name) for word in words]
        programs[block[1]] = ([name[1] for name in names if name]
                              + [word[2:] for word in words if word.startswith("-l")])
    return programs


def forbidden_libraries(libraries: list[str], forbidden: list[str]) -> list[str]:
    return [name for name in libraries if any(re.match(pattern, name) for pattern in forbidden)]


def symbols(program: pathlib.Path) -> str:
    return subprocess.run(["nm", "--demangle", "--defined-only", program], capture_output=True, text=True,
                          check=True).stdout


def check(build: pathlib.Path) -> list[str]:
    programs = link_lines((build / "build.ninja").read_text(encoding="utf-8"))
    problems = []
    for program, (libraries, patterns) in MUST_NOT.items():
        if program not in programs:
            problems.append(f"{program} is in the table but not in the build")
            continue
        problems += [f"{program} must not link {name}"
                     for name in forbidden_libraries(programs[program], libraries)]
        table = symbols(build / "bin" / program) if patterns else ""
        if patterns and " main" not in table:
            problems.append(f"{program} shows no symbols; they are needed for this check")
        for pattern in patterns:
            if match := re.search(f"^.*{pattern}.*$", table, re.MULTILINE):
                problems.append(f"{program} must not contain {match[0].split(maxsplit=2)[-1]}")
    return problems


if __name__ == "__main__":
    found = check(pathlib.Path(sys.argv[1]))
    print("\n".join(found) or "every program holds only what it may")
    sys.exit(1 if found else 0)
