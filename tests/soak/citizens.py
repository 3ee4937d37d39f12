"""Scripted citizens: what they come for, as lines of a flow. A line that waits or taps is played by polling, so that faults can be
fired while somebody waits; one that cannot go on is not pressed again and again: the citizen goes home."""
import pathlib
import random
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/faults/processes"))

from terminal import DEMO, PARTS, lines_of  # noqa: E402

TO_CARD = lines_of(PARTS / "place_card_only.flow")
SIGNED = lines_of(PARTS / "signed.flow")
SIGN = lines_of(DEMO / "sign.flow")


def without_pictures(lines: list[str]) -> list[str]:
    """What a demonstration or a proof wants beside the journey."""
    return [line for line in lines if line.split()[0] not in ("picture", "step", "expect", "log")]


def applies(dice: random.Random) -> list[str]:
    """All the way, by face or without, with or without a copy of the letter."""
    lines = without_pictures([*SIGNED, *SIGN])
    if dice.random() < 0.5:
        at = lines.index("tap face_no")
        lines[at:at + 1] = ["camera show wang_xiulan", "tap face_yes", "wait page situation"]
    lines += ["wait page receipt", "@receipt"]
    if dice.random() < 0.3:
        lines += ["wait text 打印好了", "tap print_letter", "wait text 打印好了"]
    return [*lines, "tap end", "@home"]


def looks_up(dice: random.Random, receipts: list[tuple[str, str]]) -> list[str]:
    number, code = dice.choice(receipts[-50:])
    return ["tap progress", "wait page progress_way", "tap by_code", "wait page progress_code", f"type {number}{code}",
            "tap look_up", "wait page progress", "tap progress_done", "@home"]


def reads_the_guide(dice: random.Random) -> list[str]:
    return ["tap services", "wait page services", "tap topic:elderly", "wait page services_topic", "tap item:990511001000", "wait page guide", "tap end", "@home"]


def has_an_expired_card(dice: random.Random) -> list[str]:
    return [*TO_CARD, "card place expired", "wait page card_refused", "card lift", "tap refused_home", "@home"]


def walks_away(dice: random.Random) -> list[str]:
    """In the middle of the form, without a word."""
    lines = without_pictures(SIGNED)
    at = dice.randrange(lines.index("tap confirm_yes"), len(lines))
    return [*lines[:at], "clock forward 300 s", "clock forward 70 s", "@home"]


def is_an_elder(dice: random.Random) -> list[str]:
    return ["tap elder", *reads_the_guide(dice)]


def next_one(dice: random.Random, receipts: list[tuple[str, str]]) -> tuple[str, list[str]]:
    """Who comes, and what they do."""
    what = dice.choices((applies, looks_up, reads_the_guide, has_an_expired_card, walks_away, is_an_elder),
                        weights=(10, 3 if receipts else 0, 2, 1, 2, 1))[0]
    return what.__name__, what(dice, receipts) if what is looks_up else what(dice)
