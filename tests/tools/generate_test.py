#!/usr/bin/env python3
"""kiosk/base/generate.py stops the build on texts that are not right, and says where."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

GENERATE = pathlib.Path(__file__).resolve().parents[2] / "kiosk/base/generate.py"
FAULT = '[DiskFull]\nmender = "technician"\nzh = "满了"\nen = "Full."\ntechnician = "磁盘满"\n'
EVENT = '[ProgramStarted]\ndoc = "It came up."\nfields = { program = "word" }\n'
MESSAGE = '[greeting]\nzh = "您好，{name}"\nen = "Hello {name}"\n'


class Generate(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="generate-test-")
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def generate(self, *messages, faults=FAULT, events=EVENT):
        paths = []
        texts = {"faults.toml": faults, "events.toml": events,
                 **{f"messages_{number}.toml": text for number, text in enumerate(messages)}}
        for name, text in texts.items():
            paths.append(self.folder / name)
            paths[-1].write_text(text, encoding="utf-8")
        return subprocess.run([sys.executable, GENERATE, self.folder / "out", *paths], capture_output=True, text=True)

    def assert_stops(self, done, *wanted):
        self.assertNotEqual(done.returncode, 0)
        for part in wanted:
            self.assertIn(part, done.stderr)

    def test_right_texts_become_ids_and_a_table_in_the_same_order(self):
        done = self.generate(MESSAGE, '[parting]\nzh = "慢走"\nen = "Goodbye"\n')
        self.assertEqual(done.returncode, 0, done.stderr)
        ids = (self.folder / "out/base/message_id.hpp").read_text(encoding="utf-8")
        table = (self.folder / "out/message_table.inc").read_text(encoding="utf-8")
        self.assertLess(ids.index("greeting,"), ids.index("parting,"))
        self.assertLess(table.index('{"您好，{name}", "Hello {name}"}'), table.index('{"慢走", "Goodbye"}'))

    def test_a_missing_language_stops(self):
        self.assert_stops(self.generate('[greeting]\nzh = "您好"\n'), "messages_0.toml: greeting", "['zh', 'en']")
        self.assert_stops(self.generate(MESSAGE, '[parting]\nen = "Goodbye"\n'), "messages_1.toml: parting")

    def test_a_language_that_nobody_speaks_here_stops(self):
        self.assert_stops(self.generate(MESSAGE + 'fr = "Bonjour {name}"\n'), "messages_0.toml: greeting", "'fr'")

    def test_a_differing_placeholder_stops(self):
        for english in ("Hello {nmae}", "Hello", "Hello {name} {count}"):
            self.assert_stops(self.generate(MESSAGE.replace("Hello {name}", english)), "greeting: placeholders differ")

    def test_the_same_id_twice_stops_wherever_it_stands(self):
        self.assert_stops(self.generate(MESSAGE + MESSAGE), "messages_0.toml", "greeting")
        self.assert_stops(self.generate(MESSAGE, MESSAGE), "messages_1.toml: greeting stands in", "messages_0.toml")
        self.assert_stops(self.generate(MESSAGE, faults=FAULT + FAULT), "faults.toml")

    def test_a_fault_without_a_language_or_a_mender_stops(self):
        self.assert_stops(self.generate(MESSAGE, faults=FAULT.replace('en = "Full."\n', "")), "DiskFull lacks ['en']")
        self.assert_stops(self.generate(MESSAGE, faults=FAULT.replace("technician\"\nzh", "somebody\"\nzh")),
                          "DiskFull: unknown mender somebody")

    def test_an_event_with_free_text_stops(self):
        self.assert_stops(self.generate(MESSAGE, events=EVENT.replace('"word"', '"text"')),
                          "ProgramStarted.program: unknown type text")

    def test_nothing_is_written_anew_when_nothing_changed(self):
        self.assertEqual(self.generate(MESSAGE).returncode, 0)
        files = [file for file in (self.folder / "out").rglob("*") if file.is_file()]
        self.assertGreater(len(files), 3)
        before = {file: file.stat().st_mtime_ns for file in files}
        self.assertEqual(self.generate(MESSAGE).returncode, 0)
        self.assertEqual(before, {file: file.stat().st_mtime_ns for file in files})


if __name__ == "__main__":
    unittest.main()
