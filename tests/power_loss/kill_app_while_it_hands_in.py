#!/usr/bin/env python3
"""Kills the app at seeded moments between the tap on submit and the receipt: each time either nothing is
kept and nothing offered, or one submission is kept, offered after the restart and delivered once.

    kill_app_while_it_hands_in.py --bin DIR [--seeds N] [--first-seed N] [--out DIR]

Without --seeds a tenth of CW_KILLS (100), without --first-seed from CW_SEED on, as tests/run --kills N --seed S sets
them: each round of the whole app takes seconds, those of kill_test a moment.
"""
import os
import pathlib
import random
import signal
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/flows/runner"))

import flow_script  # noqa: E402
import own_driver  # noqa: E402
import patience  # noqa: E402
from flow_runner import Runner  # noqa: E402
from flow_script import FlowError  # noqa: E402

# Of all that tests/run --kills N kills, the app's share.
A_TENTH = 10
# Every round takes the line away under a submission, and retries are a tenth of the requests: once those that were saved up are
# used, one goes out a minute (offline/sync/pace.hpp, RetryBudget), which is longer than other flows wait for anything.
LONGER = 4

DEMO = ROOT / "kiosk/demo"
# The card stays on the reader: the page that asks to take it stands between the post's answer and the
# receipt, so that no receipt was shown, whatever the moment.
LAST_PAGE = "wait page take_card"


def lines_before_submit() -> list[str]:
    parts = (ROOT / "tests/faults/parts/place_card_only.flow", DEMO / "answer_questions.flow",
             DEMO / "fill_form.flow", DEMO / "sign.flow")
    place, questions, form, sign = ([line.text for line in flow_script.read(part)] for part in parts)
    assert sign[-1] == "tap submit", "sign.flow ends with the tap on submit"
    return [*place, "card place wang_xiulan", "wait page confirm_identity", "tap confirm_yes", *questions, *form,
            *sign[:-1]]


class Rounds:
    def __init__(self, runner: Runner):
        self._runner = runner
        self._before = lines_before_submit()
        self._cases = 0
        self._play("config kiosk.face_check_wanted=false", "start post", "start kiosk")

    def _play(self, *lines: str) -> None:
        for line in lines:
            try:
                self._runner.play(line)
            except FlowError as problem:
                raise FlowError(f"{line}\n  {problem}\n{self._runner.describe_screen()}") from problem

    def without_haste(self) -> float:
        """Killed when the submission is kept for certain; how long that took after the tap, in seconds."""
        self._play(*self._before)
        began = time.monotonic()
        self._play("tap submit", LAST_PAGE)
        took = time.monotonic() - began
        self._runner.kill("kiosk")
        if self._restart() != 1:
            raise FlowError("the page after the receipt of the post was there, but nothing is kept")
        return took

    def killed_after(self, delay_s: float) -> int:
        """How many submissions are kept then: 0 or 1."""
        self._play(*self._before)
        killing = threading.Timer(delay_s, os.kill, (self._runner.pid("kiosk"), signal.SIGKILL))
        killing.start()
        try:
            self._runner.play("tap submit")
            self._runner.play(LAST_PAGE)
        except FlowError:
            pass  # what is told of the killed app does not matter, only what is found afterwards
        killing.join()
        self._runner.kill("kiosk")
        return self._restart()

    def _restart(self) -> int:
        self._play("start kiosk", "wait page home", "expect all or nothing kept", "expect no text 王秀兰")
        kept = int(self._runner.recall("kept"))
        if kept:
            self._play("tap kept_seen", "wait stats unshown is 0", "expect outbox 1")
        self._cases += kept
        self._play("start intake", "wait outbox 0", f"expect cases {self._cases}", "stop intake",
                   "log must not contain person wang_xiulan")
        return kept


def main() -> int:
    parser = own_driver.options_of(__doc__)
    kills = int(os.environ.get("CW_KILLS", "100"))
    parser.add_argument("--seeds", type=int, default=-(-kills // A_TENTH))
    parser.add_argument("--first-seed", type=int, default=int(os.environ.get("CW_SEED", "1")))
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    patience.wait_longer(LONGER)

    seed, folder = None, None
    try:
        with own_driver.terminal(options, "hand-in-") as (runner, folder):
            rounds = Rounds(runner)
            longest = rounds.without_haste()
            print(f"from the tap on submit to the kept submission: {longest * 1000:.0f} ms", flush=True)
            for seed in range(options.first_seed, options.first_seed + options.seeds):
                delay = random.Random(seed).uniform(0, longest)
                kept = rounds.killed_after(delay)
                print(f"seed {seed}: killed after {delay * 1000:.0f} ms, "
                      f"{'kept and offered' if kept else 'nothing kept'}", flush=True)
    except FlowError as problem:
        print(f"seed {seed}: {problem}\n  logs: {folder}/logs", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
