"""An emblem in the tree must be found."""
import json
import pathlib
import tempfile
import unittest

import check_brand


class Brand(unittest.TestCase):
    def problems(self, name: str, content: str) -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / name
            path.parent.mkdir(parents=True)
            path.write_text(content, encoding="utf-8")
            return check_brand.check(pathlib.Path(folder))

    def test_a_picture_of_somebody_else_is_found(self):
        self.assertTrue(self.problems("ui/theme/emblem.svg", "<svg/>"))
        self.assertEqual(self.problems("tests/screens/reference/home.png", ""), [])

    def test_a_real_organisation_and_a_drawn_mark_are_found(self):
        name = "kiosk/catalogue/packs/county/pack.json"
        good = {"brand_mark": "民", "organisation": {"zh": "示例县政务服务中心"}}
        self.assertEqual(self.problems(name, json.dumps(good)), [])
        self.assertTrue(self.problems(name, json.dumps({**good, "brand_mark": "emblem"})))
        self.assertTrue(self.problems(name, json.dumps({**good, "organisation": {"zh": "某某省公安厅"}})))

    def test_an_emblem_named_in_the_code_is_found(self):
        self.assertTrue(self.problems("ui/theme/icons.cpp", '{"国徽", 0xE000}'))


if __name__ == "__main__":
    unittest.main()
