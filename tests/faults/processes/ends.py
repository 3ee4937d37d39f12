"""Programs that are killed or hang."""
import pathlib
import random

from terminal import PARTS, Terminal, fault, lines_of

SEEDS = 4


@fault
def app_or_post_killed_at_random_moments(programs: pathlib.Path, out: pathlib.Path, seed: int) -> None:
    """O1. Killed by -9 before any line of a journey: it is started again; the post's end costs no citizen anything, the app's
    ends the session; what was acknowledged is kept and nothing else."""
    t = Terminal(programs, out)
    try:
        t.play("start post", "start kiosk")
        before = [*lines_of(PARTS / "signed.flow"), *t.signing()[:-1]]
        for number in range(seed, seed + SEEDS):
            dice = random.Random(number)
            victim = ("post", "kiosk")[number % 2]
            at = dice.randrange(len(before))
            start = t.service(victim).starts + 1
            print(f"seed {number}: {victim} is killed before line {at}: {before[at]}", flush=True)
            t.play(*before[:at])
            t.kill(victim)
            if victim == "post":
                t.play(*before[at:])
                t.hand_in()
                t.leave_receipt()
            t.comes_back(victim, start)
            t.play("wait page home", "wait stats live_secrets is 0", "expect no text 王秀兰", "wait stats unshown is 0")
        t.everything_arrives()
        t.expect_endings({"post": ["ended"] * (SEEDS // 2), "kiosk": ["ended"] * (SEEDS // 2), "intake": []})
    finally:
        t.runner.end()


@fault
def a_program_that_hangs_is_started_again(programs: pathlib.Path, out: pathlib.Path, seed: int) -> None:
    """O2. Each program is stopped where it stands: it no longer feeds its watchdog, is ended and started again, and a
    citizen goes the whole way afterwards."""
    t = Terminal(programs, out)
    try:
        t.play("start intake", "start post", "start kiosk", "wait page home")
        t.play_files(PARTS / "place_card_only.flow")
        for name in ("post", "intake", "kiosk"):
            t.hang(name)
            t.comes_back(name, 2)
        t.play("wait page home", "wait stats live_secrets is 0")
        t.wait_for_post()
        t.to_signature()
        t.hand_in()
        t.leave_receipt()
        t.everything_arrives()
        t.expect_endings({name: ["hung"] for name in ("post", "intake", "kiosk")})
    finally:
        t.runner.end()
