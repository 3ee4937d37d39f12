"""The verbs a flow script can use besides those of kiosk-training."""
import json
import pathlib
import re
import shutil
import signal
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "provisioning"), str(ROOT / "tests/flows/proof")]

import patience  # noqa: E402
import training_state  # noqa: E402
from centre import Centre  # noqa: E402
from children import (  # noqa: E402
    START_LIMIT_S, Children, free_port, listens_on_port, listens_on_socket, tail)
from demo_output import DemoOutput  # noqa: E402
from evidence import PEOPLE, WAIT_LIMIT_S, Evidence, as_word  # noqa: E402
from flow_script import FlowError  # noqa: E402
from forgetting import Forgetting  # noqa: E402
from hostile_intake import ANSWERS, HostileIntake  # noqa: E402
from kiosk_control import KioskControl  # noqa: E402
from small_disk import SmallDisk  # noqa: E402
from stick import Stick  # noqa: E402

TRAINING_TIME = "2026-11-22T09:41:00+08:00"

KIOSK_WAIT_S = 15
PARTS_OF_A_PAGE = 12
POST_HAS_REPORTED = (1, 2)  # domain::Line: online, offline


class Runner:
    def __init__(self, programs: pathlib.Path, out: pathlib.Path, display: str | None = None, children=Children):
        """Without a display the kiosk draws into memory; with one (":7") in a window there. `children` makes what starts
        the programs, from the folders of logs and of temporary files."""
        self._programs = programs
        self._display = display
        self._state = out / "state"
        self._printed = out / "printed"
        self._logs = out / "logs"
        self._temporary = out / "tmp"  # what the programs would leave in /tmp
        self._logs.mkdir(parents=True)
        self._printed.mkdir(exist_ok=True)
        self._temporary.mkdir(exist_ok=True)
        training_state.make_keys(self._state, programs)
        self._port = free_port()
        self._config = training_state.configuration(self._state, programs, self._port)
        self._config["kiosk"]["full_screen"] = False
        self._children = children(self._logs, self._temporary)
        self._evidence = Evidence(programs, self._state, self._config, out, self._children.check)
        self._forgetting = Forgetting(self._children.pid, self._shoot, out)
        self._stick = Stick(programs, self._state, self._logs, TRAINING_TIME)
        self._hostile: HostileIntake | None = None
        self._disk: SmallDisk | None = None
        self._kiosk = KioskControl(self._state / "control.sock")
        self._demo: DemoOutput | None = None
        self._taps = 0
        self._remembered: dict[str, str] = {}
        self.without_clock: set[str] = set()  # programs that go by the machine's clock instead of the training day's
        # The first pattern that fits the whole line answers it.
        self._verbs = [(re.compile(pattern), answer) for pattern, answer in (
            (r"suite (I|N)", self.make_suite),
            (r"start (intake|post|kiosk)", self.start),
            (r"stop (intake|post|kiosk)", self.stop),
            (r"kill (intake|post|kiosk)", self.kill),
            (r"(freeze|thaw) (intake|post)", self.freeze),
            (r"hostile intake (\w+)", self.hostile_intake),
            (r"wait hostile requests (\d+)", self.wait_hostile_requests),
            (r"config (.+)", self.change_config),
            (r"disk (of \d+ MB|full|free)", self.disk),
            (r"tamper (\S+)", self.tamper),
            (r"pack without (\S+)", self.pack_without),
            *self._evidence.verbs(),
            *self._forgetting.verbs(),
            *self._stick.verbs(),
            *Centre(programs, self._state).verbs(),
            (r"tap (\S+) and the kiosk ends with (\d+)", self.tap_and_end),
            (r"remember (\w+) from paper (\w+) like (\S+)", self.remember_from_paper),
            (r"remember (\w+) from case (\S+)", self.remember_from_case),
            (r"remember (\w+) as the centre's answer to (\S+) for (\S+) who may (\S+)", self.remember_answer),
            (r"remember (\w+) from (\S+)", self.remember),
            (r"(wait|expect) stats (\w+) is (.+)", self.expect_stats),
            (r"turn to (text )?(.+)", self.turn_to),
            (r"expect all or nothing kept", self.expect_all_or_nothing_kept),
            (r"expect taps at most (\d+)", self.expect_taps),
            (r"count taps from here", self.count_taps),
            (r"set demo (.+)", self.set_demo),
            (r"the demonstration files nothing", self.demo_files_nothing),
            (r"picture (\S+)", self.picture),
            (r"expect pictures at least (\d+)", self.expect_pictures),
            (r"step (.+)", self.step),
        )]

    def play(self, line: str) -> None:
        self._children.check()
        line = re.sub(r"\$\{(\w+)\}", lambda match: self.recall(match[1]), line)
        for pattern, answer in self._verbs:
            if match := pattern.fullmatch(line):
                answer(*match.groups())
                break
        else:
            self._ask_kiosk(line)
        if self._demo and self.has_kiosk():
            self._demo.saw_page(self.stats()["page"], self._shoot)

    def finish(self) -> None:
        self._children.check()
        if self._demo:
            if self._demo.files_a_case:
                self._demo.finish(self._evidence.count("cases"), self._evidence.count("outbox"),
                                  self._evidence.only_case(), self._printed)
            else:
                self._demo.finish_without_case(self._printed)

    def end(self) -> None:
        self._kiosk.close()
        if self._hostile:
            self._hostile.stop()
            self._hostile = None
        self._children.end_all()
        if self._disk:
            self._disk.unmount()

    def stats(self) -> dict:
        return self._kiosk.stats()

    def has_kiosk(self) -> bool:
        return self._kiosk.connected

    def pid(self, name: str) -> int:
        return self._children.pid(name)

    def connect_again(self) -> None:
        """After somebody else started the kiosk again."""
        self._kiosk.close()
        self._kiosk.connect(lambda: True, patience.seconds(START_LIMIT_S))

    def describe_screen(self) -> str:
        """What the page showed when a line failed; empty when nobody can tell."""
        if not self._kiosk.connected or not self._children.is_running("kiosk"):
            return tail(self._logs / "kiosk.log")
        try:
            page, tree = self.stats()["page"], self._kiosk.ask("tree")
        except (FlowError, ValueError, KeyError):
            return tail(self._logs / "kiosk.log")
        return f"  on page {page}:\n" + "".join(f"    {line}\n" for line in tree)

    # --- programs ---

    def start(self, name: str) -> None:
        config = self._state / "kiosk.toml"
        training_state.write_configuration(config, self._config)
        if name == "intake":
            self._drop_hostile()
            self._children.start(name, [
                self._programs / "intake", "serve", "--config", config, *self._clock_of(name)])
            self._children.wait_for(name, lambda: listens_on_port(self._port))
        elif name == "post":
            self._children.start(name, [
                self._programs / "kiosk-post", "--config", config, *self._clock_of(name)])
            socket = pathlib.Path(self._config["terminal"]["post_socket"])
            self._children.wait_for(name, lambda: listens_on_socket(socket))
        else:
            control = self._state / "control.sock"
            control.unlink(missing_ok=True)
            self._children.start(name, [
                self._programs / "kiosk-training", "--window" if self._display else "--headless", "--control", control,
                "--clock", TRAINING_TIME, "--wait", str(round(patience.seconds(KIOSK_WAIT_S))), "--config", config, "--printer-output", self._printed,
                "--people", PEOPLE, "--faces", training_state.cache_folder() / "faces"], self._display)
            try:
                self._kiosk.connect(lambda: self._children.is_running("kiosk"), patience.seconds(START_LIMIT_S))
            except FlowError as problem:
                raise FlowError(f"{problem}\n{tail(self._logs / 'kiosk.log')}") from problem

    def _clock_of(self, name: str) -> list[str]:
        return [] if name in self.without_clock else ["--clock", TRAINING_TIME]

    def stop(self, name: str) -> None:
        if name == "intake" and self._hostile:
            self._drop_hostile()
            return
        if name == "kiosk":
            self._kiosk.close()
        self._children.end(name, signal.SIGTERM)

    def kill(self, name: str) -> None:
        if name == "kiosk":
            self._kiosk.close()
        self._children.end(name, signal.SIGKILL)

    def freeze(self, how: str, name: str) -> None:
        """A program that takes what it is sent and does nothing, until it is thawed."""
        self._children.signal(name, signal.SIGSTOP if how == "freeze" else signal.SIGCONT)

    def hostile_intake(self, mode: str) -> None:
        if mode not in ANSWERS:
            raise FlowError(f"the hostile intake knows {', '.join(ANSWERS)}")
        if self._children.is_running("intake"):
            raise FlowError("the real intake is running (stop intake)")
        self._drop_hostile()
        self._hostile = HostileIntake(self._port, mode)

    def _drop_hostile(self) -> None:
        if self._hostile:
            self._hostile.stop()
            self._hostile = None

    def wait_hostile_requests(self, wanted: str) -> None:
        deadline = time.monotonic() + patience.seconds(WAIT_LIMIT_S)
        while self._hostile is None or self._hostile.requests < int(wanted):
            if self._hostile is None or time.monotonic() > deadline:
                raise FlowError(f"requests so far: {self._hostile.requests if self._hostile else 'no hostile intake'}")
            time.sleep(0.02)

    def make_suite(self, suite: str) -> None:
        """All keys anew, of this suite, before any program starts."""
        shutil.rmtree(self._state)
        training_state.make_keys(self._state, self._programs, suite=suite)
        self._config["terminal"]["suite"] = suite

    def tamper(self, name: str) -> None:
        with (self._state / name).open("ab") as file:
            file.write(b" ")

    def pack_without(self, key: str) -> None:
        """The pack lacks something, and its signature is right all the same."""
        pack = json.loads(training_state.PACK.read_text(encoding="utf-8"))
        if key not in pack:
            raise FlowError(f"the pack has no {key} anyway; it has: {', '.join(pack)}")
        del pack[key]
        changed = self._state / "changed_pack.json"
        changed.write_text(json.dumps(pack, ensure_ascii=False), encoding="utf-8")
        training_state.make_keys(self._state, self._programs, changed)

    def disk(self, what: str) -> None:
        """The outbox on a disk of its own: small, filled to the last byte, emptied again."""
        folder = pathlib.Path(self._config["post"]["outbox_folder"])
        if what.startswith("of"):
            self._disk = SmallDisk(folder, int(what.split()[1]))
        elif self._disk is None:
            raise FlowError("disk of N MB comes first")
        elif what == "full":
            self._disk.fill()
        else:
            self._disk.free()

    def change_config(self, assignment: str) -> None:
        try:
            training_state.change(self._config, assignment)
        except ValueError as problem:
            raise FlowError(str(problem)) from problem

    # --- the kiosk ---

    def tap_and_end(self, widget: str, status: str) -> None:
        """A press after which the program ends by itself, with this exit status."""
        try:
            self._kiosk.ask(f"tap {widget}")
        except FlowError:
            pass  # it may be gone before it answers
        self._kiosk.close()
        self._children.wait_end("kiosk", int(status))

    def count_taps(self) -> None:
        self._taps = 0

    def expect_taps(self, most: str) -> None:
        """Every press counts, those that turn the parts of a page, too."""
        if self._taps > int(most):
            raise FlowError(f"it took {self._taps} taps")
        if self._taps == 0:
            raise FlowError("nothing was tapped")

    def _ask_kiosk(self, line: str) -> list[str]:
        self._taps += line.startswith("tap ")
        answer = self._kiosk.ask(line)
        if line in ("tree", "stats"):
            print("\n".join(answer))
        return answer

    def remember(self, name: str, widget: str) -> None:
        """The text of a thing on the page, for ${name} in later lines."""
        node = re.compile(rf"\S+ {re.escape(widget)} \[[^]]*\](?: selected)?(?: disabled)? (?:= )?(.+)")
        for line in self._kiosk.ask("tree"):
            if match := node.fullmatch(line):
                self._remembered[name] = match[1]
                return
        raise FlowError(f"nothing on the page has the id {widget} and a text")

    def rect_of(self, widget: str) -> list[int]:
        """x, y, width and height of a thing on the page, in pixels."""
        for line in self._kiosk.ask("tree"):
            if match := re.match(rf"\S+ {re.escape(widget)} \[([-\d ]+)\]", line):
                return [int(number) for number in match[1].split()]
        raise FlowError(f"nothing on the page has the id {widget}")

    def remember_from_paper(self, name: str, paper: str, pattern: str) -> None:
        self._remembered[name] = self._evidence.found_on_paper(paper, pattern)

    def remember_from_case(self, name: str, field: str) -> None:
        self._remembered[name] = self._evidence.case_field(field)

    def remember_answer(self, name: str, challenge: str, label: str, rights: str) -> None:
        self._remembered[name] = self._stick.answer(challenge, label, rights)

    def turn_to(self, text: str | None, identity: str) -> None:
        """Pages that do not fit are shown in parts, how many depends on panel and type size: turns them
        over, onwards and then back, until the thing is there."""
        def shows(tree: str, wanted: str) -> bool:
            return re.search(rf"^\S+ {re.escape(wanted)} \[[^]]*\](?! disabled| selected disabled)", tree,
                             re.MULTILINE) is not None

        # The page itself first, then a text or table on it that has pages of its own.
        for pages in (r"part", r"\w+"):
            for way in ("on", "back"):
                for _ in range(PARTS_OF_A_PAGE):
                    tree = "\n".join(self._kiosk.ask("tree"))
                    if identity in tree if text else shows(tree, identity):
                        return
                    turn = re.search(rf"^\S+ ({pages}\.{way}) \[[^]]*\](?! disabled)", tree, re.MULTILINE)
                    if not turn:
                        break
                    self._taps += 1
                    self._kiosk.ask(f"tap {turn[1]}")
        raise FlowError(f"no part of the page has {identity}")

    def expect_stats(self, how: str, key: str, wanted: str) -> None:
        deadline = time.monotonic() + (patience.seconds(WAIT_LIMIT_S) if how == "wait" else 0)
        while (found := as_word(self.stats().get(key))) != wanted:
            if time.monotonic() >= deadline:
                raise FlowError(f"{key} is {found}")
            time.sleep(0.05)

    def expect_all_or_nothing_kept(self) -> None:
        """After the app was killed while it handed in, two outcomes are right: nothing is kept and nothing
        offered, or one submission is kept and its number is offered. ${kept} says which."""
        deadline = time.monotonic() + patience.seconds(WAIT_LIMIT_S)
        while (stats := self.stats())["line"] not in POST_HAS_REPORTED:
            self._children.check()
            if time.monotonic() >= deadline:
                raise FlowError("the post did not report to the restarted app")
            time.sleep(0.02)
        rows, told = self._evidence.count("outbox"), (stats["waiting"], stats["unshown"])
        offered = sum(" kept_seen " in line for line in self._kiosk.ask("tree"))
        if (rows, *told, offered) not in ((0, 0, 0, 0), (1, 1, 1, 1)):
            raise FlowError(f"{rows} kept in the outbox, {told[0]} waiting and {told[1]} not shown as the app was "
                            f"told, {offered} offered on page {stats['page']}")
        self._remembered["kept"] = str(rows)

    def recall(self, name: str) -> str:
        if name not in self._remembered:
            raise FlowError(f"nothing is remembered as {name}")
        return self._remembered[name]

    # --- demonstration ---

    def set_demo(self, folder: str) -> None:
        self._demo = DemoOutput(pathlib.Path(folder))

    def demo_files_nothing(self) -> None:
        """Of a scenario at whose end no application has arrived."""
        if self._demo:
            self._demo.files_a_case = False

    def picture(self, name: str) -> None:
        if self._demo:
            self._demo.picture(name, self._shoot)

    def _shoot(self, path: pathlib.Path) -> None:
        self._kiosk.ask(f"shot {path}")

    def expect_pictures(self, least: str) -> None:
        if self._demo:
            self._demo.expect_pictures(int(least))

    def step(self, name: str) -> None:
        if self._demo:
            self._demo.step(name)
