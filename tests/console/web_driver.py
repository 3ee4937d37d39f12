"""A browser without a window, driven by the WebDriver protocol (W3C) with nothing but urllib."""
import base64
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

START_LIMIT_S = 20
WAIT_LIMIT_S = 10
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the protocol's own name


class BrowserError(Exception):
    pass


def missing() -> str | None:
    """Why there is no browser here; None when there is one."""
    for program in ("chromium", "chromedriver"):
        if not shutil.which(program):
            return f"{program} is not installed (provisioning/setup --tests)"
    return None


class Browser:
    """One session. Everything waits for what it needs, and never longer than WAIT_LIMIT_S."""

    def __init__(self, log: pathlib.Path, width: int = 1280, height: int = 900):
        self._home = tempfile.mkdtemp(prefix="cw-browser-")
        self._log = log
        self._output = log.open("wb")
        self._driver = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", "--", "chromedriver", "--port=0"], stdin=subprocess.DEVNULL,
            stdout=self._output, stderr=self._output, env={"PATH": "/usr/bin:/bin", "HOME": self._home, "LANG": "C.UTF-8"})
        self._base = f"http://127.0.0.1:{self._port()}"
        options = {"binary": shutil.which("chromium"),
                   "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                            "--no-first-run", "--disable-background-networking", "--hide-scrollbars",
                            f"--user-data-dir={self._home}/profile", f"--window-size={width},{height}", "--lang=zh-CN"]}
        asked = {"capabilities": {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options,
                                                  "goog:loggingPrefs": {"browser": "ALL"}}}}
        self._session = self._ask("POST", "/session", asked)["sessionId"]

    def _port(self) -> int:
        end = time.monotonic() + START_LIMIT_S
        while time.monotonic() < end:
            found = re.search(rb"started successfully on port (\d+)", self._log.read_bytes())
            if found:
                return int(found.group(1))
            if self._driver.poll() is not None:
                break
            time.sleep(0.05)
        raise BrowserError(f"chromedriver did not start: {self._log.read_text(errors='replace')[-500:]}")

    def _ask(self, method: str, path: str, body: dict | None = None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._base + path, data=data, method=method,
                                         headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as problem:
            value = json.load(problem)["value"]
            raise BrowserError(f"{path}: {value['error']}: {value['message'].splitlines()[0]}") from None

    def _in_session(self, method: str, path: str, body: dict | None = None):
        return self._ask(method, f"/session/{self._session}{path}", body)

    def close(self) -> None:
        try:
            self._ask("DELETE", f"/session/{self._session}")
        except (BrowserError, OSError):
            pass
        self._driver.terminate()
        self._driver.wait(10)
        self._output.close()
        shutil.rmtree(self._home, ignore_errors=True)

    def open(self, url: str) -> None:
        self._in_session("POST", "/url", {"url": url})

    def url(self) -> str:
        return self._in_session("GET", "/url")

    def source(self) -> str:
        return self._in_session("GET", "/source")

    def find_all(self, css: str) -> list[str]:
        return [found[ELEMENT] for found in
                self._in_session("POST", "/elements", {"using": "css selector", "value": css})]

    def find(self, css: str) -> str:
        end = time.monotonic() + WAIT_LIMIT_S
        while time.monotonic() < end:
            found = self.find_all(css)
            if found:
                return found[0]
            time.sleep(0.05)
        raise BrowserError(f"nothing like {css} on {self.url()}:\n{self.text('body')[:600]}")

    def has(self, css: str) -> bool:
        return bool(self.find_all(css))

    def text(self, css: str) -> str:
        return self._in_session("GET", f"/element/{self.find(css)}/text")

    def texts(self, css: str) -> list[str]:
        return [self._in_session("GET", f"/element/{one}/text") for one in self.find_all(css)]

    def write(self, css: str, text: str) -> None:
        element = self.find(css)
        self._in_session("POST", f"/element/{element}/clear", {})
        self._in_session("POST", f"/element/{element}/value", {"text": text})

    def click(self, css: str) -> None:
        """Clicks and waits for the page that comes of it."""
        before = self.find("html")
        self._in_session("POST", f"/element/{self.find(css)}/click", {})
        end = time.monotonic() + WAIT_LIMIT_S
        while time.monotonic() < end:
            now = self.find_all("html")
            if now and now[0] != before:
                return
            time.sleep(0.02)
        raise BrowserError(f"{css}: no page came of it")

    def run(self, script: str):
        return self._in_session("POST", "/execute/sync", {"script": script, "args": []})

    def cookie(self, name: str) -> dict:
        return self._in_session("GET", f"/cookie/{name}")

    def complaints(self) -> list[str]:
        """What the browser itself said against the pages since the last time: blocked scripts, styles, pictures."""
        return [line["message"] for line in self._in_session("POST", "/se/log", {"type": "browser"})
                if line["level"] in ("SEVERE", "WARNING")]

    def resize(self, width: int, height: int) -> None:
        self._in_session("POST", "/window/rect", {"width": width, "height": height})

    def picture(self, path: pathlib.Path) -> None:
        path.write_bytes(base64.b64decode(self._in_session("GET", "/screenshot")))
