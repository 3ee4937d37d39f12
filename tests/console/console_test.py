#!/usr/bin/env python3
"""The intake's web console in a real browser, over the real intake and post.

    console_test.py --bin DIR [--out DIR]

Signs in, sees a light go red after a heartbeat with a fault, opens the history, makes an invitation, sends a notice and the
other commands, looks at versions; an administrator sees who did what and makes an account; and that a viewer may not, that what comes from outside is shown and never run, and that nothing is loaded from elsewhere.
With --out the pages are kept as pictures.
"""
import argparse
import html
import http.client
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "tests/flows/runner"), str(ROOT / "provisioning")]

import training_state  # noqa: E402
import web_driver  # noqa: E402
from children import Children, free_port, tail  # noqa: E402
from post_line import PostLine  # noqa: E402
from web_driver import Browser  # noqa: E402

SKIPPED = 77
WAIT_S = 15
SCRIPT = "<script>document.title='ran'</script>"
PASSWORDS = {"xiaowang": "correct horse battery", "guest": "only looking around", "chief": "who looks after it",
             "newcomer": "the first day here"}
WAITING = ("等待终端来取", "已交给终端，等待结果")
PAPER_OUT = "document_printer unavailable out PrinterPaperOut"


class Failed(Exception):
    pass


def check(holds: bool, promise: str) -> None:
    if not holds:
        raise Failed(promise)


def wait_until(holds, promise: str) -> None:
    end = time.monotonic() + WAIT_S
    while not holds():
        if time.monotonic() > end:
            raise Failed(promise)
        time.sleep(0.1)


class Site:
    """An intake with a console and the post of one terminal."""

    def __init__(self, folder: pathlib.Path, programs: pathlib.Path):
        self.programs, self.folder = programs, folder
        self.state = folder / "state"
        self.state.mkdir()
        self.port = free_port()
        self.console = free_port(beside=self.port)
        training_state.make_keys(self.state, programs)
        self.config = self.state / "kiosk.toml"
        training_state.write_configuration(self.config,
                                           training_state.configuration(self.state, programs, self.port))
        self.children = Children(folder, folder)
        self.children.start("intake", [programs / "intake", "serve", "--config", self.config,
                                       "--console", f"127.0.0.1:{self.console}"])
        wait_until(lambda: b"ProgramStarted" in (folder / "intake.log").read_bytes(), "the intake serves")
        self.intake("terminals", "invite", "--terminal", "000101001001007", "--division", "000101001001",
                    "--point", "还没有装好", "--profile", "hall", "--centre", "http://10.0.0.1:8470")
        for name, role in (("xiaowang", "operator"), ("guest", "viewer"), ("chief", "admin")):
            self.intake("accounts", "add", name, "--role", role, given=PASSWORDS[name] + "\n")
        self.children.start("post", [programs / "kiosk-post", "--config", self.config])
        wait_until((self.state / "post.sock").exists, "the post serves")
        self.app = PostLine(str(self.state / "post.sock"))

    def intake(self, *words: str, given: str = "") -> str:
        done = subprocess.run([self.programs / "intake", *words, "--config", self.config], input=given, text=True,
                              capture_output=True)
        if done.returncode:
            raise Failed(f"intake {' '.join(words)}: {done.returncode} {done.stderr}")
        return done.stdout

    def heard(self, light: str) -> bool:
        return f"{training_state.TERMINAL}\t{light}\t" in self.intake("terminals", "health")

    def url(self, path: str = "") -> str:
        return f"http://127.0.0.1:{self.console}/console{path}"

    def raw(self, method: str, path: str, body: str = "", cookie: str = "") -> http.client.HTTPResponse:
        """Without a browser: what somebody sends who does not play by its rules."""
        line = http.client.HTTPConnection("127.0.0.1", self.console, timeout=10)
        line.request(method, path, body, {"Content-Type": "application/x-www-form-urlencoded",
                                          **({"Cookie": cookie} if cookie else {})})
        answer = line.getresponse()
        answer.text = answer.read().decode()
        return answer


def sign_in(browser: Browser, site: Site, name: str, password: str | None = None) -> None:
    browser.open(site.url("/login"))
    browser.write("input[name=name]", name)
    browser.write("input[name=password]", password or PASSWORDS[name])
    browser.click("#sign-in")


