"""The verbs a flow script can use besides those of kiosk-training."""
import json
import pathlib
import re
import signal
import subprocess
import sys
import time
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "provisioning"))

import training_state  # noqa: E402
from children import (  # noqa: E402
    START_LIMIT_S, Children, free_port, listens_on_port, listens_on_socket, tail)
from demo_output import DemoOutput  # noqa: E402
from flow_script import FlowError  # noqa: E402
from hostile_intake import ANSWERS, HostileIntake  # noqa: E402
from kiosk_control import KioskControl  # noqa: E402
import memory_scan  # noqa: E402
from outbox_snapshot import waiting_rows  # noqa: E402
from small_disk import SmallDisk  # noqa: E402

TRAINING_TIME = "2026-11-22T09:41:00+08:00"
WAIT_LIMIT_S = 20
FORGOTTEN_WITHIN_S = 1  # UX-081
COMMAND_LIMIT_S = 20
PEOPLE = ROOT / "drivers/emulation/people"


def facts_of(person: str) -> list[str]:
    """What nobody may read after a session: name, number, address."""
    file = PEOPLE / f"{person}.toml"
    if not file.exists():
        raise FlowError(f"there is no {file}")
    facts = tomllib.loads(file.read_text(encoding="utf-8"))
    return [facts[key] for key in ("name", "number", "address")]


def as_word(value) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


