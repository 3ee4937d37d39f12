#!/usr/bin/env python3
"""A screen whose cable is pulled while somebody stands there and put back: the app goes on without it, and the screen then shows
the page that the app is at by now.

    replug_test.py --bin DIR [--out DIR]

The display is the real Xorg with its dummy driver: RandR takes the panel away, and what lights it again is the command of the
shipped unit. That the kernel reports the cable, and udev starts the unit, needs a screen; tests/tools/units_test.py reads the rule.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
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
PANEL = "DUMMY0"
NOON = "2026-11-22T12:00:00+08:00"  # one minute for all pictures
DUMMY_DRIVER = pathlib.Path("/usr/lib/xorg/modules/drivers/dummy_drv.so")


class Dark(Exception):
    """The screen does not show what it should."""


def screen(out: pathlib.Path) -> OwnScreen:
    # Not Debian's wrapper, which would start it as root on a console.
    return OwnScreen(out, ["/usr/lib/xorg/Xorg", "-config", HERE / "pulled_screen.conf", "-configdir", out, "-logfile",
                           out / "xorg.log", "-novtswitch", "-sharevts"])


def lights_again() -> list[str]:
    unit = (ROOT / "provisioning/systemd/citizen-window-screen.service").read_text(encoding="utf-8")
    return re.search(r"^ExecStart=(.+)$", unit, re.MULTILINE)[1].split()


def start(children: Children, control: KioskControl, programs: pathlib.Path, out: pathlib.Path, display: str) -> None:
    state = out / "state"
    training_state.make_keys(state, programs)
    settings = training_state.configuration(state, programs, free_port())
    training_state.write_configuration(state / "kiosk.toml", settings)
    (out / "printed").mkdir()
    os.environ |= {"SDL_VIDEODRIVER": "x11", "SDL_AUDIODRIVER": "dummy", "DISPLAY": display}
    children.start("kiosk", [
        programs / "kiosk-training", "--control", out / "control.sock", "--config", state / "kiosk.toml", "--clock", NOON,
        "--printer-output", out / "printed", "--people", ROOT / "drivers/emulation/people"], display)
    control.connect(lambda: children.is_running("kiosk"), START_LIMIT_S)
    control.ask("wait page home")


def until(holds, what: str) -> None:
    deadline = time.monotonic() + START_LIMIT_S
    while not holds():
        if time.monotonic() > deadline:
            raise Dark(what)
        time.sleep(0.05)


def settled(panel: OwnScreen) -> bytes:
    """What the screen shows once two looks agree."""
    looks = [panel.pixels()]

    def agree() -> bool:
        time.sleep(0.3)
        looks.append(panel.pixels())
        return looks[-1] == looks[-2]
    until(agree, "the page does not come to rest")
    return looks[-1]


def play(panel: OwnScreen, children: Children, control: KioskControl) -> None:
    home = settled(panel)
    control.ask("tap help")
    control.ask("wait page help")
    helping = settled(panel)
    if home == helping:
        raise Dark("two pages look alike: this test sees nothing")
    control.ask("tap back")
    control.ask("wait page home")

    subprocess.run(["xrandr", "--output", PANEL, "--off"], check=True)
    until(lambda: panel.size() != SIZE, "the panel cannot be pulled: this test pulls nothing")
    control.ask("tap help")  # nobody sees it, and the app goes on
    control.ask("wait page help")
    children.check()

    subprocess.run(lights_again(), check=True)
    until(lambda: panel.size() == SIZE, "the panel stays dark")
    until(lambda: panel.pixels() == helping, "the screen does not show the page of now")
    children.check()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, help="keeps logs here")
    asked = parser.parse_args()
    if not DUMMY_DRIVER.exists() or not shutil.which("xrandr"):
        print("Xorg's dummy driver or xrandr is not installed (provisioning/setup --tests)")
        return SKIPPED
    out = (asked.out or pathlib.Path(tempfile.mkdtemp(prefix="replug-"))).resolve()
    out.mkdir(parents=True, exist_ok=True)
    panel, children, control = screen(out), Children(out, out), KioskControl(out / "control.sock")
    failed = False
    try:
        start(children, control, asked.bin.resolve(), out, panel.name)
        play(panel, children, control)
    except (Dark, FlowError, subprocess.CalledProcessError) as problem:
        failed = True
        print(f"{problem}\n{tail(out / 'kiosk.log')}")
    finally:
        control.close()
        children.end_all()
        panel.end()
        if not asked.out:
            shutil.rmtree(out, ignore_errors=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
