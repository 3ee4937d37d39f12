"""What the policy papers ask for is held to its rules: wrong input must fail."""
import pathlib
import unittest

import check_coverage
import named_tests

TESTS = {"column.has_three_doors"}
PAGES = {"home", "home+help"}
DONE = ("done", "`home`, `home+help`", "`column.has_three_doors`")
PARTLY = ("partly", "`home`", "`column.has_three_doors`. It has two doors of the three.")
NOT_YET = ("not yet", "–", "There are no columns of any kind.")


def table(rows: dict[str, tuple[str, str, str]] | None = None, counts: str | None = None, demand: str = "") -> str:
    """Every row done but those that are given."""
    rows = rows or {}
    all_rows = {row: rows.get(row, DONE) for row in check_coverage.ROWS}
    states = [state for state, _, _ in all_rows.values()]
    said = counts or "Of the 97 demands {} are done, {} partly and {} not yet.".format(
        *(states.count(state) for state in check_coverage.STATES))
    demand = demand or "the terminal has a column (专栏) of its own"
    lines = [said, "| # | what is asked | state | pages | tests |", "|---|---|---|---|---|"]
    lines += [f"| {row} | {demand} | {' | '.join(cells)} |" for row, cells in all_rows.items()]
    lines += ["| # | one says, another says | setting | how |", "|---|---|---|---|"]
    lines += [f"| {row} | this or that | setting | The pack says it for each service. |"
              for row in check_coverage.CONTRADICTIONS]
    return "\n".join(lines)


def problems(text: str) -> str:
    return "\n".join(check_coverage.check(text, TESTS, PAGES))


class Coverage(unittest.TestCase):
    def test_there_are_ninety_seven(self):
        self.assertEqual(len(check_coverage.ROWS), 97)
        self.assertEqual(len(set(check_coverage.ROWS)), 97)

    def test_a_whole_table_has_no_problem(self):
        self.assertEqual(problems(table()), "")
        self.assertEqual(problems(table({"A1": PARTLY, "B9": NOT_YET, "T9": NOT_YET})), "")

    def test_a_row_that_is_missing_twice_or_elsewhere_is_found(self):
        lines = table().splitlines()
        for broken in (lines[:3] + lines[4:], lines[:4] + lines[3:], [*lines[:3], lines[4], lines[3], *lines[5:]], lines[:-1],
                       [*lines, lines[3].replace("| A1 |", "| A8 |")], [*lines, lines[-1]]):
            self.assertIn("are not those of the list", problems("\n".join(broken)))

    def test_a_state_is_one_of_three_words(self):
        for state in ("almost", "Done", "", "done, partly"):
            self.assertIn("is no state", problems(table({"A1": (state, *PARTLY[1:])})))

    def test_what_is_done_names_a_test_that_exists(self):
        self.assertIn("names no test", problems(table({"A1": ("done", "`home`", "It was looked at by several people.")})))
        self.assertIn("column.has_four_doors", problems(table({"A1": ("done", "`home`", "`column.has_four_doors`")})))
        partly = ("partly", "`home`", PARTLY[2] + " `column.has_four_doors`")
        self.assertIn("column.has_four_doors", problems(table({"A1": partly})))

    def test_what_is_not_done_says_what_is_missing(self):
        for cells in (("partly", "`home`", "`column.has_three_doors`"), ("not yet", "–", "None."), ("not yet", "–", "")):
            self.assertIn("what is missing", problems(table({"A1": cells})))

    def test_what_is_not_yet_there_claims_no_page_and_no_test(self):
        for cells in (("not yet", "`home`", NOT_YET[2]), ("not yet", "–", PARTLY[2])):
            self.assertIn("is not yet there, and names", problems(table({"A1": cells})))

    def test_a_page_that_is_not_there_is_named(self):
        self.assertIn("there is no page first_page", problems(table({"A1": ("done", "`first_page`", DONE[2])})))
        self.assertIn("names no page", problems(table({"A1": ("done", "the first one", DONE[2])})))

    def test_a_row_says_what_is_asked_with_its_chinese_term(self):
        for demand in ("专栏", "the terminal has a column of its own"):
            self.assertIn("does not say what is asked", problems(table(demand=demand)))

    def test_counts_that_are_wrong_or_missing_are_found(self):
        for counts in ("Of the 97 demands 96 are done, 0 partly and 1 not yet.",
                       "Of the 217 demands 97 are done, 0 partly and 0 not yet.",
                       "Nearly all are done."):
            self.assertTrue(problems(table(counts=counts)))

    def test_a_contradiction_says_whether_it_is_a_setting_and_how(self):
        undecided = table().replace("| this or that | setting |", "| this or that | yes |", 1)
        self.assertIn("whether it is a setting", problems(undecided))
        self.assertIn("does not say how", problems(table().replace("The pack says it for each service.", "It is.", 1)))

    def test_a_cell_too_many_or_too_few_is_found(self):
        self.assertIn("line 4: 6 cells", problems(table({"A1": ("done", "`home`", DONE[2] + " | more")})))
        self.assertIn("line 4: 4 cells", problems(table({"A1": ("done", "`home` " + DONE[2], "")}).replace(" |  |", " |", 1)))


class Sources(unittest.TestCase):
    root = pathlib.Path(__file__).parents[3]

    def test_pages_of_this_project_are_found(self):
        pages = check_coverage.pages_of(self.root)
        for name in ("home", "home+help", "rating", "column", "search_found", "document_shuffled"):
            self.assertIn(name, pages)

    def test_the_checks_own_tests_are_run(self):
        self.assertLessEqual({"tools.coverage", "tools.check_coverage"}, named_tests.tests_of(self.root))


if __name__ == "__main__":
    unittest.main()
