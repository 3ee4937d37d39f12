"""The table of requirements is held to its rules: wrong input must fail."""
import pathlib
import unittest

import check_requirements


class Table(unittest.TestCase):
    def problems(self, *lines: str) -> list[str]:
        rest = [f"UX-{n:03} open later" for n in range(900, 900 - check_requirements.COUNT + len(lines), -1)]
        return check_requirements.check("\n".join([*lines, *rest]), pathlib.Path("/nowhere"), {"touch.floor"},
                                        {"touch.sliding_out_cancels"})

    def test_a_good_table_has_no_problem(self):
        self.assertEqual(self.problems("UX-001 by check touch.floor, test touch.sliding_out_cancels",
                                       "UX-002 none no such device"), [])

    def test_a_proof_that_is_not_there_is_named(self):
        for proof in ("check touch.flor", "test touch.nothing", "flow tests/faults/none.flow", "word touch.floor",
                      "bench ui steady page", "tool check_nothing.py"):
            self.assertIn(proof, " ".join(self.problems(f"UX-001 by {proof}")))

    def test_a_figure_and_a_tool_of_this_project_are_found_and_others_are_not(self):
        root = pathlib.Path(__file__).parents[3]
        self.assertTrue(check_requirements.has_figure(root, "ui press to changed pixel"))
        self.assertFalse(check_requirements.has_figure(root, "ui press to the moon"))
        self.assertFalse(check_requirements.has_figure(root, "nothing press to changed pixel"))
        self.assertTrue(check_requirements.is_tool(root, "check_layers.py"))
        self.assertFalse(check_requirements.is_tool(root, "fake_programs.py"))

    def test_a_line_without_a_reason_and_a_repeated_one_are_found(self):
        self.assertTrue(self.problems("UX-001 open"))
        self.assertTrue(self.problems("UX-001 open later", "UX-001 open later"))

    def test_a_missing_requirement_is_found(self):
        self.assertTrue(check_requirements.check("UX-001 open later", pathlib.Path("/nowhere"), set(), set()))


if __name__ == "__main__":
    unittest.main()
