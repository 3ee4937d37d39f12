#!/usr/bin/env python3
"""Each rule of check_house_style.py, shown something that breaks it and something that does not."""
import unittest

import check_house_style as style


class HouseStyle(unittest.TestCase):
    def assert_banned(self, code, instead, name="drivers/usb/x.cpp"):
        self.assertIn(instead, "\n".join(style.check_code(name, code + "\n")))

    def assert_fine(self, code, name="drivers/usb/x.cpp"):
        self.assertEqual(style.check_code(name, code + "\n"), [])

    def test_banned_calls_are_found_with_what_to_use_instead(self):
        for code, instead in (
                ("int n = std::rand();", "base/random.hpp"),
                ("auto t = std::chrono::system_clock::now();", "base::Clock"),
                ("std::this_thread::sleep_for(1s);", "deadline"),
                ("usleep(10);", "deadline"),
                ('auto home = getenv("HOME");', "configuration"),
                ('std::cout << "x";', "event log"),
                ("thread.detach();", "jthread"),
                ('ImGui::InputText("n", b, 9);', "own field"),
                ('system("lp x.pdf");', "posix_spawn"),
                ('::popen("lp", "w");', "posix_spawn"),
                ("for (int x : v | std::views::all) {}", "a loop")):
            with self.subTest(code=code):
                self.assert_banned(code, instead)

    def test_the_one_place_of_each_is_allowed(self):
        self.assert_fine("auto t = std::chrono::system_clock::now();", "kiosk/base/clock.cpp")
        self.assert_fine('auto home = getenv("HOME"); std::cerr << home;', "offline/post/post_main.cpp")

    def test_comments_and_strings_are_free(self):
        self.assert_fine('// never sleep_for here; std::rand is banned\nauto s = "std::cout system(";')

    def test_words_that_only_resemble_are_free(self):
        self.assert_fine("file_system(path); clock.system(); asleep(); snprintf(a, 1, \"\");")

    def test_a_file_over_500_lines_is_found(self):
        self.assert_banned("int a;\n" * 501, "divide it by meaning")

    def test_unfinished_work_is_found(self):
        mark = "TO" + "DO"
        self.assert_banned(f"// {mark} later", "issue")
        self.assert_fine(f"// {mark}(#12) when the camera is there")

    def test_a_header_without_guard_is_found(self):
        self.assert_banned("int f();", "#pragma once", "drivers/usb/x.hpp")

    def test_chinese_that_scolds_is_found(self):
        for text in ("非法的号码", "卡号无效", "系统异常", "参数错误"):
            self.assertEqual(len(style.check_chinese("m", text)), 1, text)
        self.assertEqual(style.check_chinese("m", "卡号少了一位，请再看看"), [])

    def test_half_width_punctuation_between_hanzi_is_found(self):
        self.assertEqual(len(style.check_chinese("m", "请稍等,马上就好")), 1)
        self.assertEqual(style.check_chinese("m", "09:41 到 10:00，共 3 页"), [])

    def test_a_fault_that_is_too_long_is_found(self):
        self.assertEqual(len(style.check_faults("f", {"X": {"zh": "长" * 25}})), 1)
        self.assertEqual(style.check_faults("f", {"X": {"zh": "长" * 24 + "，。"}}), [])


if __name__ == "__main__":
    unittest.main()
