#!/usr/bin/env python3
"""The flow runner itself, played against fake programs."""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
RUN_FLOW = HERE.parent / "flows/run_flow.py"
START = "start intake\nstart post\nstart kiosk\n"


class RunFlow(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="run-flow-test-")
        self.addCleanup(self.temporary.cleanup)
        self.folder = pathlib.Path(self.temporary.name)
        programs = self.folder / "bin"
        programs.mkdir()
        for name in ("kiosk-training-keys", "intake", "kiosk-post", "kiosk-training"):
            program = programs / name
            program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{HERE}/fake_programs.py" {name} "$@"\n')
            program.chmod(0o755)

    def play(self, text, *options):
        script = self.folder / "test.flow"
        script.write_text(text, encoding="utf-8")
        return subprocess.run(
            [sys.executable, RUN_FLOW, script, "--bin", self.folder / "bin", "--out", self.folder / "out",
             *options], capture_output=True, text=True, timeout=60)

    def assert_fails(self, text, *wanted):
        done = self.play(text)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        for part in wanted:
            self.assertIn(part, done.stderr)

    def test_a_flow_that_holds_exits_0(self):
        done = self.play(START + "# a comment\n\nexpect page home\ntap start\nexpect page place_card\n"
                                 "hand_in 1\nwait cases 1\nexpect outbox 0\nexpect case answers/account is 6222\n"
                                 "expect case answers/rows/0/name is 王秀兰\nstop kiosk\nstop post\nstop intake\n")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_first_line_that_fails_is_named_with_what_the_page_showed(self):
        self.assert_fails(START + "expect page receipt\nexpect page nothing\n", "test.flow:4: expect page receipt",
                          "page is home", "on page home:", "primary_button next")

    def test_a_program_that_ends_by_itself_fails_the_flow(self):
        self.assert_fails(START + "say last words\ncrash\nexpect page home\n", "kiosk", "last words")

    def test_a_wrong_count_and_a_wrong_field_of_the_case_fail(self):
        self.assert_fails(START + "expect cases 1\n", "cases: 0, wanted 1")
        self.assert_fails(START + "hand_in 2\nexpect case answers/account is 6222\n", "2 cases, not one")
        self.assert_fails(START + "hand_in 1\nexpect case answers/account is 1\n", "answers/account is 6222")
        self.assert_fails(START + "hand_in 1\nexpect case answers/nothing is 1\n", "the case has no answers/nothing")
        self.assert_fails(START + "expect stats live_secrets is 1\n", "live_secrets is 0")

    def test_personal_data_in_a_log_or_a_file_fails(self):
        self.assert_fails(START + "say 姓名 王秀兰\nlog must not contain 王秀兰\n", "王秀兰 stands in", "kiosk.log")

    def test_an_event_in_the_log_of_any_program_is_found_by_its_name_and_fields(self):
        event = 'say {"at":"x","event":"DeviceFault","device":"id_card_reader","fault":"CardExpired"}\n'
        done = self.play(START + event + "log has DeviceFault\nlog has DeviceFault fault=CardExpired\n"
                         "log has DeviceFault fault=CardExpired device=id_card_reader\n")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_an_event_that_nobody_logged_or_with_other_fields_fails(self):
        event = 'say {"at":"x","event":"DeviceFault","device":"camera","fault":"CardExpired"}\n'
        self.assert_fails(START + event + "log has DeviceFault device=id_card_reader\n",
                          "no program logged DeviceFault device=id_card_reader", '"device": "camera"')
        self.assert_fails(START + "say DeviceFault\nlog has DeviceFault\n", "DeviceFault so far:\n    none")
        self.assert_fails("log has NoSuchEvent\n", "log_events.toml declares no NoSuchEvent")
        self.assert_fails("log has DeviceFault colour=red\n", "DeviceFault has no colour")

    def test_a_whole_submission_is_compared_and_a_wrong_field_is_named_with_its_path(self):
        expected = self.folder / "expected.json"

        def compare(submission, *wanted, left_out=("id",)):
            expected.write_text(json.dumps({"left_out": left_out, "submission": submission}), encoding="utf-8")
            text = START + f"hand_in 1\nexpect submission as in {expected}\n"
            if wanted:
                return self.assert_fails(text, *wanted)
            done = self.play(text)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

        compare({"rows": [{"name": "王秀兰"}], "count": 1})
        compare({"rows": [{"name": "李小"}], "count": 1}, 'rows/0/name: "王秀兰", expected "李小"')
        compare({"rows": [], "count": 1}, "rows/0: {", "expected missing")
        compare({"rows": [{"name": "王秀兰"}], "count": True}, "count: 1, expected true")
        compare({"rows": [{"name": "王秀兰"}], "count": 1, "more": 2}, "more: missing, expected 2")
        compare({"rows": [{"name": "王秀兰"}]}, "count: 1, expected missing")
        compare({"rows": [{"name": "王秀兰"}], "count": 1}, "at: should hold something, but is missing",
                left_out=("id", "at"))

    def test_a_text_in_the_memory_of_the_kiosk_is_found_in_another_coding(self):
        self.assert_fails(START + "know 王秀兰在这里\nmemory must not hold 王秀兰在这里\n", "the memory holds", "王秀兰在这里")
        self.assert_fails(START + "know 000101194305180023\nmemory must not hold person wang_xiulan\n",
                          "000101194305180023", "utf-16-le")
        self.assert_fails(START + "memory holds 谁也没说过的话\n", "does not hold 谁也没说过的话")
        done = self.play(START + "memory must not hold 谁也没说过的话\nmemory of post must not hold 谁也没说过\n")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_pictures_that_differ_fail(self):
        done = self.play(START + "remember picture empty\nexpect picture empty\n")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assert_fails(START + "remember picture empty\ntap next\nexpect picture empty\n", "looks different")

    def test_the_outbox_is_counted_on_disk_while_the_post_holds_it(self):
        done = self.play(START + "expect outbox 0\nkeep 3\nexpect outbox 3\nkill kiosk\nexpect outbox 3\n")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_data_of_a_person_on_a_card_is_looked_for_in_every_file(self):
        self.assert_fails(START + "say 000101194305180023\nlog must not contain person wang_xiulan\n",
                          "000101194305180023 stands in")

    def test_a_killed_program_can_be_started_again(self):
        done = self.play(START + "kill kiosk\nstart kiosk\nexpect page home\nkill post\nstart post\n")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_hostile_intake_takes_the_place_of_the_real_one(self):
        done = self.play("start intake\nstop intake\nhostile intake error500\nhostile intake captive_portal\n"
                         "stop intake\nstart intake\n")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assert_fails("start intake\nhostile intake nonsense\n", "the real intake is running")

    def test_includes_are_played_in_place_and_failures_name_the_included_file(self):
        (self.folder / "to_card.flow").write_text("tap start\nexpect page place_card\n")
        done = self.play(START + "include to_card.flow\nexpect page place_card\n")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assert_fails(START + "tap start\ninclude to_card.flow\n", "to_card.flow:2")
        self.assert_fails("include nowhere.flow\n", "test.flow:1: there is no")

    def test_a_text_on_the_page_can_be_remembered_and_used(self):
        self.play(START + "remember code from number\nsay ${code}!\nremember code from next\nsay ${code}\n")
        self.assertEqual((self.folder / "out/logs/kiosk.log").read_text(), "WLJ4 3K7M!\n下一步\n")
        self.play(START + "hand_in 1\nremember case from case case_number\nsay ${case}\n")
        self.assertEqual((self.folder / "out/logs/kiosk.log").read_text(), "C1\n")
        self.assert_fails(START + "remember code from nothing\n", "nothing on the page has the id nothing")

    def test_the_configuration_can_be_changed_before_a_program_starts(self):
        done = self.play("config kiosk.width=1920\n" + START)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("width = 1920", (self.folder / "out/state/kiosk.toml").read_text())
        self.assert_fails("config nothing=1\n", "not a change of the configuration")

    def test_the_demonstration_leaves_pictures_papers_case_and_summary(self):
        demo = self.folder / "demo"
        text = START + ("step 首页\ntap start\nstep 交出\nprint receipt\nprint letter\nwait printed letter\n"
                        "tap next\nhand_in 1\npicture extra\n")
        done = self.play(text, "--demo", demo)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(sorted(file.name for file in (demo / "screens").iterdir()),
                         ["01-home.png", "02-place-card.png", "03-receipt.png", "04-extra.png"])
        self.assertTrue((demo / "receipt.pdf").exists() and (demo / "letter.pdf").exists())
        summary = json.loads((demo / "summary.json").read_text())
        self.assertEqual((summary["sub_id"], summary["cases"], summary["outbox_rows_after"]), ("ab", 1, 0))
        self.assertEqual([step["step"] for step in summary["steps"]], ["首页", "交出"])

    def test_a_demonstration_whose_case_did_not_arrive_once_fails(self):
        text = START + "print receipt\nprint letter\nhand_in 2\n"
        done = self.play(text, "--demo", self.folder / "demo")
        self.assertEqual(done.returncode, 1)
        self.assertIn("2 cases", done.stderr)


if __name__ == "__main__":
    unittest.main()
