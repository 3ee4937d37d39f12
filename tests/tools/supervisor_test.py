#!/usr/bin/env python3
"""The small service manager against a program that feeds, hangs, dies, stays silent or asks not to be started again."""
import os
import pathlib
import signal
import sys
import tempfile
import unittest

from supervisor import Service, Times, of_unit

PROGRAM = """
import os, signal, socket, sys, time
how, folder = sys.argv[1], sys.argv[2]
resource = __import__("resource"); resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
say = lambda text: told.sendto(text.encode(), os.environ["NOTIFY_SOCKET"])
if how == "deaf":
    signal.signal(signal.SIGABRT, signal.SIG_IGN)
if how == "silent":
    time.sleep(1000)
say("READY=1\\nSTATUS=here")
while True:
    if os.path.exists(folder + "/hang"):
        os.remove(folder + "/hang")
        time.sleep(1000)
    if os.path.exists(folder + "/end"):
        status = int(open(folder + "/end").read())
        os.remove(folder + "/end")
        sys.exit(status)
    say("WATCHDOG=1")
    time.sleep(float(os.environ["WATCHDOG_USEC"]) / 1e6 / 5)
"""
TIMES = Times(watchdog_s=0.5, restart_s=0.01, stop_s=5, stays_down=frozenset({11}))
LIMIT_S = 20


class Supervision(unittest.TestCase):
    def start(self, how: str = "feeds", times: Times = TIMES) -> Service:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        service = Service("one", [sys.executable, "-c", PROGRAM, how, self.folder], self.folder / "log", times)
        self.addCleanup(service.stop)
        return service

    def order(self, name: str, text: str = "") -> None:
        (self.folder / "new").write_text(text, encoding="utf-8")
        (self.folder / "new").rename(self.folder / name)

    def test_one_that_lives_and_says_so_is_left_alone(self):
        service = self.start()
        self.assertTrue(service.wait_ready(1, LIMIT_S))
        self.assertTrue(service.wait(lambda one: one.feeds > 15, LIMIT_S))  # three times as long as it may be silent
        self.assertEqual((service.starts, service.endings), (1, []))

    def test_one_that_hangs_is_ended_and_started_again(self):
        service = self.start()
        self.assertTrue(service.wait_ready(1, LIMIT_S))
        self.order("hang")
        self.assertTrue(service.wait_ready(2, LIMIT_S))
        self.assertEqual([(one.how, one.status) for one in service.endings], [("hung", -signal.SIGABRT)])

    def test_one_that_is_stopped_by_a_signal_hangs_too(self):
        service = self.start()
        self.assertTrue(service.wait_ready(1, LIMIT_S))
        service.send(signal.SIGSTOP)
        self.assertTrue(service.wait_ready(2, LIMIT_S))
        self.assertEqual(service.hangs(), 1)

    def test_one_that_does_not_die_of_the_abort_is_killed(self):
        service = self.start("deaf", Times(watchdog_s=0.5, restart_s=0.01, stop_s=0.2))
        self.assertTrue(service.wait_ready(1, LIMIT_S))
        self.order("hang")
        self.assertTrue(service.wait_ready(2, LIMIT_S))
        self.assertEqual(service.endings[0].status, -signal.SIGKILL)

    def test_one_that_is_killed_is_started_again(self):
        service = self.start()
        self.assertTrue(service.wait_ready(1, LIMIT_S))
        before = service.pid
        os.kill(before, signal.SIGKILL)
        self.assertTrue(service.wait_ready(2, LIMIT_S))
        self.assertNotEqual(service.pid, before)
        self.assertEqual([one.how for one in service.endings], ["ended"])

    def test_one_that_asks_for_it_stays_down(self):
        service = self.start()
        self.assertTrue(service.wait_ready(1, LIMIT_S))
        self.order("end", "11")
        self.assertTrue(service.wait(lambda one: len(one.endings) == 1, LIMIT_S))
        service._thread.join(LIMIT_S)
        self.assertTrue(service.is_down())
        self.assertEqual(service.starts, 1)

    def test_one_that_never_says_that_it_serves_is_not_waited_for(self):
        service = self.start("silent", Times(watchdog_s=0.5, restart_s=0.01, start_s=0.3))
        self.assertTrue(service.wait(lambda one: len(one.endings) >= 1, LIMIT_S))
        self.assertEqual(service.endings[0].how, "never_ready")
        self.assertEqual(service.readies, 0)

    def test_the_times_are_those_of_the_units_that_are_shipped(self):
        kiosk, display = of_unit("citizen-window-kiosk"), of_unit("citizen-window-display")
        self.assertGreater(kiosk.watchdog_s, 0)
        self.assertIn(11, kiosk.stays_down)
        self.assertEqual(display.watchdog_s, 0)


if __name__ == "__main__":
    unittest.main()
