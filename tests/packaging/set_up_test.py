"""The set-up by script with the real programs: a machine without keys is set up against a running intake, cut off in
the middle by what is missing, goes on where it was, and ends with a commissioning record that the centre keeps.

    set_up_test.py BIN_DIR
"""
import json
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TERMINAL = "000101001001001"
LIMIT_S = 60


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class SetUp(unittest.TestCase):
    programs: pathlib.Path

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="set_up-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.running = {}
        self.addCleanup(self.stop_all)
        world = self.folder / "world"
        self.run_program("kiosk-training-keys", "--state", world, "--terminal", "000101001001999", "--pack",
                         ROOT / "kiosk/catalogue/packs/sample_county/pack.json")
        port = free_port()
        example = (ROOT / "provisioning/config/kiosk.example.toml").read_text(encoding="utf-8")
        example = example.replace("http://127.0.0.1:8470", f"http://127.0.0.1:{port}")
        example = example.replace("listen_port = 8470", f"listen_port = {port}")
        # The centre has a folder of its own; the terminal has nothing but the pack that came with it.
        (world / "kiosk.toml").write_text(example, encoding="utf-8")
        self.terminal = self.folder / "terminal"
        for name in ("state", "post", "keys"):
            (self.terminal / name).mkdir(parents=True)
        shutil.copytree(world / "pack", self.terminal / "pack")
        self.config = self.terminal / "kiosk.toml"
        self.config.write_text(example.replace('set_up = "none" ', 'set_up = "required" '), encoding="utf-8")
        self.centre = world / "kiosk.toml"
        self.start("intake", "serve", "--config", self.centre)
        told = self.run_program("intake", "terminals", "invite", "--terminal", TERMINAL, "--division", TERMINAL[:12],
                                "--point", "hall", "--profile", "village", "--centre", f"http://127.0.0.1:{port}",
                                "--config", self.centre).stdout
        self.invitation = re.search(r"^邀请\t(.+)$", told, re.MULTILINE)[1]

    def stop_all(self):
        for process, log in self.running.values():
            process.send_signal(signal.SIGKILL)
            process.wait()
            log.close()

    def start(self, program: str, *arguments):
        path = self.folder / f"{program}.log"
        log = path.open("wb")
        process = subprocess.Popen(["setpriv", "--pdeathsig", "KILL", "--", self.programs / program,
                                    *map(str, arguments)], stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        self.running[program] = (process, log)
        until = time.monotonic() + LIMIT_S
        while "ProgramStarted" not in path.read_text(encoding="utf-8"):
            self.assertIsNone(process.poll(), path.read_text(encoding="utf-8"))
            self.assertLess(time.monotonic(), until, f"{program} does not come up")
            time.sleep(0.05)

    def run_program(self, program: str, *arguments, code: int = 0):
        done = subprocess.run([self.programs / program, *map(str, arguments)], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=LIMIT_S)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def set_up(self, *arguments, code: int):
        return self.run_program("kiosk-technician", "set-up", "--config", self.config, *arguments, code=code)

    def answers(self, **changes) -> pathlib.Path:
        """The published example with the invitation and what this machine has: no device."""
        text = self.run_program("kiosk-technician", "set-up", "--example").stdout
        text = re.sub(r'^invitation = ".*?"', f'invitation = "{self.invitation}"', text, flags=re.MULTILINE)
        text = text.replace('set_by = "network"', 'set_by = "hand"').replace('kind = "ethernet"', 'kind = "none"')
        text = re.sub(r'^(documents|slips|aim) = "pass"', r'\1 = "unsupported"', text, flags=re.MULTILINE)
        text = text.replace('profile = "hall"', 'profile = "village"')
        for old, new in changes.items():
            text = text.replace(old, new)
        path = self.folder / "answers.toml"
        path.write_text(text, encoding="utf-8")
        return path

    def test_a_bare_machine_becomes_a_terminal_with_a_commissioning_record(self):
        answers = self.answers()
        self.set_up("--show", code=1)
        # Faults first, all of them, and nothing was touched.
        broken = self.folder / "broken.toml"
        broken.write_text(answers.read_text(encoding="utf-8").replace('"village"', '"castle"')
                          .replace("width = 1080", "width = 1"), encoding="utf-8")
        told = self.set_up("--answers", broken, code=2).stderr
        self.assertIn("screen.width", told)
        self.assertIn("mode.profile：现在是 \"castle\"，应为 hall | booth | village | station | portable", told)
        self.assertFalse((self.terminal / "state/set_up").exists())

        # No post runs yet, so the decisions are made and the record waits; it says so.
        told = self.set_up("--answers", answers, "--by", "T-0007", code=2)
        self.assertIn("登记完成", told.stdout)
        self.assertIn("第 12 步，共 12 步", told.stdout)
        self.assertIn("开通向导做完", told.stdout)
        self.assertIn("没有签名", told.stderr)
        self.assertNotIn("已写进验收记录", self.set_up("--show", code=0).stdout)

        # Enrolled, the post starts; the same command signs, and does nothing twice.
        self.start("kiosk-post", "--config", self.config)
        record = self.folder / "record.json"
        told = self.set_up("--answers", answers, "--by", "T-0007", "--json", record, "--pdf",
                           self.folder / "report.pdf", code=1)  # a machine without a card reader is not ready
        self.assertEqual(told.stdout.count("：已经做过"), 12)
        self.assertNotIn("登记完成", told.stdout)
        self.assertIn("已签名存档：第 1 号记录", told.stdout)
        self.assertIn("已写进验收记录", self.set_up("--show", code=0).stdout)
        self.assertTrue((self.folder / "report.pdf").read_bytes().startswith(b"%PDF"))
        content = json.dumps(json.loads(record.read_bytes()), ensure_ascii=False)
        self.assertIn("set_up.touch", content)
        self.assertNotIn(self.invitation, content)
        self.assertTrue(any((self.terminal / "state/service-records").iterdir()))

        # What was changed later is done anew, and is a swap.
        changed = self.answers(**{'code_scanner = ""': 'code_scanner = "hid"'})
        told = self.set_up("--answers", changed, "--json", record, code=1).stdout
        self.assertIn("kiosk.code_scanner：（默认） → hid", told)
        self.assertEqual(told.count("：已经做过"), 11)
        self.assertIn("已签名存档：第 2 号记录", told)
        self.assertIn("swap", record.read_text(encoding="utf-8"))

    def test_a_set_up_on_the_screen_is_recorded_by_two_accounts_when_the_app_starts_again(self):
        state = self.terminal / "state/set_up"
        self.set_up("--answers", self.answers(), "--by", "T-0007", "--no-record", code=0)
        self.assertIn("没有要写", self.set_up("--record", code=0).stdout)
        (state / "record_wanted").touch()  # as the wizard leaves it
        self.assertIn("等着签名", self.set_up("--record", code=0).stdout)
        self.assertFalse((state / "record_wanted").exists())
        # The post is not there yet: what was found waits, and is not lost.
        self.assertIn("没有签名", self.set_up("--sign-record", code=2).stderr)
        self.start("kiosk-post", "--config", self.config)
        self.assertIn("第 1 号记录", self.set_up("--sign-record", code=0).stdout)
        record = (state / "record.json").read_text(encoding="utf-8")
        self.assertIn("commissioning", record)
        self.assertIn("T-0007", record)
        self.assertTrue((state / "record.pdf").read_bytes().startswith(b"%PDF"))
        self.assertIn("已写进验收记录", self.set_up("--show", code=0).stdout)
        self.assertIn("没有等着签名", self.set_up("--sign-record", code=0).stdout)
        # Rubbish in its place is said and signed by nobody.
        (state / "record_unsigned.json").write_text('{"kind": "commissioning"}', encoding="utf-8")
        self.assertIn("没有签名", self.set_up("--sign-record", code=2).stderr)

    def test_what_cannot_be_enrolled_stops_there_and_goes_on_there(self):
        wrong = self.answers()
        wrong.write_text(wrong.read_text(encoding="utf-8").replace(self.invitation, self.invitation[:-1] + "0"),
                         encoding="utf-8")
        told = self.set_up("--answers", wrong, code=1)
        self.assertIn("登记没有做成", told.stderr)
        self.assertIn("从这一步继续", told.stderr)
        self.assertNotIn("第 5 步", told.stdout)
        told = self.set_up("--answers", self.answers(), "--no-record", code=0).stdout
        self.assertEqual(told.count("：已经做过"), 3)
        self.assertIn("登记完成", told)

    def test_torn_files_are_told_once_and_mended_from_what_was_decided(self):
        self.set_up("--answers", self.answers(), "--no-record", code=0)
        settings = self.terminal / "state/set_up/settings.toml"
        whole = settings.read_bytes()
        settings.write_bytes(whole[:len(whole) // 2])
        for command in (["kiosk-technician", "report", "--config", self.config],
                        ["kiosk-post", "--config", self.config]):
            told = self.run_program(*command, code=2).stderr
            self.assertEqual(told.count(str(settings)), 1)
        self.set_up("--restore", code=0)
        self.assertEqual(settings.read_bytes(), whole)
        progress = settings.with_name("progress.toml")
        progress.write_bytes(b"torn")
        told = self.set_up("--answers", self.answers(**{'how = "invitation"': 'how = "enrolled"',
                                                        "invitation = ": "# invitation = "}), "--no-record", code=0)
        self.assertIn("以前的进度不能用", told.stderr)
        self.assertEqual([file.read_bytes() for file in progress.parent.glob("progress.toml.aside-*")], [b"torn"])


if __name__ == "__main__":
    SetUp.programs = pathlib.Path(sys.argv.pop()).resolve()
    unittest.main()