class Runner:
    def __init__(self, programs: pathlib.Path, out: pathlib.Path):
        self._programs = programs
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
        self._children = Children(self._logs, self._temporary)
        self._hostile: HostileIntake | None = None
        self._disk: SmallDisk | None = None
        self._kiosk = KioskControl(self._state / "control.sock")
        self._demo: DemoOutput | None = None
        self._remembered: dict[str, str] = {}
        # The first pattern that fits the whole line answers it.
        self._verbs = [(re.compile(pattern), answer) for pattern, answer in (
            (r"start (intake|post|kiosk)", self.start),
            (r"stop (intake|post|kiosk)", self.stop),
            (r"kill (intake|post|kiosk)", self.kill),
            (r"(freeze|thaw) (intake|post)", self.freeze),
            (r"hostile intake (\w+)", self.hostile_intake),
            (r"wait hostile requests (\d+)", self.wait_hostile_requests),
            (r"config (.+)", self.change_config),
            (r"disk (of \d+ MB|full|free)", self.disk),
            (r"tamper (\S+)", self.tamper),
            (r"(wait|expect) (cases|outbox) (\d+)", self.count),
            (r"expect case (\S+) is (.+)", self.expect_case),
            (r"wait printed (\w+)", self.wait_printed),
            (r"memory (?:of (post) )?(must not hold|holds) person (\w+)", self.memory_and_person),
            (r"memory (?:of (post) )?(must not hold|holds) (.+)", self.memory),
            (r"log must contain (\w+)", self.log_must_contain),
            (r"log must not contain person (\w+)", self.log_must_not_contain_person),
            (r"log must not contain (.+)", self.log_must_not_contain),
            (r"remember picture (\w+)", self.remember_picture),
            (r"expect picture (\w+)", self.expect_picture),
            (r"remember (\w+) from paper (\w+) like (\S+)", self.remember_from_paper),
            (r"remember (\w+) from (\S+)", self.remember),
            (r"(wait|expect) stats (\w+) is (.+)", self.expect_stats),
            (r"set demo (.+)", self.set_demo),
            (r"picture (\S+)", self.picture),
            (r"expect pictures at least (\d+)", self.expect_pictures),
            (r"step (.+)", self.step),
        )]

    def play(self, line: str) -> None:
        self._children.check()
        line = re.sub(r"\$\{(\w+)\}", lambda match: self._recall(match[1]), line)
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
            self._demo.finish(self._count("cases"), self._count("outbox"), self._only_case(),
                              self._printed)

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
                self._programs / "intake", "serve", "--config", config, "--clock", TRAINING_TIME])
            self._children.wait_for(name, lambda: listens_on_port(self._port))
        elif name == "post":
            self._children.start(name, [
                self._programs / "kiosk-post", "--config", config, "--clock", TRAINING_TIME])
            socket = pathlib.Path(self._config["terminal"]["post_socket"])
            self._children.wait_for(name, lambda: listens_on_socket(socket))
        else:
            control = self._state / "control.sock"
            control.unlink(missing_ok=True)
            self._children.start(name, [
                self._programs / "kiosk-training", "--headless", "--control", control,
                "--clock", TRAINING_TIME, "--config", config, "--printer-output", self._printed,
                "--people", PEOPLE, "--faces", training_state.cache_folder() / "faces"])
            try:
                self._kiosk.connect(lambda: self._children.is_running("kiosk"), START_LIMIT_S)
            except FlowError as problem:
                raise FlowError(f"{problem}\n{tail(self._logs / 'kiosk.log')}") from problem

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
        deadline = time.monotonic() + WAIT_LIMIT_S
        while self._hostile is None or self._hostile.requests < int(wanted):
            if self._hostile is None or time.monotonic() > deadline:
                raise FlowError(f"requests so far: {self._hostile.requests if self._hostile else 'no hostile intake'}")
            time.sleep(0.02)

    def tamper(self, name: str) -> None:
        with (self._state / name).open("ab") as file:
            file.write(b" ")

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

    # --- what arrived, what is kept, what was printed ---

    def count(self, how: str, what: str, wanted: str) -> None:
        deadline = time.monotonic() + (WAIT_LIMIT_S if how == "wait" else 0)
        while (found := self._count(what)) != int(wanted):
            self._children.check()
            if time.monotonic() >= deadline:
                raise FlowError(f"{what}: {found}, wanted {wanted}")
            time.sleep(0.05)

    def _count(self, what: str) -> int:
        if what == "cases":
            opened = pathlib.Path(self._config["intake"]["folder"], "intake.sqlite").exists()
            return int(self._run("intake", "count")) if opened else 0
        try:
            return waiting_rows(pathlib.Path(self._config["post"]["outbox_folder"]))
        except OSError as problem:
            raise FlowError(str(problem)) from problem

    def _only_case(self) -> dict:
        cases = json.loads(self._run("intake", "case", "--all"))
        if len(cases) != 1:
            raise FlowError(f"the intake has {len(cases)} cases, not one")
        return cases[0]

    def expect_case(self, field: str, wanted: str) -> None:
        value = self._only_case()
        for part in field.split("/"):
            if isinstance(value, list) and part.isdigit() and int(part) < len(value):
                value = value[int(part)]
            elif isinstance(value, dict) and part in value:
                value = value[part]
            else:
                known = ", ".join(value) if isinstance(value, dict) else str(value)
                raise FlowError(f"the case has no {field}; at {part} it has: {known}")
        if as_word(value) != wanted:
            raise FlowError(f"the case says {field} is {as_word(value)}")

    def _run(self, program: str, *arguments: str) -> str:
        config = self._state / "kiosk.toml"
        command = [self._programs / program, *arguments, "--config", config]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=COMMAND_LIMIT_S,
                                  stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired as problem:
            raise FlowError(f"{program} {arguments[0]} does not end") from problem
        if done.returncode != 0:
            raise FlowError(f"{program} {arguments[0]} failed: {done.stdout}{done.stderr}")
        return done.stdout

    def wait_printed(self, paper: str) -> None:
        deadline = time.monotonic() + WAIT_LIMIT_S
        while not list(self._printed.glob(f"*{paper}*.pdf")):
            self._children.check()
            if time.monotonic() > deadline:
                printed = ", ".join(sorted(file.name for file in self._printed.iterdir()))
                raise FlowError(f"no {paper} was printed; printed: {printed or 'nothing'}")
            time.sleep(0.02)

    def log_must_contain(self, event: str) -> None:
        deadline = time.monotonic() + WAIT_LIMIT_S
        while f'"event":"{event}"' not in (self._logs / "kiosk.log").read_text(encoding="utf-8"):
            self._children.check()
            if time.monotonic() > deadline:
                raise FlowError(f"kiosk.log has no {event}")
            time.sleep(0.02)

    def log_must_not_contain(self, text: str) -> None:
        """Nor may any other file of the terminal; the intake's own folder is the centre's."""
        spellings = {text.encode(coding) for coding in ("utf-8", "utf-16-le", "gb18030")}
        intake = pathlib.Path(self._config["intake"]["folder"])
        for folder in (self._logs, self._state, self._temporary):
            for file in folder.rglob("*"):
                if not file.is_file() or file.is_relative_to(intake):
                    continue
                content = file.read_bytes()
                if any(spelling in content for spelling in spellings):
                    raise FlowError(f"{text} stands in {file}")

    def log_must_not_contain_person(self, person: str) -> None:
        for fact in facts_of(person):
            self.log_must_not_contain(fact)

    # --- what the kiosk's memory holds ---

    def memory_and_person(self, program: str | None, how: str, person: str) -> None:
        self._memory(program or "kiosk", how, facts_of(person))

    def memory(self, program: str | None, how: str, text: str) -> None:
        self._memory(program or "kiosk", how, [text])

    def _memory(self, program: str, how: str, texts: list[str]) -> None:
        """`holds`: every text, so that a scan that finds nothing is known to look. `must not hold`:
        none of them, a second after this line began at the latest."""
        deadline = time.monotonic() + FORGOTTEN_WITHIN_S
        while True:
            began = time.monotonic()
            found = memory_scan.finds(self._children.pid(program), texts)
            if how == "holds":
                if missing := set(texts) - {find.text for find in found}:
                    raise FlowError(f"the memory does not hold {', '.join(sorted(missing))}")
                return
            if not found:
                return
            if began > deadline:
                raise FlowError("the memory holds\n" + "\n".join(f"    {find}" for find in found))

    # --- the kiosk ---

    def _ask_kiosk(self, line: str) -> list[str]:
        answer = self._kiosk.ask(line)
        if line in ("tree", "stats"):
            print("\n".join(answer))
        return answer

    def remember(self, name: str, widget: str) -> None:
        """The text of a thing on the page, for ${name} in later lines."""
        node = re.compile(rf"\S+ {re.escape(widget)} \[[^]]*\](?: selected)?(?: disabled)? (.+)")
        for line in self._kiosk.ask("tree"):
            if match := node.fullmatch(line):
                self._remembered[name] = match[1]
                return
        raise FlowError(f"nothing on the page has the id {widget} and a text")

    def remember_picture(self, name: str) -> None:
        """Every pixel of the page, for `expect picture`."""
        self._shoot(self._logs.parent / f"{name}.png")

    def expect_picture(self, name: str) -> None:
        now = self._logs.parent / f"{name}.now.png"
        self._shoot(now)
        if now.read_bytes() != (self._logs.parent / f"{name}.png").read_bytes():
            raise FlowError(f"the page looks different: {now}")

    def remember_from_paper(self, name: str, paper: str, pattern: str) -> None:
        """What the group of the pattern fits on the newest paper of that kind, all spaces left out."""
        papers = sorted(self._printed.glob(f"*{paper}*.pdf"), key=lambda file: file.stat().st_mtime)
        if not papers:
            raise FlowError(f"no {paper} was printed")
        text = subprocess.run(["pdftotext", "-layout", papers[-1], "-"], capture_output=True, text=True,
                              timeout=COMMAND_LIMIT_S).stdout
        match = re.search(pattern, re.sub(r"\s", "", text))
        if not match:
            raise FlowError(f"{papers[-1].name} has no {pattern}; it says:\n{text}")
        self._remembered[name] = match[1]

    def expect_stats(self, how: str, key: str, wanted: str) -> None:
        deadline = time.monotonic() + (WAIT_LIMIT_S if how == "wait" else 0)
        while (found := as_word(self.stats().get(key))) != wanted:
            if time.monotonic() >= deadline:
                raise FlowError(f"{key} is {found}")
            time.sleep(0.05)

    def _recall(self, name: str) -> str:
        if name not in self._remembered:
            raise FlowError(f"nothing is remembered as {name}")
        return self._remembered[name]

    # --- demonstration ---

    def set_demo(self, folder: str) -> None:
        self._demo = DemoOutput(pathlib.Path(folder))

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
