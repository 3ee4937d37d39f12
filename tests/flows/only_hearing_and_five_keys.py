#!/usr/bin/env python3
"""A citizen who sees nothing: hears what the terminal says, has five keys and a card, and applies for
the old-age allowance up to the kept receipt.

    only_hearing_and_five_keys.py --bin DIR [--out DIR]

Nothing here looks at the page: no tree, no picture, no id of a control. What to press next is decided
from the words heard in the headphones alone.
"""
import argparse
import pathlib
import re
import shutil
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from flow_runner import Runner  # noqa: E402
from flow_script import FlowError  # noqa: E402

PATIENCE_S = 20
ACCOUNT = "6217000123456789001"
ROUND = 90  # no page has more stops than this


class Listener:
    def __init__(self, runner: Runner):
        self._runner = runner
        self.story: list[str] = []

    def does(self, line: str) -> None:
        self._runner.play(line)

    def presses(self, key: str) -> list[str]:
        """What is heard after the key."""
        self._runner.play(f"key {key}")
        return self.hears()

    def hears(self) -> list[str]:
        lines = []
        for line in self._runner._kiosk.ask("heard"):  # the socket's own answer, not the page
            channel, words = line.split(": ", 1)
            if channel != "headphones" and words != "(chime)":
                raise FlowError(f"said into the room: {words}")
            lines.append(words)
        self.story += lines
        return lines

    def waits_to_hear(self, words: str, heard: list[str] = ()) -> list[str]:
        """Until the words were said; everything heard meanwhile."""
        heard = list(heard)
        deadline = time.monotonic() + PATIENCE_S
        while not any(words in line for line in heard):
            if time.monotonic() > deadline:
                raise FlowError(f"never heard “{words}”, but: {heard or self.story[-12:]}")
            time.sleep(0.05)
            heard += self.hears()
        return heard

    def goes_to(self, words: str, key: str = "next") -> list[str]:
        """Walks until a stop begins with these words."""
        for _ in range(ROUND):
            heard = self.presses(key)
            if heard and heard[0].rstrip("。") == words:
                return heard
        raise FlowError(f"no stop says “{words}”; heard last: {self.story[-12:]}")

    def chooses(self, words: str, key: str = "next") -> list[str]:
        self.goes_to(words, key)
        return self.presses("select")


def types(person: Listener, text: str, heard: list[str]) -> None:
    """On keys that are walked one by one; the first one has just been said."""
    now = heard[-1] if heard else ""
    for character in text:
        if now != character:
            person.goes_to(character)
            now = character
        person.presses("select")


def reaches_identity(person: Listener) -> None:
    person.does("headphone plug")
    heard = person.waits_to_hear("五个键")
    person.waits_to_hear("高龄津贴申领", heard)
    heard = person.chooses("高龄津贴申领")
    # The guide is long; its way on is among its last stops.
    turns_to_the_last_part(person)
    heard = person.chooses("开始办理", "previous")
    person.waits_to_hear("个人信息", heard)
    heard = person.chooses("我知道了，继续", "previous")
    person.waits_to_hear("身份证", heard)
    person.does("card place wang_xiulan")
    heard = person.waits_to_hear("请核对")
    person.does("card lift")
    person.waits_to_hear("兰", heard)  # her own name, masked, into her own ears


def turns_to_the_last_part(person: Listener) -> None:
    for _ in range(10):
        for _ in range(ROUND):
            heard = person.presses("next")
            if heard and heard[0] == "下一页":
                person.presses("select")
                break
            if heard and heard[0].startswith("返回"):  # the bar: there is no way further on
                return
        else:
            raise FlowError(f"no end of the page; heard last: {person.story[-12:]}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path)
    options = parser.parse_args()
    out = options.out or pathlib.Path(tempfile.mkdtemp(prefix="hearing-"))
    runner = Runner(options.bin.resolve(), out.resolve())
    person = Listener(runner)
    try:
        runner.play("start post")
        runner.play("start kiosk")
        reaches_identity(person)
    except FlowError as problem:
        print(f"{problem}\nheard:\n  " + "\n  ".join(person.story[-40:]), file=sys.stderr)
        return 1
    finally:
        runner.end()
    if not options.out:
        shutil.rmtree(out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
