#!/usr/bin/env python3
"""Each rule of check_layers.py, shown a tree that breaks it."""
import pathlib
import tempfile
import unittest

import check_layers


class Layers(unittest.TestCase):
    def problems(self, files):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, includes in files.items():
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text("".join(f"#include {include}\n" for include in includes))
            return "\n".join(check_layers.check(root))

    def test_arrows_that_point_down_are_fine(self):
        self.assertEqual("", self.problems({
            "kiosk/base/result.hpp": ["<string>", "<tl/expected.hpp>"],
            "drivers/usb/usb.hpp": ['"base/result.hpp"', "<memory>"],
            "drivers/usb/usb.cpp": ['"drivers/usb/usb.hpp"', "<libusb.h>", "<sys/ioctl.h>"],
            "kiosk/app/loop.cpp": ['"drivers/usb/usb.hpp"', '"base/result.hpp"']}))

    def test_a_side_arrow_is_found(self):
        self.assertIn("drivers may not know ui", self.problems({
            "ui/theme/theme.hpp": [], "drivers/usb/usb.cpp": ['"ui/theme/theme.hpp"']}))

    def test_an_upward_arrow_is_found(self):
        self.assertIn("base may not know domain", self.problems({
            "kiosk/domain/x.hpp": [], "kiosk/base/y.cpp": ['"domain/x.hpp"']}))

    def test_a_library_outside_its_folder_is_found(self):
        self.assertIn("<sqlite3.h>: allowed in", self.problems({"kiosk/app/loop.cpp": ["<sqlite3.h>"]}))

    def test_a_library_that_nobody_decided_on_is_found(self):
        self.assertIn("no library of the table", self.problems({"kiosk/app/loop.cpp": ["<boost/any.hpp>"]}))

    def test_a_library_in_a_header_that_another_room_reads_is_found(self):
        self.assertIn("offline/store/db.hpp shows <sqlite3.h> to app", self.problems({
            "offline/store/db.hpp": ["<sqlite3.h>"], "offline/post/post.hpp": ['"offline/store/db.hpp"'],
            "kiosk/app/loop.cpp": ['"offline/post/post.hpp"']}))

    def test_a_library_in_a_private_header_is_fine(self):
        self.assertEqual("", self.problems({
            "offline/store/db.hpp": ["<sqlite3.h>"], "offline/store/db.cpp": ['"offline/store/db.hpp"']}))

    def test_two_folders_that_include_each_other_are_found(self):
        self.assertIn("folders in a circle", self.problems({
            "ui/text/a.hpp": ['"ui/theme/b.hpp"'], "ui/theme/b.hpp": ['"ui/text/a.hpp"']}))

    def test_a_main_may_join_what_others_may_not(self):
        self.assertEqual("", self.problems({
            "provisioning/config/config.hpp": [], "offline/post/post.hpp": [],
            "offline/post/post_main.cpp": ['"provisioning/config/config.hpp"', '"offline/post/post.hpp"']}))

    def test_the_app_never_reaches_for_the_outbox_or_the_intake(self):
        for folder in ("outbox", "intake", "sync"):
            self.assertIn("the app", self.problems({
                f"offline/{folder}/x.hpp": [], "kiosk/app/loop.cpp": [f'"offline/{folder}/x.hpp"']}))

    def test_real_devices_never_reach_for_emulated_ones(self):
        self.assertIn("no emulated device", self.problems({
            "drivers/emulation/x.hpp": [], "drivers/usb/y.cpp": ['"drivers/emulation/x.hpp"']}))


if __name__ == "__main__":
    unittest.main()
