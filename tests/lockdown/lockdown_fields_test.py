#!/usr/bin/env python3
"""The same ways out as lockdown_test.py, tried where something is being typed: in a field of the form, in the middle of a
citizen's session, and on the page that asks for the technician's PIN.

    lockdown_fields_test.py --bin DIR [--out DIR]

Nothing leaves, nothing gets into the field but what was typed on the page's own keyboard, nothing gets out of it into what
programs share, and afterwards the session goes on from where it was.
"""
import argparse
import dataclasses
import pathlib
import shutil
import sys
import tempfile
import time

import lockdown_test
from lockdown_test import SKIPPED, Escape, FlowError, Prison, tail

HANDED_OUT = b"4242"  # would fit into any field here
SHARED = ("PRIMARY", "SECONDARY", "CLIPBOARD")
DROP_LIMIT_S = 2


@dataclasses.dataclass(frozen=True)
class Place:
    page: str
    way: tuple[str, ...]     # from the home page, the last of it typed on the page's keyboard
    field: str
    holds: str               # in the page's words
    onward: tuple[str, ...]  # proves that all is where it was


PLACES = (
    Place("form_address",
          ("tap services", "wait page services", "tap topic:elderly", "wait page services_topic", "tap item:990511001000",
           "wait page guide", "tap start", "wait page notice", "tap notice_accept", "wait page place_card", "card place wang_xiulan", "wait page confirm_identity", "card lift",
           "tap confirm_yes", "wait page face_consent", "tap face_no", "wait page situation", "tap applicant=self",
           "wait text 您的户籍在哪里？", "tap household=here", "wait text 您有社会保障卡吗？", "tap social_card=yes",
           "wait page form_person", "tap next", "wait page form_address", "tap method.digits", "type 8"),
          "p.live_detail", "8 = 8",
          ("tap method.digits", "tap key.号", "tap next", "wait page form_phone")),
    Place("maintain_pin",
          ("corner", "wait page maintain_sign_in", "card place li_young", "wait page maintain_pin", "type 135"),
          "pin", "●●● = ●●●",
          ("type 790", "tap maintain_sign_in", "wait page maintain_overview")),
)


class Field(Prison):
    """A field into which something was typed."""

    def go_to(self, place: Place) -> None:
        for line in place.way:
            self.control.ask(line)
        self.place, self.at = place, place.page
        self.owner = self.screen.foreign_window()
        for name in SHARED:
            self.screen.own_selection(name, self.owner)
        self.stands(self.at)
        self.nothing_changed("nothing yet", answers=True)

    def also_changed(self) -> str:
        if asked := self.screen.hand_out(HANDED_OUT):
            return f"somebody asked for what lies in {asked}"
        for name in SHARED:
            if (owner := self.screen.selection_owner(name)) != self.owner:
                return f"something was copied into {name}, which belongs to {owner} now"
        tree = self.control.ask("tree")
        held = [line for line in tree if line.startswith(f"field {self.place.field} ")]
        if len(held) != 1 or not held[0].endswith(f" selected {self.place.holds}"):
            return f"the field held {self.place.holds}, holds {held}"
        return ""


def pastes(prison: Field) -> None:
    """By the middle button on the field itself, too, and by every key that pastes somewhere."""
    field = [line for line in prison.control.ask("tree") if line.startswith(f"field {prison.place.field} ")][0]
    left, top, width, height = map(int, field[field.index("[") + 1:field.index("]")].split())
    prison.screen.move(left + width // 2, top + height // 2)
    prison.screen.click(2)
    prison.nothing_changed("the middle button on the field", answers=True)
    for keys in (["Control_L", "v"], ["Shift_L", "Insert"], ["Control_L", "Shift_L", "v"], ["Control_L", "y"], ["Insert"],
                 ["Control_L", "a"], ["Control_L", "c"], ["Control_L", "x"], ["Control_L", "Insert"], ["Shift_L", "Delete"]):
        prison.attempt(keys)
    prison.nothing_changed("the keys that copy and paste", answers=True)


def drops(prison: Field) -> None:
    """A drop whose source hands out what it has as soon as it is asked."""
    screen, window = prison.screen, prison.windows[-1][0]
    for kind in ("text/uri-list", "text/plain", "UTF8_STRING"):
        source = screen.foreign_window()
        screen.own_selection("XdndSelection", source)
        screen.send(window, "XdndEnter", source, 5 << 24, screen.atom(kind))
        screen.send(window, "XdndPosition", source, 0, 540 << 16 | 808, 0, screen.atom("XdndActionCopy"))
        screen.send(window, "XdndDrop", source, 0, 0)
        deadline = time.monotonic() + DROP_LIMIT_S
        asked: list[str] = []
        while not asked and time.monotonic() < deadline:
            asked = screen.hand_out(HANDED_OUT)
            time.sleep(0.01)
        if set(asked) - {"XdndSelection"}:
            raise Escape(f"for a drop of {kind} somebody asked for {asked}")
        prison.nothing_changed(f"a drop of {kind}", answers=True)


def a_paste_is_found_out(prison: Field) -> None:
    """Somebody asks for what lies in the clipboard: this test must see it."""
    prison.screen.ask_for_selection("CLIPBOARD", prison.owner)
    if not prison.also_changed():
        raise Escape("something was pasted, and this test saw nothing")
    if prison.also_changed():
        raise Escape("what was pasted once is told twice")


ATTEMPTS = (pastes, lockdown_test.known_break_outs, drops, lockdown_test.asked_to_close, a_paste_is_found_out)


def try_at(place: Place, programs: pathlib.Path, out: pathlib.Path) -> bool:
    out.mkdir(parents=True)
    prison = Field(programs, out)
    try:
        prison.start()
        prison.go_to(place)
        for attempt in ATTEMPTS:
            attempt(prison)
            print(f"held on {place.page}: {attempt.__name__}", flush=True)
        for line in place.onward:
            prison.control.ask(line)
        return True
    except (Escape, FlowError) as problem:
        print(f"{place.page}: {problem}\n{tail(out / 'kiosk.log')}")
        return False
    finally:
        prison.end()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, help="keeps logs here")
    asked = parser.parse_args()
    if not shutil.which("Xvfb"):
        print("Xvfb is not installed (provisioning/setup)")
        return SKIPPED
    out = asked.out or pathlib.Path(tempfile.mkdtemp(prefix="lockdown-"))
    try:
        held = [try_at(place, asked.bin.resolve(), out.resolve() / place.page) for place in PLACES]
    finally:
        if not asked.out:
            shutil.rmtree(out, ignore_errors=True)
    return int(not all(held))


if __name__ == "__main__":
    sys.exit(main())
