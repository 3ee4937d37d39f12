"""The home page and a form page of the kiosk beside the same pages in a browser in kiosk mode, on one display
(Xvfb), looked at by one probe from outside. Figures are ratios kiosk / browser, taken in turns in one run."""
import collections.abc
import os
import pathlib
import shutil
import statistics
import subprocess
import time

from figures import Figure
from flow_runner import Runner
import flow_script

PAGES = pathlib.Path(__file__).resolve().parent / "peer"
DEMO = pathlib.Path(__file__).resolve().parents[2] / "kiosk/demo"
STARTS = 5
PRESSES = 15
IDLE_S = 20
SETTLE_S = 2  # what loads behind a page belongs to no figure
NOTHING = "000000"
BAND = "ffb224"  # the 演示 band, in both programs the first thing that a look at (20, 20) finds
FLAGS = ("--kiosk", "--no-sandbox", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--disable-quic", "--disable-gpu", "--window-position=0,0", "--window-size=1080,1920")


# A tile of the home page and a key of the form page: the upper left corner of each in the browser.
CORNER = {"home": (40, 664), "form": (370, 1420)}
CONTROL = {"home": "services", "form": "key.f"}


class Screen:
    """A display of its own and the probe that looks at it."""

    def __init__(self, programs: pathlib.Path, work: pathlib.Path):
        read, write = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1080x1920x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=[write], stderr=(work / "xvfb.log").open("wb"))
        os.close(write)
        with os.fdopen(read) as numbers:
            self.environment = {**os.environ, "DISPLAY": f":{numbers.readline().strip()}"}
        self._probe = programs.parent / "tests" / "x11_probe"

    def ask(self, *words) -> list[int]:
        done = subprocess.run([self._probe, *map(str, words)], env=self.environment, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"the display did not change: {' '.join(map(str, words))} {done.stderr}")
        return [int(line) for line in done.stdout.split()]

    def press_to_pixel_ms(self, corner: tuple[int, int]) -> float:
        """Pressed and seen a little inside the control, where its ground shows."""
        x, y = corner
        times = self.ask("press", x + 24, y + 24, x + 16, y + 16, PRESSES)
        return statistics.median(times) / 1000

    def end(self) -> None:
        self._server.terminate()
        self._server.wait()


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    members, todo = [], [pid]
    while todo:
        here = todo.pop()
        members.append(here)
        for task in pathlib.Path(f"/proc/{here}/task").glob("*/children"):
            try:
                todo += [int(child) for child in task.read_text().split()]
            except OSError:
                pass
    return members


def pss_mb(pid: int) -> float:
    total = 0
    for member in family(pid):
        try:
            lines = pathlib.Path(f"/proc/{member}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def cpu_s(pid: int) -> float:
    ticks = 0
    for member in family(pid):
        try:
            fields = pathlib.Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


class Browser:
    def __init__(self, screen: Screen, work: pathlib.Path):
        self._screen, self._profile = screen, work / "profile"
        self._log = (work / "browser.log").open("wb")

    def start(self, page: str) -> float:
        """Milliseconds from the start of the process to the first pixel of the page."""
        began = time.monotonic_ns()
        self._process = subprocess.Popen(
            ["chromium", *FLAGS, f"--user-data-dir={self._profile}", (PAGES / f"{page}.html").as_uri()],
            env=self._screen.environment, stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log)
        return (self._screen.ask("wait", 20, 20, BAND)[0] - began) / 1e6

    def corner(self, page: str) -> tuple[int, int]:
        return CORNER[page]

    def pid(self) -> int:
        return self._process.pid

    def end(self) -> None:
        self._process.terminate()
        self._process.wait()
        self._screen.ask("wait", 20, 20, NOTHING)


class Kiosk:
    def __init__(self, screen: Screen, programs: pathlib.Path, work: pathlib.Path):
        self._screen = screen
        self._runner = Runner(programs, work / "kiosk", screen.environment["DISPLAY"])
        for line in ("config kiosk.face_check_wanted=false", "start intake", "start post"):
            self._runner.play(line)

    def start(self, page: str) -> float:
        began = time.monotonic_ns()
        self._runner.play("start kiosk")
        first = (self._screen.ask("wait", 20, 20, BAND)[0] - began) / 1e6
        if page == "form":
            for part in ("to_identity", "answer_questions"):
                for line in flow_script.read(DEMO / f"{part}.flow"):
                    self._runner.play(line.text)
            for line in ("wait page form_person", "tap next", "wait page form_address"):
                self._runner.play(line)
        return first

    def corner(self, page: str) -> tuple[int, int]:
        x, y, _, _ = self._runner.rect_of(CONTROL[page])
        return x, y

    def pid(self) -> int:
        return self._runner.pid("kiosk")

    def end(self) -> None:
        self._runner.play("stop kiosk")
        self._screen.ask("wait", 20, 20, NOTHING)

    def stop(self) -> None:
        self._runner.end()


def ratio(name: str, kiosk: list[float], browser: list[float], goal: float | None, unit: str) -> Figure:
    ours, theirs = statistics.median(kiosk), statistics.median(browser)
    return Figure(f"{name} (kiosk {ours:.3g} {unit}, browser {theirs:.3g} {unit})", ours / max(theirs, 1e-9),
                  "ratio", goal)


def side_by_side(screen: Screen, kiosk: Kiosk, browser: Browser, page: str
                 ) -> collections.abc.Iterator[Figure]:
    first, memory, idle, press = ({kiosk: [], browser: []} for _ in range(4))
    for program in (kiosk, browser):  # once before it counts: caches are warm, the browser has its profile
        program.start(page)
        program.end()
    for _ in range(STARTS):
        for program in (kiosk, browser):
            first[program].append(program.start(page))
            time.sleep(SETTLE_S)
            memory[program].append(pss_mb(program.pid()))
            program.end()
    for program in (kiosk, browser):
        program.start(page)
        time.sleep(SETTLE_S)
        began, cpu = time.monotonic(), cpu_s(program.pid())
        time.sleep(IDLE_S)
        idle[program].append(100 * (cpu_s(program.pid()) - cpu) / (time.monotonic() - began))
        press[program].append(screen.press_to_pixel_ms(program.corner(page)))
        program.end()
    if page == "home":
        yield ratio("home page: first frame", first[kiosk], first[browser], 0.5, "ms")
    yield ratio(f"{page} page: memory", memory[kiosk], memory[browser], 0.5, "MB PSS")
    yield ratio(f"{page} page: idle processor use", idle[kiosk], idle[browser], 1, "%")
    yield ratio(f"{page} page: press to changed pixel", press[kiosk], press[browser], None, "ms")


def measure(programs: pathlib.Path, work: pathlib.Path) -> collections.abc.Iterator[Figure]:
    missing = [name for name in ("Xvfb", "chromium") if not shutil.which(name)]
    if missing:
        yield Figure("beside a browser", None, "ratio", 0.5, f"{' and '.join(missing)} not installed")
        return
    work.mkdir(parents=True)
    screen = Screen(programs, work)
    kiosk, browser = Kiosk(screen, programs, work), Browser(screen, work)
    try:
        yield from side_by_side(screen, kiosk, browser, "home")
        yield from side_by_side(screen, kiosk, browser, "form")
    except RuntimeError as problem:
        yield Figure("beside a browser", None, "ratio", 0.5, str(problem))
    finally:
        kiosk.stop()
        screen.end()
