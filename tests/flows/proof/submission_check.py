"""Compares a whole submission with the expected one and names every difference with its path."""
import json

MISSING = object()


def _told(value) -> str:
    return "missing" if value is MISSING else json.dumps(value, ensure_ascii=False)


def _walk(expected, found, path: str, left_out: set[str]):
    if path in left_out:
        # Times and ids differ from run to run, but they have to be there.
        if found in (MISSING, None, "", [], {}):
            yield f"{path}: should hold something, but is {_told(found)}"
    elif isinstance(expected, dict) and isinstance(found, dict):
        inside = {key for key in left_out if key.rpartition("/")[0] == path}
        keys = {*expected, *found, *(key.rpartition("/")[2] for key in inside)}
        for key in sorted(keys):
            place = f"{path}/{key}" if path else key
            yield from _walk(expected.get(key, MISSING), found.get(key, MISSING), place, left_out)
    elif isinstance(expected, list) and isinstance(found, list):
        for index in range(max(len(expected), len(found))):
            yield from _walk(expected[index] if index < len(expected) else MISSING,
                             found[index] if index < len(found) else MISSING, f"{path}/{index}", left_out)
    elif type(expected) is not type(found) or expected != found:
        yield f"{path}: {_told(found)}, expected {_told(expected)}"


def differences(expected, found, left_out: list[str]) -> list[str]:
    return list(_walk(expected, found, "", set(left_out)))