def a_stranger_sees_nothing(site: Site) -> None:
    for path in ("", "/t/000101001001001", "/invitations", "/versions", "/acts"):
        answer = site.raw("GET", "/console" + path)
        check(answer.status == 303 and answer.headers["Location"] == "/console/login", f"{path or '/'}: the door first")
        policy = answer.headers["Content-Security-Policy"]
        check("default-src 'none'" in policy and "unsafe" not in policy, "nothing runs, nothing comes from elsewhere")
    check(site.raw("POST", "/console/t/000101001001001/command", "kind=restart").status == 303, "and may do nothing")


def a_wrong_password_says_no_more_than_that(browser: Browser, site: Site) -> None:
    sign_in(browser, site, "xiaowang", "correct horse batteri")
    first = browser.text(".word")
    sign_in(browser, site, "nobody.here", "correct horse battery")
    check(browser.text(".word") == first, "whether there is such an account is not told")


def a_light_goes_red_with_its_cause_in_words(browser: Browser, site: Site, out: pathlib.Path | None) -> None:
    site.app.report(["id_card_reader ready unknown -", "document_printer ready plenty -"])
    wait_until(lambda: site.heard("green"), "the centre hears that all is well")
    browser.open(site.url())
    check(browser.has(".terminal.green"), "the terminal is shown green")
    site.app.report(["id_card_reader ready unknown -", PAPER_OUT])
    wait_until(lambda: site.heard("red"), "the centre hears of the fault")
    browser.open(site.url())
    check(browser.has(".terminals > li:first-child.red"), "what needs a visit stands first")
    check("文件打印机" in browser.text(".terminal.red .causes"), "its cause is said in words")
    if out:
        browser.picture(out / "list.png")


def the_history_shows_what_was_before(browser: Browser, site: Site, out: pathlib.Path | None) -> None:
    browser.click(".terminal.red a")
    lights = [text for text in browser.texts("td .light")]
    check(any("正常" in text for text in lights) and any("需上门" in text for text in lights), "green and red are both there")
    if out:
        browser.resize(1280, 1900)
        browser.picture(out / "terminal.png")
        browser.resize(1280, 900)


def an_operator_sends_a_notice(browser: Browser, site: Site) -> None:
    browser.write("input[name=text]", "今天下午三点停机")
    browser.click("#send-notice")
    check("已下达" in browser.text(".word.good"), "it is said that it was ordered")
    browser.open(site.url(f"/t/{training_state.TERMINAL}?sent=7"))
    check(not browser.has(".word.good"), "and of no other one that a link names")
    check("notice\txiaowang" in site.intake("terminals", "commands", training_state.TERMINAL), "and by whom")


def an_operator_orders_what_waits_until_the_terminal_fetches_it(browser: Browser, site: Site) -> None:
    for button, kind, words in (("#send-restart", "restart", "重新启动程序"), ("#send-reload", "reload", "重新读取设置"),
                                ("#send-bundle", "support-bundle", "上传支持包")):
        browser.open(site.url(f"/t/{training_state.TERMINAL}"))
        browser.click(button)
        said = browser.text(".word.good")
        check(words in said and any(each in said for each in WAITING), f"{kind}: ordered, and not done yet: {said}")
        rows = [text for text in browser.texts("tbody tr") if words in text]
        check(len(rows) == 1 and "xiaowang" in rows[0] and any(each in rows[0] for each in WAITING),
              f"{kind}: it stands there as waiting: {rows}")
        check(f"{kind}\txiaowang" in site.intake("terminals", "commands", training_state.TERMINAL), f"{kind}: and at the centre")
    check(not browser.has("nav a[href='/console/acts']"), "who did what is not an operator's to see")


def the_versions_show_what_was_published_and_who_uses_what(browser: Browser, site: Site, out: pathlib.Path | None) -> None:
    browser.click("nav a[href='/console/versions']")
    rows = browser.texts("tbody tr")
    check("配置 没有发布过" in rows, f"what nobody published is said not to be: {rows}")
    check(any("程序 1.0" in row and "county 第 3 版" in row and "1 台" in row for row in rows), f"what the terminal told: {rows}")
    check("intake publish" in browser.text("main") and not browser.has("main form"), "it shows, and publishing is done elsewhere")
    file = site.folder / "overrides.toml"
    file.write_text("[times]\nbrowse_s = 45\n")
    site.intake("publish", "configuration", str(file), "--key", str(site.state / "root/feed.key"))
    browser.open(site.url("/versions"))
    check("配置 1" in browser.texts("tbody tr"), "what was published since stands there")
    if out:
        browser.picture(out / "versions.png")


