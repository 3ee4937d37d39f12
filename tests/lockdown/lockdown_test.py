#!/usr/bin/env python3
"""Tries to break out of the running app: the ways known from kiosks, with keyboard, mouse and messages of the display.

    lockdown_test.py --bin DIR [--out DIR]

The app runs full screen on a display without a window manager, as it does on a terminal. Keys that reach nobody prove
nothing, so after every few attempts the help key must open the help page and close it again: the app took everything that
came before it, in order, and still answers. Fingers cannot be played on this display (XTest has none); the app's own fingers are
in tests/unit/ui, and the mash here is of keys and buttons. What the kernel and Xorg do with Ctrl+Alt+F1 and the magic keys
is not seen here either: their settings are in provisioning/systemd, kept there by tests/tools/units_test.py.
"""
import argparse
import itertools
import os
import pathlib
import random
import shutil
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "tests/flows/runner"), str(ROOT / "tests/flows/proof"), str(ROOT / "provisioning")]

import training_state  # noqa: E402
from children import START_LIMIT_S, Children, free_port, tail  # noqa: E402
from flow_script import FlowError  # noqa: E402
from kiosk_control import KioskControl  # noqa: E402
from own_screen import SIZE, OwnScreen  # noqa: E402

SKIPPED = 77
HOME, HELP = "home", "help"
# The keypad's keys are for everybody (ui/shell/keypad.cpp) and are not tried here, but for F1: it is
# help whatever is held beside it.
CONTROL, ALT, SHIFT, SUPER = "Control_L", "Alt_L", "Shift_L", "Super_L"

FUNCTION_KEYS = [f"F{number}" for number in range(1, 13)]
BREAK_OUTS = (
    # Another console, another session, the server's end
    [[CONTROL, ALT, key] for key in FUNCTION_KEYS]
    + [[CONTROL, ALT, "Delete"], [CONTROL, ALT, "BackSpace"], [CONTROL, ALT, "KP_Subtract"], [CONTROL, ALT, "KP_Add"],
       [CONTROL, ALT, "t"], [CONTROL, ALT, "l"], [CONTROL, ALT, "d"], [ALT, "Print"], [ALT, "Print", "r"],
       [ALT, "Print", "k"], [ALT, "Print", "b"]]
    # Another window
    + [[ALT, "F4"], [ALT, "Tab"], [ALT, SHIFT, "Tab"], [ALT, "Escape"], [CONTROL, "Escape"], [CONTROL, SHIFT, "Escape"],
       [ALT, "F2"], [ALT, "grave"], [CONTROL, "Tab"], [ALT, "F1"], [ALT, "F10"], [SUPER], ["Super_R"], [SUPER, "d"],
       [SUPER, "l"], [SUPER, "r"], [SUPER, "e"], [SUPER, "Tab"], [SUPER, "m"], [SUPER, "Up"], [SUPER, "Down"]]
    # What a browser or an office program would do
    + [[CONTROL, key] for key in "wqnopstfhjurlac"]
    + [[CONTROL, SHIFT, key] for key in "wqntijc"]
    + [[CONTROL, "v"], [SHIFT, "Insert"], [ALT, "d"], [ALT, "Home"], [CONTROL, "plus"], [CONTROL, "minus"], [CONTROL, "0"]]
    + [["F3"], ["F5"], ["F6"], ["F10"], ["F11"], ["F12"], [SHIFT, "F10"], ["Menu"], ["Print"], ["Pause"], ["Escape"],
       ["Tab"], [SHIFT, "Tab"], ["Home"], ["End"], ["Prior"], ["Next"], ["Insert"], ["Delete"], ["BackSpace"],
       ["Scroll_Lock"], ["Num_Lock"], ["Num_Lock"]]
    # Accessibility of desktops: sticky and slow keys
    + [[SHIFT]] * 6)
# And every key with every set of modifiers.
MODIFIERS = [list(some) for size in range(4) for some in itertools.combinations((CONTROL, ALT, SHIFT, SUPER), size)]
KEYS = [*"abcdefghijklmnopqrstuvwxyz0123456789", "minus", "equal", "slash", "period", "comma", "Tab", "Escape", "Delete",
        "BackSpace", "Insert", "Home", "End", "Prior", "Next", "Up", "Down", "Print", "Menu", "Pause", *FUNCTION_KEYS[1:]]
MASHES = 40
VOICE = "espeak-ng"  # the app's own, comes and goes with what is said
AT_ONCE = 8  # attempts between two looks at whether the app still answers
SETTLED_S = 0.3  # a page that has just come takes nothing for 250 ms (ui/widgets/touch.hpp, settle)


