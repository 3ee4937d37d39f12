"""The resolver of names: slow, silent, or without the name."""
import pathlib

from slow_names import NAME, NEVER, SlowNames
from terminal import FlowError, Terminal, fault

SLOW_S = 2  # within the time a connection has to come about (offline/sync/centre_client.cpp)


@fault
def names_are_found_slowly_or_never(programs: pathlib.Path, out: pathlib.Path, seed: int) -> None:
    """N1. The post asks for the centre's name and hears nothing: citizens are served as ever, the post goes on saying that it
    lives, nothing is lost. Answered late, it delivers; answered never again, it keeps what comes; answered at once, all is there."""
    out.mkdir(parents=True, exist_ok=True)
    names = SlowNames(out)
    t = Terminal(names.programs(programs, "kiosk-post"), out)
    try:
        names.answers_after_s = NEVER
        t.play(f"config post.intake_url=http://{NAME}:{t.runner._port}", "config post.backoff_base_ms=1000",
               "config post.backoff_cap_ms=4000", "start intake", "start post", "start kiosk", "wait page home")
        one_citizen(t)
        post = t.service("post")
        fed, asked = post.feeds, names.asked
        if not post.wait(lambda now: now.feeds > fed + 6, 60):
            raise FlowError(f"the post fell silent: {post.endings}")
        if not names.asked or not post.wait(lambda now: names.asked > asked, 60):
            raise FlowError("the post does not ask for the name again")
        t.play("expect outbox 1", "expect cases 0")
        names.answers_after_s = SLOW_S
        t.everything_arrives()
        names.answers_after_s = NEVER
        one_citizen(t)
        names.answers_after_s = 0
        t.everything_arrives()
        t.expect_endings({"post": [], "intake": [], "kiosk": []})
    finally:
        t.runner.end()
        names.close()


def one_citizen(t: Terminal) -> None:
    t.to_signature()
    t.hand_in()
    t.leave_receipt()