def an_administrator_sees_who_did_what_and_makes_an_account(browser: Browser, site: Site, out: pathlib.Path | None) -> None:
    sign_in(browser, site, "chief")
    browser.click("nav a[href='/console/acts']")
    rows = browser.texts("tbody tr")
    for act, result in (("重新启动", "已下达"), ("要支持包", "已下达"), ("首页通知", "已下达"), ("发出邀请", "已下达")):
        check(any("xiaowang" in row and act in row and result in row for row in rows), f"{act}: by whom and what became of it")
    check(any("guest" in row and "没有权限" in row for row in rows), "also what somebody was not allowed")
    check(any("没有的账号" in row for row in rows), "and who was refused at the door, without the name that was typed")
    check("nobody.here" not in browser.source(), "which may be anything")
    browser.write("input[name=name]", "newcomer")
    browser.write("input[name=password]", PASSWORDS["newcomer"])
    browser.click("#add-account")
    rows = browser.texts("tbody tr")
    check("newcomer 查看 可用" in rows, f"the account is there: {rows}")
    check(any("chief" in row and "建立账号 newcomer" in row for row in rows), "and who made it")
    check(PASSWORDS["newcomer"] not in browser.source(), "its password is shown nowhere")
    browser.write("input[name=name]", "newcomer")
    browser.write("input[name=password]", PASSWORDS["newcomer"])
    browser.click("#add-account")
    check("填得不对" in browser.text(".word"), "a name is given once")
    if out:
        browser.resize(1280, 1900)
        browser.picture(out / "acts.png")
        browser.resize(1280, 900)
    browser.click("#sign-out")
    sign_in(browser, site, "newcomer")
    browser.open(site.url(f"/t/{training_state.TERMINAL}"))
    check(browser.has("td .light") and not browser.has("#send-restart"), "whoever is new may do what their role may")
    browser.click("#sign-out")


def an_operator_invites_and_the_code_is_shown_once(browser: Browser, site: Site, out: pathlib.Path | None) -> None:
    browser.click("nav a[href='/console/invitations']")
    browser.write("input[name=terminal]", "000101001001002")
    browser.write("input[name=point]", SCRIPT)
    browser.write("input[name=centre]", "https://centre.example")
    browser.click("#invite")
    code = browser.text("#fresh-code")
    check(re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){4}", code) is not None, f"a code is shown: {code}")
    check(browser.has(".fresh svg path"), "and its picture to scan")
    if out:
        browser.picture(out / "invitation.png")
    browser.open(site.url("/invitations"))
    check(code not in browser.source(), "it is shown once")


def what_comes_from_outside_is_shown_and_never_run(browser: Browser, site: Site) -> None:
    check(SCRIPT in browser.texts("td"), "the place's name stands there as it was typed")
    check(html.escape(SCRIPT, quote=False) in browser.source(), "as text")
    check(browser.run("return document.title") != "ran", "and was not run")


def a_form_without_its_token_does_nothing(browser: Browser, site: Site) -> None:
    cookie = browser.cookie("cw_console")
    check(cookie["httpOnly"] and cookie["secure"] and cookie["sameSite"] == "Strict", "the cookie stays with the browser")
    before = site.intake("terminals", "commands", training_state.TERMINAL)
    for token in ("", "0" * 64):
        answer = site.raw("POST", f"/console/t/{training_state.TERMINAL}/command",
                          urllib.parse.urlencode({"kind": "restart", "csrf": token}), f"cw_console={cookie['value']}")
        check(answer.status == 403, "refused")
    check(site.intake("terminals", "commands", training_state.TERMINAL) == before, "and nothing was ordered")


def who_signed_out_is_out(browser: Browser, site: Site) -> None:
    cookie = browser.cookie("cw_console")["value"]
    browser.open(site.url())
    browser.click("#sign-out")
    check(site.raw("GET", "/console", cookie=f"cw_console={cookie}").status == 303, "its cookie opens nothing any more")


