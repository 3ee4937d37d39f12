#!/usr/bin/env python3
"""Reads CTest's JUnit file, names what failed and what was skipped, and closes with one line:
"N passed, N failed" or "N passed, N failed, N skipped". Fails when a test failed or none ran."""
import sys
import xml.etree.ElementTree


def closing(path: str) -> tuple[list[str], bool]:
    try:
        cases = xml.etree.ElementTree.parse(path).getroot().findall("testcase")
    except (OSError, xml.etree.ElementTree.ParseError) as problem:
        return [f"no result of CTest: {problem}", "0 passed, 0 failed"], False
    skipped = [case for case in cases if case.get("status") in ("notrun", "disabled")
               or case.find("skipped") is not None]
    failed = [case for case in cases if case.get("status") == "fail"]
    # A test that was not built is counted as failed: nothing may vanish from the count.
    broken = [case for case in skipped if case.get("name", "").endswith("_NOT_BUILT")]
    failed += broken
    skipped = [case for case in skipped if case not in broken]
    passed = len(cases) - len(failed) - len(skipped)
    lines = [f"failed: {case.get('name')}" for case in failed]
    lines += [f"skipped: {case.get('name')}" for case in skipped]
    last = f"{passed} passed, {len(failed)} failed"
    lines.append(last + (f", {len(skipped)} skipped" if skipped else ""))
    return lines, not failed and passed > 0


if __name__ == "__main__":
    text, good = closing(sys.argv[1])
    print("\n".join(text))
    sys.exit(0 if good else 1)
