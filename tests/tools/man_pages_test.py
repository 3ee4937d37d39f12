"""Each program's manual page and its --help name the same options, those of its subcommands included.

    man_pages_test.py BIN_DIR
"""
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = {
    "kiosk/kiosk.1": ["kiosk", "kiosk-training"],
    "offline/post/kiosk-post.1": ["kiosk-post"],
    "offline/intake/intake.1": ["intake"],
    "provisioning/technician/kiosk-technician.1": ["kiosk-technician"],
    "provisioning/updates/kiosk-update.1": ["kiosk-update"],
}
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


def help_of(program: pathlib.Path, *words: str) -> str:
    """With the help of every subcommand below."""
    text = subprocess.run([program, *words, "--help"], capture_output=True, text=True, check=True).stdout
    if subcommands := re.search(r"^Subcommands:\n((?:  .*\n)+)", text, re.MULTILINE):
        for name in re.findall(r"^  ([a-z][a-z-]*)", subcommands[1], re.MULTILINE):
            text += help_of(program, *words, name)
    return text


def options_of(text: str) -> set[str]:
    return set(OPTION.findall(text)) - {"--help", "--version"}  # every program has these


def options_of_page(roff: str) -> set[str]:
    return options_of(re.sub(r"\\f.", "", roff).replace(r"\-", "-"))


class ManPages(unittest.TestCase):
    bin: pathlib.Path

    def test_a_page_is_read_as_it_is_written(self):
        self.assertEqual(options_of_page(".BI \\-\\-printer\\-output \" DIR\"\n[\\fB\\-\\-size\\fR \\fIWxH\\fR] a \\- b"),
                         {"--printer-output", "--size"})

    def test_page_and_help_name_the_same_options(self):
        for page, programs in PAGES.items():
            with self.subTest(page):
                told = options_of("".join(help_of(self.bin / program) for program in programs))
                self.assertEqual(options_of_page((ROOT / page).read_text(encoding="utf-8")), told)

    def test_every_page_that_is_there_is_compared(self):
        there = {str(page.relative_to(ROOT)) for folder in ("kiosk", "offline", "provisioning", "drivers")
                 for page in (ROOT / folder).rglob("*.1")}
        self.assertEqual(there, set(PAGES))


if __name__ == "__main__":
    ManPages.bin = pathlib.Path(sys.argv.pop())
    unittest.main()
