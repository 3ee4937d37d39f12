"""Programs that are killed or hang."""
import os
import pathlib
import random

from terminal import PARTS, FlowError, Terminal, fault, lines_of

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


@fault
def the_photo_decoder_hangs_or_is_killed(programs: pathlib.Path, out: pathlib.Path, seed: int) -> None:
    """F16. The program that decodes the chip's photo never answers, or dies: the comparison says that it cannot be done here,
    and the other way goes on."""
    t = Terminal(programs, out)
    try:
        for number, body in enumerate(("while :; do :; done", "kill -9 $$")):
            decoder = out / f"decoder_{number}"
            decoder.write_text(f"#!/bin/sh\n{body}\n", encoding="ascii")
            decoder.chmod(0o755)
            t.play(f"config kiosk.photo_decoder={decoder}", *([] if number else ["start post"]), "start kiosk")
            t.play_files(PARTS / "place_card_only.flow")
            t.play("card place wang_xiulan", "wait page confirm_identity", "card lift", "tap confirm_yes",
                   "wait page face_consent", "camera show wang_xiulan", "tap face_yes", "wait page face_not_matched",
                   "log has DeviceFault device=face_comparison fault=PhotoUndecodable", "tap face_go_on", "wait page situation",
                   "stop kiosk")
            if [name for name in os.listdir("/proc") if name.isdigit() and runs(name, decoder)]:
                raise FlowError("the decoder still runs")
    finally:
        t.runner.end()


def runs(pid: str, program: pathlib.Path) -> bool:
    try:
        return str(program).encode() in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False  # it has ended meanwhile
