"""What the demonstration leaves behind: a picture of every page, the printed papers, the case as the
intake opened it, and a summary."""
import json
import pathlib
import shutil
import time

from flow_script import FlowError

PAPERS = ("receipt", "letter")


class DemoOutput:
    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self.files_a_case = True
        self._screens = folder / "screens"
        shutil.rmtree(self._screens, ignore_errors=True)
        self._screens.mkdir(parents=True)
        for old in ("receipt.pdf", "letter.pdf", "proof.pdf", "intake-case.json", "summary.json"):
            (folder / old).unlink(missing_ok=True)
        self._page = None
        self._pictures = 0
        self._steps: list[dict] = []
        self._step_began = time.monotonic()

    def saw_page(self, page: str, shoot) -> None:
        """Called after every verb; takes a picture when the page is another one."""
        if page != self._page:
            self._page = page
            self.picture(page, shoot)

    def picture(self, name: str, shoot) -> None:
        self._pictures += 1
        shoot(self._screens / f"{self._pictures:02}-{name.replace('_', '-')}.png")

    def expect_pictures(self, least: int) -> None:
        if self._pictures < least:
            raise FlowError(f"only {self._pictures} pictures were taken")

    def step(self, name: str) -> None:
        self._close_step()
        print(f"  {name}", flush=True)
        self._steps.append({"step": name})

    def _close_step(self) -> None:
        now = time.monotonic()
        if self._steps:
            self._steps[-1]["ms"] = round((now - self._step_began) * 1000)
        self._step_began = now

    def finish(self, cases: int, outbox_rows: int, case: dict, printed: pathlib.Path) -> None:
        self._close_step()
        for paper in PAPERS:
            found = sorted(printed.glob(f"*{paper}*.pdf"), key=lambda file: file.stat().st_mtime)
            if not found:
                raise FlowError(f"no {paper} was printed into {printed}")
            shutil.copyfile(found[-1], self.folder / f"{paper}.pdf")
        self._write("intake-case.json", case)
        self._write("summary.json", {
            "sub_id": case["sub_id"],
            "local_number": case["local_number"],
            "case_number": case["case_number"],
            "outbox_rows_after": outbox_rows,
            "cases": cases,
            "pictures": self._pictures,
            "steps": self._steps,
        })
        if cases != 1 or outbox_rows != 0:
            raise FlowError(f"the case should have arrived once and been purged, but there are {cases} "
                            f"cases and {outbox_rows} rows in the outbox")

    def finish_without_case(self, printed: pathlib.Path) -> None:
        """What was printed, under the name the printer gave it, and what was done."""
        self._close_step()
        papers = sorted(printed.glob("*.pdf"))
        for paper in papers:
            shutil.copyfile(paper, self.folder / paper.name)
        self._write("summary.json", {"papers": [paper.name for paper in papers], "pictures": self._pictures,
                                     "steps": self._steps})

    def _write(self, name: str, value: dict) -> None:
        text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
        (self.folder / name).write_text(text, encoding="utf-8")
