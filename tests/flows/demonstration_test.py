#!/usr/bin/env python3
"""Plays the demonstration as kiosk/run --demo does and reads everything it leaves behind.

    demonstration_test.py FOLDER_OF_PROGRAMS DEMO_FOLDER
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
JOURNEY = ROOT / "kiosk/demo/journey.flow"
LIMIT_S = 170
PNG = b"\x89PNG\r\n"


class Demonstration(unittest.TestCase):
    programs: pathlib.Path
    folder: pathlib.Path

    @classmethod
    def setUpClass(cls):
        shutil.rmtree(cls.folder, ignore_errors=True)
        done = subprocess.run([sys.executable, "-B", HERE / "run_flow.py", JOURNEY, "--bin", cls.programs,
                               "--demo", cls.folder], capture_output=True, text=True, timeout=LIMIT_S)
        if done.returncode != 0:
            raise AssertionError(done.stdout + done.stderr)
        cls.summary = json.loads((cls.folder / "summary.json").read_text(encoding="utf-8"))
        cls.case = json.loads((cls.folder / "intake-case.json").read_text(encoding="utf-8"))

    def text_of(self, paper):
        return "".join(subprocess.run(["pdftotext", "-layout", self.folder / paper, "-"], capture_output=True,
                                      text=True, check=True).stdout.split())

    def test_the_summary_says_one_case_and_an_empty_outbox(self):
        self.assertEqual(sorted(self.summary), ["case_number", "cases", "local_number", "outbox_rows_after", "pictures",
                                                "steps", "sub_id"])
        self.assertEqual((self.summary["cases"], self.summary["outbox_rows_after"]), (1, 0))

    def test_the_ids_of_the_summary_are_those_of_the_case(self):
        for key in ("sub_id", "local_number", "case_number"):
            self.assertEqual(self.summary[key], self.case[key])
        self.assertEqual(self.summary["sub_id"], self.case["submission"]["sub_id"])
        self.assertRegex(self.summary["sub_id"], r"^[0-9a-f]{32}$")
        self.assertRegex(self.summary["local_number"], r"^[0-9A-Z]{16}$")
        self.assertEqual(self.case["state"], "APPLIED")

    def test_every_step_of_the_journey_has_its_time(self):
        steps = [line.removeprefix("step ") for line in JOURNEY.read_text(encoding="utf-8").splitlines()
                 if line.startswith("step ")]
        self.assertEqual([step["step"] for step in self.summary["steps"]], steps)
        for step in self.summary["steps"]:
            self.assertIsInstance(step["ms"], int)
            self.assertGreater(step["ms"], 0)

    def test_every_page_has_its_picture(self):
        pictures = sorted((self.folder / "screens").iterdir())
        self.assertEqual(len(pictures), self.summary["pictures"])
        self.assertGreaterEqual(len(pictures), 14)
        for picture in pictures:
            self.assertEqual(picture.read_bytes()[:len(PNG)], PNG, picture)
        passed = {picture.stem.partition("-")[2] for picture in pictures}
        self.assertLessEqual({"home", "guide", "notice", "place-card", "confirm-identity", "face-consent", "situation",
                              "form-person", "materials", "review", "letter-1", "receipt", "rating", "progress"}, passed)

    def test_the_receipt_says_the_number_and_names_nobody_in_full(self):
        text = self.text_of("receipt.pdf")
        self.assertIn(self.summary["local_number"], text)
        self.assertIn("已封存在本机，尚未送达", text)
        for private in ("王秀兰", "000101194305180023", "6217000123456789001"):
            self.assertNotIn(private, text)

    def test_the_letter_is_her_letter(self):
        text = self.text_of("letter.pdf")
        self.assertIn("王秀兰", text)
        self.assertIn("高龄津贴", text)


class FolderOfTheDemonstration(unittest.TestCase):
    """kiosk/run in a checkout whose other commands only say how they were called."""

    def demo_folder(self, *options, stands_in):
        with tempfile.TemporaryDirectory(prefix="kiosk-run-test-") as temporary:
            checkout = pathlib.Path(temporary, "checkout").resolve()
            for command in ("provisioning/setup", "provisioning/build"):
                path = checkout / command
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text("#!/bin/sh\n")
                path.chmod(0o755)
            runner = checkout / "tests/flows/run_flow.py"
            runner.parent.mkdir(parents=True)
            runner.write_text("import os, sys\nprint('demo in', os.path.abspath(sys.argv[-1]))\n")
            (checkout / "kiosk").mkdir()
            shutil.copy(ROOT / "kiosk/run", checkout / "kiosk/run")
            done = subprocess.run([checkout / "kiosk/run", "--demo", *options], cwd=stands_in, capture_output=True,
                                  text=True, timeout=LIMIT_S)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            found = [line for line in done.stdout.splitlines() if line.startswith("demo in ")]
            return found[0].removeprefix("demo in ").replace(str(checkout), "CHECKOUT")

    def test_a_relative_folder_is_where_the_user_stands(self):
        with tempfile.TemporaryDirectory(prefix="somewhere-") as somewhere:
            self.assertEqual(self.demo_folder("pictures", stands_in=somewhere),
                             f"{pathlib.Path(somewhere).resolve()}/pictures")
            self.assertEqual(self.demo_folder("/elsewhere/pictures", stands_in=somewhere), "/elsewhere/pictures")
            self.assertEqual(self.demo_folder(stands_in=somewhere), "CHECKOUT/build/demo")


if __name__ == "__main__":
    Demonstration.programs, Demonstration.folder = map(pathlib.Path, sys.argv[1:3])
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
