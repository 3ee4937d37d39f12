"""One terminal whose programs are looked after as on a real one, for faults of processes and of the machine below them."""
import collections.abc
import functools
import json
import os
import pathlib
import re
import signal
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "tests/flows/runner"), str(ROOT / "tests/tools")]

import flow_script  # noqa: E402
from flow_runner import Runner  # noqa: E402
from flow_script import FlowError, FlowSkipped  # noqa: E402,F401
from supervised_children import SupervisedChildren  # noqa: E402
from supervisor import Service, Times, of_unit  # noqa: E402,F401

PARTS = ROOT / "tests/faults/parts"
DEMO = ROOT / "kiosk/demo"
PERSON = "wang_xiulan"
SCREEN = (1080, 1920)
SCREEN_TIMES = Times(restart_s=0.2, stop_s=5)


def lines_of(*files: pathlib.Path) -> list[str]:
    return [line.text for file in files for line in flow_script.read(file)]


class Terminal:
    def __init__(self, programs: pathlib.Path, out: pathlib.Path, times: dict[str, Times] | None = None,
                 environment: dict[str, str] | None = None, display: str | None = None):
        self.out, self.state, self.logs = out, out / "state", out / "logs"
        make = functools.partial(SupervisedChildren, times=times, environment=environment)
        self.runner = Runner(programs, out, display, children=make)
        self.children: SupervisedChildren = self.runner._children
        self.numbers: list[str] = []  # every local number that a citizen was shown, in order

    def play(self, *lines: str) -> None:
        for line in lines:
            try:
                self.runner.play(line)
            except FlowError as problem:
                raise FlowError(f"{line}\n  {problem}\n{self.runner.describe_screen()}") from problem

    def play_files(self, *files: pathlib.Path) -> None:
        self.play(*lines_of(*files))

    def service(self, name: str) -> Service:
        return self.children.services[name]

    def kill(self, name: str) -> None:
        os.kill(self.service(name).pid, signal.SIGKILL)

    def hang(self, name: str) -> None:
        self.children.signal(name, signal.SIGSTOP)

    def comes_back(self, name: str, start: int) -> None:
        """Its start of that number serves; the app is spoken to again."""
        self.children.wait_ready(name, start)
        if name == "kiosk":
            self.runner.connect_again()

    def expect_endings(self, wanted: dict[str, list[str]]) -> None:
        """How each program ended so far: none may have been ended for another reason."""
        found = {name: [one.how for one in self.service(name).endings] for name in wanted}
        if found != wanted:
            raise FlowError(f"ended as {found}, not as {wanted}")

    def start_in_vain(self, name: str, endings: int = 3) -> None:
        """It is started and cannot serve; so often it ended by then."""
        self.children.waits = False
        self.play(f"start {name}")
        self.children.waits = True
        if not self.service(name).wait(lambda one: len(one.endings) >= endings, 60) or self.service(name).readies:
            raise FlowError(f"{name} serves although it cannot")

    # --- journeys ---

    def to_signature(self) -> None:
        """From the home page to the letter that is about to be handed in."""
        self.play_files(PARTS / "signed.flow")
        self.play(*self.signing()[:-1])

    @staticmethod
    def signing() -> list[str]:
        return lines_of(DEMO / "sign.flow")

    def hand_in(self) -> None:
        """To the receipt, however often the post has to be asked."""
        self.play("tap submit")
        self.to_receipt()

    def to_receipt(self) -> None:
        """Where the post did not answer the page says so; the second try carries the same number."""
        deadline = time.monotonic() + 60
        while (page := self.runner.stats()["page"]) != "receipt":
            if page == "hand_in_problem":
                self.wait_for_post()
                self.play("tap hand_in_again")
            if time.monotonic() > deadline:
                self.play("expect page receipt")
            time.sleep(0.05)
        self._remember_number()

    def _remember_number(self) -> None:
        shown = re.search(r"本机编号\n([0-9A-Z ]{19})$", "\n".join(self.runner._kiosk.ask("tree")), re.MULTILINE)
        if not shown:
            raise FlowError(f"the receipt shows no number\n{self.runner.describe_screen()}")
        self.numbers.append(shown[1].replace(" ", ""))

    def wait_for_post(self) -> None:
        self.play("wait stats taking is 1")

    def cannot_hand_in(self) -> None:
        """From the home page to the page that says that nothing was kept, on which the letter waits."""
        self.play("wait text 暂不能提交")
        self.to_signature()
        self.play("tap submit", "wait page hand_in_problem", "expect no text 已封存", f"log must not contain person {PERSON}")

    def can_after_all(self) -> None:
        """The same letter, once the post is back."""
        self.wait_for_post()
        self.play("tap hand_in_again", "wait page receipt")
        self._remember_number()
        self.leave_receipt()

    def leave_receipt(self) -> None:
        self.play("tap end", "wait page home", "wait stats live_secrets is 0")

    def everything_arrives(self) -> None:
        """Every number that a citizen was shown is a case at the centre, each once and in order, and nothing else is; nothing
        of it is kept here any more."""
        if not self.children.is_running("intake"):
            self.play("start intake")
        self.play(f"wait cases {len(self.numbers)}", "wait outbox 0", f"log must not contain person {PERSON}")
        cases = json.loads(self.runner._evidence._run("intake", "case", "--all"))
        arrived = [case["local_number"] for case in sorted(cases, key=lambda case: case["case_number"])]
        if arrived != self.numbers:
            raise FlowError(f"citizens were shown {self.numbers}, at the centre are {arrived}")


Fault = collections.abc.Callable[[pathlib.Path, pathlib.Path, int], None]
FAULTS: dict[str, Fault] = {}


def fault(play: Fault) -> Fault:
    """Registers it under its name: play(programs, out, seed) raises FlowError."""
    FAULTS[play.__name__] = play
    return play
