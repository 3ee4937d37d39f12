#!/usr/bin/env python3
import pathlib
import tempfile
import unittest

import closing_line

FILE = """<testsuite tests="4">
<testcase name="card.reads" status="run"/><testcase name="card.fails" status="fail"><failure/></testcase>
<testcase name="face.models" status="notrun"><skipped message="SKIP_RETURN_CODE"/></testcase>
<testcase name="ui_test_NOT_BUILT" status="notrun"><skipped message="x"/></testcase></testsuite>"""


class ClosingLine(unittest.TestCase):
    def closing(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "results.xml")
            path.write_text(text)
            return closing_line.closing(str(path))

    def test_failed_and_skipped_tests_are_named_and_counted(self):
        lines, good = self.closing(FILE)
        self.assertEqual(lines, ["failed: card.fails", "failed: ui_test_NOT_BUILT", "skipped: face.models",
                                 "1 passed, 2 failed, 1 skipped"])
        self.assertFalse(good)

    def test_all_passed_is_one_line(self):
        self.assertEqual(self.closing('<testsuite><testcase name="a" status="run"/></testsuite>'),
                         (["1 passed, 0 failed"], True))

    def test_no_test_at_all_is_a_failure(self):
        self.assertFalse(self.closing("<testsuite/>")[1])
        self.assertFalse(self.closing("broken")[1])


if __name__ == "__main__":
    unittest.main()