def a_viewer_looks_and_may_not_act(browser: Browser, site: Site) -> None:
    sign_in(browser, site, "guest")
    browser.open(site.url(f"/t/{training_state.TERMINAL}"))
    check(browser.has("td .light") and not browser.has("#send-notice"), "sees, and finds nothing to press")
    token = re.search(r'name="csrf" value="([0-9a-f]{64})"', browser.source()).group(1)
    cookie = "cw_console=" + browser.cookie("cw_console")["value"]
    for path, what in ((f"/console/t/{training_state.TERMINAL}/command", {"kind": "restart"}),
                       ("/console/cases/NONE", {"state": "ACCEPTED"}),
                       ("/console/invitations", {"terminal": "000101001001003", "point": "x", "profile": "hall",
                                                 "hours": "24", "centre": "https://centre.example"})):
        check(site.raw("POST", path, urllib.parse.urlencode({**what, "csrf": token}), cookie).status == 403, path)
    check("\tguest" not in site.intake("terminals", "commands", training_state.TERMINAL), "nothing was ordered")
    check("000101001001003" not in site.intake("terminals", "list"), "nobody was invited")
    check(site.raw("GET", "/console/acts", cookie=cookie).status == 403, "and does not see who did what")


def a_narrow_window_has_it_all(browser: Browser, site: Site, out: pathlib.Path | None) -> None:
    browser.resize(500, 900)
    browser.open(site.url())
    check(browser.run("return document.documentElement.scrollWidth <= window.innerWidth"), "nothing lies beside the page")
    if out:
        browser.picture(out / "narrow.png")


def everything_was_logged(site: Site) -> None:
    log = (site.folder / "intake.log").read_text()
    events = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    text = json.dumps(events)
    check(all(word in text for word in ("ConsoleSignedIn", "ConsoleActed", "forbidden", "HeartbeatTaken")), "every act")
    check(not any(password in log for password in PASSWORDS.values()), "and no password")


def play(site: Site, browser: Browser, out: pathlib.Path | None) -> None:
    a_stranger_sees_nothing(site)
    a_wrong_password_says_no_more_than_that(browser, site)
    if out:
        browser.picture(out / "login.png")
    sign_in(browser, site, "xiaowang")
    a_light_goes_red_with_its_cause_in_words(browser, site, out)
    the_history_shows_what_was_before(browser, site, out)
    an_operator_sends_a_notice(browser, site)
    an_operator_orders_what_waits_until_the_terminal_fetches_it(browser, site)
    the_versions_show_what_was_published_and_who_uses_what(browser, site, out)
    an_operator_invites_and_the_code_is_shown_once(browser, site, out)
    what_comes_from_outside_is_shown_and_never_run(browser, site)
    a_form_without_its_token_does_nothing(browser, site)
    complaints = [line for line in browser.complaints() if "Content Security Policy" in line or "ERR_" in line]
    check(not complaints, f"the browser has nothing against the pages: {complaints}")
    who_signed_out_is_out(browser, site)
    a_viewer_looks_and_may_not_act(browser, site)
    browser.click("#sign-out")
    an_administrator_sees_who_did_what_and_makes_an_account(browser, site, out)
    sign_in(browser, site, "guest")
    a_narrow_window_has_it_all(browser, site, out)
    everything_was_logged(site)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path)
    options = parser.parse_args()
    if lacks := web_driver.missing():
        print(f"skipped: {lacks}")
        return SKIPPED
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="cw-console-"))
    site = browser = None
    try:
        site = Site(folder, options.bin.resolve())
        browser = Browser(folder / "chromedriver.log")
        play(site, browser, options.out)
        site.children.check()
    except (Failed, web_driver.BrowserError) as problem:
        print(f"FAILED: {problem}")
        for log in ("intake.log", "post.log"):
            if (folder / log).exists():
                print(f"--- {log}\n{tail(folder / log)}")
        return 1
    finally:
        if browser:
            browser.close()
        if site:
            site.children.end_all()
        shutil.rmtree(folder, ignore_errors=True)
    print("the console keeps its promises")
    return 0


if __name__ == "__main__":
    sys.exit(main())