def descendants(pid: int) -> set[tuple[int, str]]:
    """Every process below, by its number and program."""
    children: dict[int, list[tuple[int, str]]] = {}
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            head, rest = stat.read_text(encoding="utf-8", errors="replace").rsplit(")", 1)
        except OSError:
            continue  # it ended meanwhile
        number, name = head.split(" (", 1)
        if name != VOICE:
            children.setdefault(int(rest.split()[1]), []).append((int(number), name))
    found, waiting = set(), [pid]
    while waiting:
        below = children.get(waiting.pop(), [])
        found.update(below)
        waiting += [number for number, _ in below]
    return found


class Escape(Exception):
    """An attempt did something."""


class Prison:
    """The app on its screen, and what must not change there."""

    def __init__(self, programs: pathlib.Path, out: pathlib.Path):
        self.screen = OwnScreen(out)
        self.programs, self.out = programs, out
        self.children = Children(out, out)
        self.control = KioskControl(out / "control.sock")
        self.at = HOME  # the page on which it is tried

    def start(self, mode: str = "full_screen") -> None:
        state = self.out / "state"
        training_state.make_keys(state, self.programs)
        settings = training_state.configuration(state, self.programs, free_port())
        config = state / "kiosk.toml"
        training_state.write_configuration(config, settings)
        for folder in ("printed", "home"):
            (self.out / folder).mkdir()
        window = ["--window"] if mode == "window" else []
        os.environ |= {"SDL_VIDEODRIVER": "x11", "SDL_AUDIODRIVER": "dummy", "HOME": str(self.out / "home")}
        people = ROOT / "drivers/emulation/people"
        self.children.start("kiosk", [
            self.programs / "kiosk-training", *window, "--control", self.out / "control.sock", "--config", config,
            "--printer-output", self.out / "printed", "--people", people], self.screen.name)
        self.control.connect(lambda: self.children.is_running("kiosk"), START_LIMIT_S)
        self.control.ask(f"wait page {HOME}")
        self.windows = self.screen.windows()
        if [window[1:] for window in self.windows] != [(0, 0, *SIZE)]:
            raise Escape(f"the app does not fill the screen to begin with: {self.windows}")
        self.screen.move(SIZE[0] // 2, SIZE[1] - 4)
        self.wait_for_keys()
        self.answers()
        self.focus = self.screen.focus()
        self.processes = descendants(os.getpid())

    def wait_for_keys(self) -> None:
        """Keys are lost until SDL has noticed that they are its own now; the first that counts opens help."""
        deadline = time.monotonic() + START_LIMIT_S
        while time.monotonic() < deadline:
            self.screen.press(["F1"])
            if self.comes_to_help():
                time.sleep(SETTLED_S)
                self.screen.press(["F1"])
                self.stands(self.at)
                return
        raise Escape(f"the keys go to {self.screen.focus()}, not to the app")

    def page(self) -> str:
        return self.control.stats()["page"]

    def stands(self, page: str) -> None:
        """It has come and takes keys again."""
        self.control.ask(f"wait page {page}")
        time.sleep(SETTLED_S)

    def answers(self) -> None:
        """Opens and closes help by its key."""
        self.screen.press(["F1"])
        self.stands(HELP)
        self.screen.press(["F1"])
        self.stands(self.at)

    def attempt(self, keys: list[str]) -> None:
        self.screen.press(keys)
        if "F1" in keys and self.comes_to_help():  # that, and nothing beside it
            time.sleep(SETTLED_S)
            self.screen.press(["F1"])
            self.stands(self.at)
        self.nothing_changed("+".join(keys))

    def comes_to_help(self) -> bool:
        """Ctrl+Alt+F1 stays with the display's server and never reaches the app."""
        deadline = time.monotonic() + 1
        while time.monotonic() < deadline:
            if self.page() == HELP:
                return True
            time.sleep(0.02)
        return False

    def nothing_changed(self, what: str, answers: bool = False) -> None:
        try:
            self.children.check()
            if answers:
                self.answers()
        except FlowError as problem:
            raise Escape(f"{what}: {problem}") from problem
        if (problem := self.also_changed()):
            raise Escape(f"{what}: {problem}")
        wanted = {"page": self.at, "windows": self.windows, "focus": self.focus, "processes": self.processes}
        seen = {"page": self.page(), "windows": self.screen.windows(), "focus": self.screen.focus(),
                "processes": descendants(os.getpid())}
        for name, value in wanted.items():
            if seen[name] != value:
                raise Escape(f"{what}: {name} was {value}, is {seen[name]}")

    def also_changed(self) -> str:
        """What else must not change where it is tried now; empty: it did not."""
        return ""

    def end(self) -> None:
        self.control.close()
        self.children.end_all()
        self.screen.end()


def known_break_outs(prison: Prison) -> None:
    for first in range(0, len(BREAK_OUTS), AT_ONCE):
        some = BREAK_OUTS[first:first + AT_ONCE]
        for keys in some:
            prison.attempt(keys)
        prison.nothing_changed(" ".join("+".join(keys) for keys in some), answers=True)


def every_chord(prison: Prison) -> None:
    keys = [key for key in KEYS if prison.screen.has_key(key)]
    for modifiers in MODIFIERS:
        for key in keys:
            prison.screen.press([*modifiers, key])
        prison.nothing_changed("+".join(modifiers) + " with every key", answers=True)


def mouse_buttons(prison: Prison) -> None:
    screen = prison.screen
    owner = screen.foreign_window()
    screen.own_selection("PRIMARY", owner)
    screen.own_selection("CLIPBOARD", owner)
    for x, y in itertools.product((4, SIZE[0] // 2, SIZE[0] - 4), (4, SIZE[1] // 2, SIZE[1] - 4)):
        screen.move(x, y)
        for which in (2, 3, 4, 5, 6, 7, 8, 9):
            screen.click(which)
        prison.nothing_changed(f"every button but the first at {x}, {y}", answers=True)


def drag_and_drop(prison: Prison) -> None:
    screen, window = prison.screen, prison.windows[-1][0]
    source = screen.foreign_window()
    for kind in ("text/uri-list", "text/plain", "UTF8_STRING"):
        screen.own_selection("XdndSelection", source)
        screen.send(window, "XdndEnter", source, 5 << 24, screen.atom(kind))
        screen.send(window, "XdndPosition", source, 0, (SIZE[0] // 2) << 16 | SIZE[1] // 2, 0, screen.atom("XdndActionCopy"))
        screen.send(window, "XdndDrop", source, 0, 0)
        prison.nothing_changed(f"a drop of {kind}", answers=True)


def asked_to_close(prison: Prison) -> None:
    screen, window = prison.screen, prison.windows[-1][0]
    screen.send(window, "WM_PROTOCOLS", screen.atom("WM_DELETE_WINDOW"), 0)
    screen.send(window, "WM_CHANGE_STATE", 3)  # IconicState
    screen.send(window, "_NET_CLOSE_WINDOW", 0, 0)
    prison.nothing_changed("asked to close and to be an icon", answers=True)


def mash(prison: Prison) -> None:
    """Eight keys at once and other buttons with them; the keypad's own keys are left out, they may go anywhere."""
    draw = random.Random(1)
    keys = [key for key in [*KEYS, CONTROL, ALT, SHIFT, SUPER, "Alt_R", "Control_R"] if prison.screen.has_key(key)]
    for turn in range(MASHES):
        prison.screen.button(3, True)
        prison.screen.press(draw.sample(keys, 8))
        prison.screen.button(3, False)
        prison.nothing_changed(f"mash {turn}", answers=turn % AT_ONCE == AT_ONCE - 1)


def an_app_that_can_be_closed_is_found_out(programs: pathlib.Path, out: pathlib.Path) -> None:
    """In a window the app may be closed: this test must see it."""
    out.mkdir()
    prison = Prison(programs, out)
    try:
        prison.start("window")
        try:
            asked_to_close(prison)
        except Escape:
            return
        raise Escape("a window was asked to close, and this test saw nothing")
    finally:
        prison.end()


ATTEMPTS = (known_break_outs, every_chord, mouse_buttons, drag_and_drop, asked_to_close, mash)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, help="keeps logs here")
    asked = parser.parse_args()
    if not shutil.which("Xvfb"):
        print("Xvfb is not installed (provisioning/setup)")
        return SKIPPED
    out = asked.out or pathlib.Path(tempfile.mkdtemp(prefix="lockdown-"))
    out.mkdir(parents=True, exist_ok=True)
    prison, failed = Prison(asked.bin.resolve(), out.resolve()), False
    try:
        prison.start()
        for attempt in ATTEMPTS:
            attempt(prison)
            print(f"held: {attempt.__name__}", flush=True)
        an_app_that_can_be_closed_is_found_out(asked.bin.resolve(), out.resolve() / "window")
    except (Escape, FlowError) as problem:
        failed = True
        print(f"{problem}\n{tail(out / 'kiosk.log')}")
    finally:
        prison.end()
        if not asked.out:
            shutil.rmtree(out, ignore_errors=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
