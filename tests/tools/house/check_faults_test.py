"""The fault matrix is held to its rules: wrong input must fail."""
import pathlib
import unittest

import check_faults

TESTS = {"fault_matrix.row_01_cut", "mutants.one_is_found"}


def table(rows: dict[int, str] | None = None, invariants: dict[int, str] | None = None) -> str:
    rows, invariants = rows or {}, invariants or {}
    lines = [f"| {n} | something | {rows.get(n, '`fault_matrix.row_01_cut`')} |" for n in range(1, check_faults.ROWS + 1)]
    lines += [f"| I{n} | {invariants.get(n, 'simulator')} | `mutants.one_is_found` |"
              for n in range(1, check_faults.INVARIANTS + 1)]
    return "\n".join(lines)


class Matrix(unittest.TestCase):
    def test_a_whole_table_has_no_problem(self):
        self.assertEqual(check_faults.check(table(), TESTS), [])

    def test_a_sentence_is_enough_and_a_word_is_not(self):
        self.assertEqual(check_faults.check(table({70: "None: it needs a relay for each model of hardware."}), TESTS), [])
        self.assertTrue(check_faults.check(table({70: "None."}), TESTS))

    def test_a_test_that_is_not_there_is_named(self):
        self.assertIn("fault_matrix.row_02_no", " ".join(
            check_faults.check(table({2: "`fault_matrix.row_02_no`"}), TESTS)))

    def test_a_row_that_is_missing_twice_or_elsewhere_is_found(self):
        lines = table().splitlines()
        self.assertTrue(check_faults.check("\n".join(lines[1:]), TESTS))
        self.assertTrue(check_faults.check("\n".join([lines[0], *lines]), TESTS))
        self.assertTrue(check_faults.check("\n".join([lines[1], lines[0], *lines[2:]]), TESTS))
        self.assertTrue(check_faults.check("\n".join(lines[:-1]), TESTS))

    def test_an_invariant_that_nobody_asks_and_a_mutant_that_nobody_names_are_found(self):
        nobody = table(invariants={3: ""}).replace("| I3 |  | `mutants.one_is_found` |", "| I3 |  | |")
        self.assertTrue(check_faults.check(nobody, TESTS))
        self.assertTrue(check_faults.check(table(), TESTS | {"mutants.another_is_found"}))

    def test_tests_of_this_project_are_found_in_every_spelling(self):
        tests = check_faults.tests_of(pathlib.Path(__file__).parents[3])
        for name in ("fault_matrix.row_01_power_cut_at_any_write_or_sync_of_accept", "Courier.attachments_of_the_outbox_are_carried_and_complete_it",
                     "power_loss.app_killed_while_it_hands_in"):
            self.assertIn(name, tests)
        self.assertNotIn("power_loss.nothing", tests)


if __name__ == "__main__":
    unittest.main()
