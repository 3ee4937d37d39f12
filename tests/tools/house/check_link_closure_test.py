#!/usr/bin/env python3
"""check_link_closure.py, shown link lines and programs that break its table."""
import pathlib
import subprocess
import tempfile
import unittest

import check_link_closure as closure

NINJA = """build bin/kiosk: CXX_EXECUTABLE_LINKER__kiosk_Release main.cpp.o | x.a
  FLAGS = -O2
  LINK_LIBRARIES = offline/sealing/liboffline_sealing.a  {extra}  /usr/lib/libsodium.so  -lpthread

build tests/some_test: CXX_EXECUTABLE_LINKER__some_test_Release a.o
  LINK_LIBRARIES = libgtest.a
"""


class LinkClosure(unittest.TestCase):
    def check(self, extra="", source="int main() {}"):
        with tempfile.TemporaryDirectory() as folder:
            build = pathlib.Path(folder)
            (build / "bin").mkdir()
            (build / "build.ninja").write_text(NINJA.format(extra=extra))
            subprocess.run(["g++", "-x", "c++", "-", "-o", build / "bin/kiosk"], input=source, text=True, check=True)
            table, closure.MUST_NOT = closure.MUST_NOT, {"kiosk": closure.MUST_NOT["kiosk"]}
            try:
                return closure.check(build)
            finally:
                closure.MUST_NOT = table

    def test_a_program_within_its_table_is_fine(self):
        self.assertEqual(self.check(), [])

    def test_a_forbidden_library_is_found_static_or_shared(self):
        for extra in ("/usr/lib/x86_64-linux-gnu/libsqlite3.so", "/usr/lib/libcurl.so.4",
                      "offline/outbox/liboffline_outbox.a", "-lcurl",
                      "drivers/id_card/libdrivers_id_card_emulated.a"):
            with self.subTest(extra=extra):
                self.assertEqual(len(self.check(extra)), 1)

    def test_a_symbol_of_the_emulation_is_found(self):
        source = "namespace drivers::emulation { void card_place() {} }\nint main() { drivers::emulation::card_place(); }"
        self.assertEqual(self.check(source=source), ["kiosk must not contain drivers::emulation::card_place()"])

    def test_a_program_of_the_table_that_is_not_built_is_a_problem(self):
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "build.ninja").write_text("")
            self.assertEqual(len(closure.check(pathlib.Path(folder))), len(closure.MUST_NOT))


if __name__ == "__main__":
    unittest.main()
