"""What a run leaves behind: cases at the intake, rows in the outbox, printed papers, event logs, and the
places where nothing of a person may stand."""
import json
import pathlib
import re
import subprocess
import time
import tomllib

import patience
from flow_script import FlowError
from outbox_snapshot import waiting_rows
from submission_check import differences

ROOT = pathlib.Path(__file__).resolve().parents[3]
PEOPLE = ROOT / "drivers/emulation/people"
EVENTS = ROOT / "kiosk/base/log_events.toml"
WAIT_LIMIT_S = 20
EVENT_LIMIT_S = 5
COMMAND_LIMIT_S = 20
TOLD_EVENTS = 8


def as_word(value) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def facts_of(person: str) -> list[str]:
    """What nobody may read after a session: name, number, address."""
    file = PEOPLE / f"{person}.toml"
    if not file.exists():
        raise FlowError(f"there is no {file}")
    facts = tomllib.loads(file.read_text(encoding="utf-8"))
    return [facts[key] for key in ("name", "number", "address")]


class Evidence:
    """`check` raises when a program ended by itself; waiting for what it would have done is in vain."""

    def __init__(self, programs: pathlib.Path, state: pathlib.Path, config: dict, out: pathlib.Path, check):
        self._programs = programs
        self._state = state
        self._config = config
        self.logs = out / "logs"
        self.printed = out / "printed"
        self._temporary = out / "tmp"
        self._check = check

    def verbs(self) -> list:
        return [
            (r"(wait|expect) (cases|outbox) (\d+)", self.expect_count),
            (r"(wait|expect) case (\S+) is (.+)", self.expect_case),
            (r"expect submission as in (\S+)", self.expect_submission),
            (r"wait slips (\d+)", self.wait_slips),
            (r"wait printed (\w+)", self.wait_printed),
            (r"log has (\w+) before (\w+)", self.log_has_before),
            (r"log has (\w+)((?: \w+=\S+)*)", self.log_has),
            (r"log must not contain person (\w+)", self.log_must_not_contain_person),
            (r"log must not contain (.+)", self.log_must_not_contain),
        ]

    # --- what arrived and what is kept ---

    def expect_count(self, how: str, what: str, wanted: str) -> None:
        deadline = time.monotonic() + (patience.seconds(WAIT_LIMIT_S) if how == "wait" else 0)
        while (found := self.count(what)) != int(wanted):
            self._check()
            if time.monotonic() >= deadline:
                raise FlowError(f"{what}: {found}, wanted {wanted}")
            time.sleep(0.05)

    def count(self, what: str) -> int:
        if what == "cases":
            opened = pathlib.Path(self._config["intake"]["folder"], "intake.sqlite").exists()
            return int(self._run("intake", "count")) if opened else 0
        try:
            return waiting_rows(pathlib.Path(self._config["post"]["outbox_folder"]))
        except OSError as problem:
            raise FlowError(str(problem)) from problem

    def only_case(self) -> dict:
        # What somebody says to the office is no application.
        cases = [case for case in json.loads(self._run("intake", "case", "--all"))
                 if case["submission"].get("format") != "citizen-window/voice"]
        if len(cases) != 1:
            raise FlowError(f"the intake has {len(cases)} cases, not one")
        return cases[0]

    def case_field(self, field: str) -> str:
        value = self.only_case()
        for part in field.split("/"):
            if isinstance(value, list) and part.isdigit() and int(part) < len(value):
                value = value[int(part)]
            elif isinstance(value, dict) and part in value:
                value = value[part]
            else:
                known = ", ".join(value) if isinstance(value, dict) else str(value)
                raise FlowError(f"the case has no {field}; at {part} it has: {known}")
        return as_word(value)

    def expect_case(self, how: str, field: str, wanted: str) -> None:
        deadline = time.monotonic() + (patience.seconds(WAIT_LIMIT_S) if how == "wait" else 0)
        while (found := self.case_field(field)) != wanted:
            self._check()
            if time.monotonic() >= deadline:
                raise FlowError(f"the case says {field} is {found}")
            time.sleep(0.05)

    def expect_submission(self, file: str) -> None:
        """Every field that arrived, not only those that somebody thought of."""
        try:
            expected = json.loads((ROOT / file).read_text(encoding="utf-8"))
        except (OSError, ValueError) as problem:
            raise FlowError(f"{file}: {problem}") from problem
        if found := differences(expected["submission"], self.only_case()["submission"], expected["left_out"]):
            raise FlowError(f"what arrived differs from {file}:\n" + "".join(f"    {line}\n" for line in found))

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

    # --- papers ---

    def wait_slips(self, number: str) -> None:
        """So many lie cut off below the receipt printer, and no more."""
        deadline = time.monotonic() + patience.seconds(WAIT_LIMIT_S)
        while (found := len(list(self.printed.glob("slip_*.pbm")))) < int(number) and time.monotonic() < deadline:
            self._check()
            time.sleep(0.02)
        if found != int(number):
            raise FlowError(f"{found} slips came out, not {number}")

    def wait_printed(self, paper: str) -> None:
        deadline = time.monotonic() + patience.seconds(WAIT_LIMIT_S)
        while not list(self.printed.glob(f"*{paper}*.pdf")):
            self._check()
            if time.monotonic() > deadline:
                printed = ", ".join(sorted(file.name for file in self.printed.iterdir()))
                raise FlowError(f"no {paper} was printed; printed: {printed or 'nothing'}")
            time.sleep(0.02)

    def found_on_paper(self, paper: str, pattern: str) -> str:
        """What the group of the pattern fits on the newest paper of that kind, all spaces left out."""
        papers = sorted(self.printed.glob(f"*{paper}*.pdf"), key=lambda file: file.stat().st_mtime)
        if not papers:
            raise FlowError(f"no {paper} was printed")
        text = subprocess.run(["pdftotext", "-layout", papers[-1], "-"], capture_output=True, text=True,
                              timeout=COMMAND_LIMIT_S).stdout
        match = re.search(pattern, re.sub(r"\s", "", text))
        if not match:
            raise FlowError(f"{papers[-1].name} has no {pattern}; it says:\n{text}")
        return match[1]

    # --- logs ---

    def log_has(self, event: str, fields: str) -> None:
        """Waits for an event of any program; fields that are not named may be anything."""
        declared = tomllib.loads(EVENTS.read_text(encoding="utf-8"))
        wanted = dict(field.split("=", 1) for field in fields.split())
        if event not in declared:
            raise FlowError(f"log_events.toml declares no {event}")
        if unknown := wanted.keys() - declared[event]["fields"].keys():
            raise FlowError(f"{event} has no {', '.join(sorted(unknown))}")
        deadline = time.monotonic() + EVENT_LIMIT_S
        while True:
            logged = self._logged(event)
            if any(all(as_word(line[key]) == value for key, value in wanted.items()) for line in logged):
                return
            self._check()
            if time.monotonic() >= deadline:
                near = "".join(f"    {as_word(line)}\n" for line in logged[-TOLD_EVENTS:])
                raise FlowError(f"no program logged {event}{fields}; {event} so far:\n{near or '    none'}")
            time.sleep(0.05)

    def log_has_before(self, first: str, second: str) -> None:
        """In the log of one program the newest event of the first kind stands before the newest of the second."""
        self.log_has(first, "")
        self.log_has(second, "")
        for log in sorted(self.logs.glob("*.log")):
            lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
            newest = [max((i for i, line in enumerate(lines) if f'"event":"{event}"' in line), default=None)
                      for event in (first, second)]
            if None not in newest and newest[0] < newest[1]:
                return
        raise FlowError(f"no program logged {first} before {second}")

    def _logged(self, event: str) -> list[dict]:
        found = []
        for log in sorted(self.logs.glob("*.log")):
            for text in log.read_text(encoding="utf-8", errors="replace").splitlines():
                try:
                    line = json.loads(text)
                except ValueError:
                    continue  # not an event, or one that is being written
                if isinstance(line, dict) and line.get("event") == event:
                    found.append(line)
        return found

    def log_must_not_contain(self, text: str) -> None:
        """Nor may any other file of the terminal; the intake's own folder is the centre's."""
        spellings = {text.encode(coding) for coding in ("utf-8", "utf-16-le", "gb18030")}
        intake = pathlib.Path(self._config["intake"]["folder"])
        for folder in (self.logs, self._state, self._temporary):
            for file in folder.rglob("*"):
                if not file.is_file() or file.is_relative_to(intake):
                    continue
                content = file.read_bytes()
                if any(spelling in content for spelling in spellings):
                    raise FlowError(f"{text} stands in {file}")

    def log_must_not_contain_person(self, person: str) -> None:
        for fact in facts_of(person):
            self.log_must_not_contain(fact)
