"""How long a flow waits for what it expects, in seconds. A processor that is emulated needs a multiple of it."""

_times = 1.0


def wait_longer(times: float) -> None:
    """run_flow.py --slow, before anything is waited for."""
    global _times
    _times = times


def seconds(usual: float) -> float:
    return usual * _times
