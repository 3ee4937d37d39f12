"""The matrix of a day's faults is held to its rules: wrong input must fail."""
import pathlib
import tempfile
import unittest

import check_fault_matrix
import named_tests

TESTS = {"card.is_pulled", "fault.no_intake"}


def table(rows: dict[str, str] | None = None) -> str:
    rows = rows or {}
    tests = "`card.is_pulled`, `fault.no_intake`"
    lines = ["| # | what goes wrong | tests |", "|---|---|---|"]
    lines += [f"| {fault} | something goes wrong | {rows.get(fault, tests)} |" for fault in check_fault_matrix.FAULTS]
    lines += ["| fault | tests |", "|---|---|"]
    lines += [f"| {fault} | {rows.get(fault, tests)} |" for fault in check_fault_matrix.BY_NAME]
    return "\n".join(lines)


def problems(text: str, more: set[str] = frozenset()) -> list[str]:
    return check_fault_matrix.check(text, TESTS | more, {"fault.no_intake"} | more)


class Matrix(unittest.TestCase):
    def test_there_are_ninety_three(self):
        self.assertEqual(len(check_fault_matrix.FAULTS), 93)

    def test_a_whole_table_has_no_problem(self):
        self.assertEqual(problems(table()), [])

    def test_a_sentence_is_enough_and_a_word_is_not(self):
        self.assertEqual(problems(table({"W1": "None: it needs a machine whose power can be cut."})), [])
        self.assertTrue(problems(table({"W1": "None."})))

    def test_a_test_that_is_not_there_is_named(self):
        self.assertIn("card.is_put_back", " ".join(problems(table({"F1": "`card.is_put_back`"}))))
        self.assertIn("fuzz_nothing_replay", " ".join(problems(table({"P10": "`fuzz_nothing_replay`"}))))

    def test_a_row_that_is_missing_twice_or_elsewhere_is_found(self):
        lines = table().splitlines()
        for broken in (lines[:2] + lines[3:], lines[:3] + lines[2:], [*lines[:2], lines[3], lines[2], *lines[4:]], lines[:-1],
                       [*lines, "| Z1 | something goes wrong | `card.is_pulled` |"], [*lines, "| another one | `card.is_pulled` |"]):
            self.assertTrue(problems("\n".join(broken)))

    def test_a_row_that_says_nothing_of_the_fault_is_found(self):
        self.assertTrue(problems(table().replace("| F1 | something goes wrong |", "| F1 | |")))

    def test_a_flow_that_no_row_names_is_found(self):
        self.assertIn("fault.of_nobody", " ".join(problems(table(), {"fault.of_nobody"})))


class Played(unittest.TestCase):
    def test_flows_and_faults_of_programs_are_found(self):
        with tempfile.TemporaryDirectory() as folder:
            place = pathlib.Path(folder)
            (place / "processes").mkdir()
            (place / "no_paper.flow").write_text("start kiosk\n", encoding="utf-8")
            (place / "processes/ends.py").write_text("@fault\ndef killed(out):\n    pass\n\ndef helper():\n    pass\n",
                                                     encoding="utf-8")
            self.assertEqual(check_fault_matrix.played(place), {"fault.no_paper", "fault.killed"})


class Names(unittest.TestCase):
    def test_flows_programs_loops_and_functions_are_found(self):
        found = named_tests.of_ctest("""
            foreach(fault one two
                three)
              cw_flow(fault.${fault} ${fault}.flow)
            endforeach()
            cw_flow(flow.tour tour.flow)
            # cw_flow(flow.of_a_comment no.flow)
            add_test(NAME lockdown COMMAND x)
function(cw_fuzz name)
  add_test(NAME fuzz_${name}_replay COMMAND x)
endfunction()
cw_fuzz(frames LINKS y)
function(cw_python_test name)
  add_test(NAME tools.${name} COMMAND x)
endfunction()
cw_python_test(layers z.py)
""")
        self.assertEqual(found, {"fault.one", "fault.two", "fault.three", "flow.tour", "lockdown", "fuzz_frames_replay",
                                 "tools.layers"})

    def test_tests_of_this_project_are_found(self):
        tests = named_tests.tests_of(pathlib.Path(__file__).parents[3])
        for name in ("fault.no_intake", "flow.journey", "wipe.crash", "fuzz_ipp_attributes_replay", "tools.systemd_units",
                     "FeedCuts.row_64_and_65_a_power_cut_at_every_write_leaves_whole_versions_that_never_go_back"):
            self.assertIn(name, tests)
        self.assertFalse([name for name in tests if "$" in name or name.endswith(".")])


if __name__ == "__main__":
    unittest.main()
