"""One terminal on duty: citizens come one after the other, and things go wrong while they are there."""
import collections
import dataclasses
import json
import pathlib
import random
import re
import signal
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/faults/processes"), str(ROOT / "tests/flows/runner")]

from flapping_line import FlappingLine  # noqa: E402
from terminal import FlowError, Terminal, Times  # noqa: E402

from citizens import next_one  # noqa: E402
from troubles import PAGES, TROUBLES, Trouble  # noqa: E402

PATIENCE_S = 10  # a loss of function that nobody tells of for longer is a failure
LOOK_S = 0.05
MENDED_S = 6  # so long what a trouble left behind may still be told
TIMES = Times(watchdog_s=5, restart_s=1, stop_s=5, start_s=30, stays_down=frozenset({2, 5, 9, 11}))
HOMEWARD = ("leave", "end", "refused_home", "guide_end", "goodbye_home", "progress_done", "rating_skip", "card_taken", "taken",
            "maintain_leave", "home")


class GivesUp(Exception):
    """The citizen cannot go on and goes home."""


@dataclasses.dataclass
class Count:
    sessions: int = 0
    disturbed: int = 0  # ended before their time
    kinds: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    troubles: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    failures: list[str] = dataclasses.field(default_factory=list)


class Duty:
    def __init__(self, programs: pathlib.Path, out: pathlib.Path, seed: int, every_s: float):
        self.terminal = Terminal(programs, out, times={name: TIMES for name in ("kiosk", "post", "intake")})
        self.line = FlappingLine(self.terminal.runner._port)
        self.count = Count()
        self.receipts: list[tuple[str, str]] = []
        self._citizens, self._fate = random.Random(f"{seed} citizens"), random.Random(f"{seed} fate")
        self._every = every_s
        self._active: list[tuple[Trouble, float]] = []  # until when
        self._recent: list[tuple[Trouble, float]] = []  # mended, and still told until then
        self._next = 0.0
        self._app_start = 1
        self.rests = lambda: None  # called when the first page has stood for a moment
        self._began = time.monotonic()
        self.terminal.play(f"config post.intake_url=http://127.0.0.1:{self.line.port}", "start intake", "start post", "start kiosk",
                           "wait page home", "slip attach")
        self._plan()

    @property
    def services(self) -> dict:
        return self.terminal.children.services

    # --- trouble ---

    def _plan(self) -> None:
        self._next = time.monotonic() + self._fate.expovariate(1 / self._every)

    def _do(self, what: str) -> None:
        if not what.startswith("!"):
            self.terminal.runner.play(what)
            return
        how, whom = what[1:].split()
        if whom == "line":
            self.line.set_up(how == "join")
        else:
            self.services[whom].send(signal.SIGKILL if how == "kill" else signal.SIGSTOP)

    def _tick(self) -> None:
        """Fires what is due and mends what has lasted long enough; called while anybody waits."""
        now = time.monotonic()
        for trouble, until in [one for one in self._active if one[1] <= now]:
            self._active.remove((trouble, until))
            for line in trouble.mend:
                self._do(line)
            self._recent.append((trouble, now + MENDED_S))
        self._recent = [one for one in self._recent if one[1] > now]
        if now < self._next:
            return
        self._plan()
        trouble = self._fate.choices(TROUBLES, weights=[one.weight for one in TROUBLES])[0]
        lasts = self._fate.uniform(2, 8)
        if any(one.name == trouble.name for one, _ in self._active):
            return
        self.count.troubles[trouble.name] += 1
        self._active.append((trouble, now + lasts))
        for line in trouble.fire:
            self._do(line)

    def _told(self, page: str, tree: str) -> bool:
        return page in PAGES or any(word in tree for one, _ in [*self._active, *self._recent] for word in one.says)

    # --- the app ---

    def _look(self) -> tuple[str, str]:
        """The page and everything on it; waits for an app that is being started again."""
        try:
            self._tick()
            return self.terminal.runner.stats()["page"], "\n".join(self.terminal.runner._kiosk.ask("tree"))
        except FlowError:
            self._app_again()
            raise GivesUp("the app was started again") from None

    def _app_again(self) -> None:
        """It ended or hung: what it forgot of its emulated devices is well again."""
        gone = time.monotonic()
        kiosk = self.services["kiosk"]
        if not kiosk.wait(lambda one: one.starts > self._app_start and one.served == one.starts, 60):
            raise FlowError(f"the app does not come back: {kiosk.endings}")
        self._app_start = kiosk.starts
        self.terminal.runner.connect_again()
        if (away := time.monotonic() - gone) > PATIENCE_S:
            self._failed(f"the app was away for {away:.1f} s")
        for trouble, _ in self._active:
            if trouble.mend and trouble.mend[0].startswith("!"):
                for line in trouble.mend:
                    self._do(line)
        self._active.clear()
        self.terminal.play("slip attach")

    def _failed(self, what: str) -> None:
        active = ", ".join(one.name for one, _ in [*self._active, *self._recent]) or "nothing wrong"
        self.count.failures.append(f"{time.monotonic() - self._began:.0f} s: {what} ({active})")
        print(f"  failure at {self.count.failures[-1]}", flush=True)

    def _until(self, what: str, is_so) -> None:
        """Until the page is so; whoever is told why it is not goes home, whoever is told nothing for too long has met a failure."""
        began = time.monotonic()
        while True:
            page, tree = self._look()
            if is_so(page, tree):
                return
            waited = time.monotonic() - began
            if waited > 2 and page in PAGES or waited > PATIENCE_S:
                if not self._told(page, tree):
                    self._failed(f"{what}, on page {page}")
                    print("    " + tree.replace("\n", "\n    "), flush=True)
                raise GivesUp(what)
            time.sleep(LOOK_S)

    def _play(self, line: str) -> None:
        verb, _, rest = line.partition(" ")
        if line == "@home":
            return
        if line == "@receipt":
            self._take_receipt()
        elif line.startswith("wait page "):
            wanted = line.split()[-1]
            self._until(line, lambda page, _: page == wanted)
        elif line.startswith("wait text "):
            self._until(line, lambda _, tree: line[10:] in tree)
        elif verb == "tap":
            self._until(line, lambda _, tree: re.search(rf"^\S+ {re.escape(rest)} \[[^]]*\](?! disabled| selected disabled)", tree,
                                                        re.MULTILINE) is not None)
            self._ask(line)
        else:
            self._tick()
            self._ask(line)

    def _ask(self, line: str) -> None:
        try:
            self.terminal.runner.play(line)
        except FlowError as problem:
            if not self.services["kiosk"].is_running() or self.services["kiosk"].starts > self._app_start or \
                    "connection" in str(problem) or "did not answer" in str(problem):
                self._app_again()
            raise GivesUp(f"{line}: {problem}") from None

    def _take_receipt(self) -> None:
        _, tree = self._look()
        number = re.search(r"本机编号\n([0-9A-Z ]{19})$", tree, re.MULTILINE)
        code = re.search(r"查询码\n([0-9A-Z ]{9})$", tree, re.MULTILINE)
        if not number or not code:
            self._failed("a receipt without its number")
            raise GivesUp("no number")
        self.receipts.append((number[1].replace(" ", ""), code[1].replace(" ", "")))

    def _go_home(self) -> None:
        """By what the page offers; silence ends what is left."""
        began = time.monotonic()
        for turn in range(400):
            try:
                page, tree = self._look()
                if page == "home" and " leave [" not in tree:
                    self.terminal.runner.play("card lift")
                    if self.terminal.runner.stats()["page"] == "home":
                        self._see_what_was_kept(tree)
                        return
                if page in ("card_left", "take_card") or "请取走身份证" in tree:
                    self.terminal.runner.play("card lift")
                pressed = next((one for one in HOMEWARD if re.search(rf"^\S+ {one} \[[^]]*\](?! disabled)", tree, re.MULTILINE)), None)
                if pressed and turn % 10 < 8:
                    self.terminal.runner.play(f"tap {pressed}")
                elif page != "suspended":
                    self.terminal.runner.play("clock forward 100 s")
                if time.monotonic() - began > PATIENCE_S and not self._told(page, tree):
                    self._failed(f"nobody comes home from page {page}")
                    began = time.monotonic() + 1000
            except GivesUp:
                began = time.monotonic()
            except FlowError:
                pass  # the page changed meanwhile
            time.sleep(LOOK_S)
        raise FlowError(f"the first page does not come back\n{self.terminal.runner.describe_screen()}")

    def _see_what_was_kept(self, tree: str) -> None:
        """What was kept before the app ended without showing its number is offered on the first page: somebody looks at it."""
        while seen := re.search(r"^\S+ (kept_seen\S*) \[", tree, re.MULTILINE):
            self.terminal.runner.play(f"tap {seen[1]}")
            time.sleep(LOOK_S)
            tree = "\n".join(self.terminal.runner._kiosk.ask("tree"))

    def one_citizen(self) -> None:
        kind, lines = next_one(self._citizens, self.receipts)
        self.count.sessions += 1
        self.count.kinds[kind] += 1
        try:
            for line in lines:
                self._play(line)
        except GivesUp:
            self.count.disturbed += 1
        self._go_home()
        until = time.monotonic() + self._citizens.uniform(0.3, 2)
        while time.monotonic() < until:
            try:
                self._tick()
            except FlowError:
                self._app_again()
            time.sleep(LOOK_S)
        self.rests()

    # --- the end ---

    def end(self) -> list[str]:
        """Everything mended, everything delivered; what was acknowledged and is not there once."""
        self._next = float("inf")
        self._active = [(trouble, 0.0) for trouble, _ in self._active]
        self._go_home()
        self.line.set_up(True)
        # Whom the last trouble hit is back.
        problems = []
        try:
            self.terminal.play("wait outbox 0")
        except FlowError:
            try:
                self.terminal.play("wait outbox 0")
            except FlowError as problem:
                problems.append(f"not everything was delivered: {problem}")
        cases = collections.Counter(case["local_number"] for case in json.loads(
            self.terminal.runner._evidence._run("intake", "case", "--all")))
        shown = [number for number, _ in self.receipts]
        problems += [f"{number} was acknowledged and is not at the centre" for number in shown if number not in cases]
        problems += [f"{number} is at the centre {times} times" for number, times in cases.items() if times != 1]
        problems += [f"{number} was given to two citizens" for number, times in collections.Counter(shown).items() if times != 1]
        try:
            self.terminal.play("log must not contain person wang_xiulan")
        except FlowError as problem:
            problems.append(str(problem))
        self.cases = sum(cases.values())
        return problems

    def close(self) -> None:
        for service in self.services.values():
            service.send(signal.SIGCONT)
        self.terminal.runner.end()
        self.line.close()
