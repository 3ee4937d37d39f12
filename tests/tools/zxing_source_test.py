"""ZXING_SOURCE_DIR: where the codes' library is built from a source, a small stand-in of that source is
configured and compiled by drivers/qr/zxing.cmake as the real one would be. Slow parts of the product stay out."""
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROJECT = f"""cmake_minimum_required(VERSION 3.25)
project(stand_in LANGUAGES CXX)
find_package(PkgConfig REQUIRED)
include({ROOT}/drivers/qr/zxing.cmake)
add_executable(reads reads.cpp)
target_compile_options(reads PRIVATE -Wconversion -Werror)
target_link_libraries(reads PRIVATE drivers_zxing)
"""
READS = """#include <ZXing/ReadBarcode.h>
#ifndef ZX_USE_UTF8
#error "1.4 would give its text as wide characters"
#endif
int main() { return ZXing::stand_in() == 3 ? 0 : 1; }
"""
LIBRARY = """cmake_minimum_required(VERSION 3.16)
project(ZXing LANGUAGES CXX)
option(ZXING_READERS "" OFF)
option(ZXING_EXAMPLES "" ON)
option(ZXING_BLACKBOX_TESTS "" ON)
option(BUILD_SHARED_LIBS "" ON)
if(NOT ZXING_READERS OR NOT ZXING_WRITERS OR ZXING_EXAMPLES OR ZXING_BLACKBOX_TESTS OR BUILD_SHARED_LIBS)
  message(FATAL_ERROR "built with the wrong parts")
endif()
add_library(ZXing core/src/ReadBarcode.cpp)
target_include_directories(ZXing PUBLIC core/src)
add_library(ZXing::ZXing ALIAS ZXing)
"""
# What a strict build would refuse in code of its own.
HEADER = """#pragma once
namespace ZXing { int stand_in(); inline char narrowed(long value) { return value; } }
"""
SOURCE = """#include "ReadBarcode.h"
int ZXing::stand_in() { return 3; }
"""


class ZxingSource(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.work = pathlib.Path(self.folder.name)
        self.write("CMakeLists.txt", PROJECT)
        self.write("reads.cpp", READS)

    def write(self, name: str, text: str) -> None:
        file = self.work / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def configured(self, source: pathlib.Path) -> subprocess.CompletedProcess:
        return subprocess.run(["cmake", "-S", self.work, "-B", self.work / "build", f"-DZXING_SOURCE_DIR={source}"],
                              capture_output=True, text=True)

    def test_a_folder_without_the_source_is_refused_by_name(self):
        done = self.configured(self.work / "elsewhere")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("ZXING_SOURCE_DIR has no CMakeLists.txt", done.stderr)

    def test_a_folder_that_is_another_project_is_refused(self):
        self.write("other/CMakeLists.txt", "")
        done = self.configured(self.work / "other")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("ZXING_SOURCE_DIR has no core/src/ReadBarcode.h", done.stderr)

    def test_the_source_is_built_without_its_extras_and_stands_before_the_installed_library(self):
        for name, text in [("CMakeLists.txt", LIBRARY), ("core/src/ReadBarcode.h", HEADER),
                           ("core/src/ReadBarcode.cpp", SOURCE)]:
            self.write(f"zxing/{name}", text)
        done = self.configured(self.work / "zxing")
        self.assertEqual(done.returncode, 0, done.stderr)
        subprocess.run(["cmake", "--build", self.work / "build"], check=True, capture_output=True)
        subprocess.run([self.work / "build/reads"], check=True)


if __name__ == "__main__":
    unittest.main()
