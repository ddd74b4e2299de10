"""Worker processes, with real crashes, hangs and signals."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from articleaudio.errors import VoiceError
from articleaudio.workers import Child, WorkerDied, WorkerHung

MISBEHAVE = "handlers:misbehave"
LONG = 180.0
posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")


def gone(pid: int, within: float = 60.0) -> bool:
    """Whether a process ends in time (a zombie has ended)."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state in "ZX":
            return True
        time.sleep(0.02)
    return False


def descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@pytest.fixture
def child():
    with Child(MISBEHAVE) as child:
        yield child


@pytest.mark.parametrize("value", [None, "text", b"\0\n\r" * 3_000_000, {"a": [1, (2, 3)]}, "\ud800"])
def test_gives_what_the_handler_returns(value):
    with Child("handlers:echo") as child:
        assert child.call(value, deadline=LONG) == value
        assert child.call(value, deadline=LONG) == value


def test_one_process_serves_many_calls():
    with Child("handlers:pids") as child:
        assert child.pid is None
        seen = {child.call(None, deadline=LONG) for _ in range(5)}
        assert seen == {child.pid}
        assert child.pid != os.getpid()


def test_passes_messages_on_in_order(child):
    seen = []
    assert child.call(("count", 5, 0.0), deadline=LONG, on_message=seen.append) == 5
    assert seen == [0, 1, 2, 3, 4]


def test_every_message_is_a_sign_of_life(child):
    child.call("warm", deadline=LONG)
    assert child.call(("count", 8, 0.2), deadline=1.0) == 8


def test_raises_what_the_handler_raises_and_lives_on(child):
    with pytest.raises(VoiceError, match="no such voice") as caught:
        child.call("voice error", deadline=LONG)
    assert caught.value.hint == "take another"
    assert "handlers.py" in caught.value.__notes__[0]
    pid = child.pid
    with pytest.raises(ValueError, match="a bad value"):
        child.call("value error", deadline=LONG)
    assert child.pid == pid


@pytest.mark.parametrize(
    ("request_", "text"),
    [("unpicklable error", "cannot travel"), ("odd error", "cannot be made again"), ("unpicklable reply", "lambda")],
)
def test_what_cannot_travel_comes_back_as_text(child, request_, text):
    with pytest.raises(Exception, match=text):
        child.call(request_, deadline=LONG)
    assert child.call("still there", deadline=LONG) == "still there"


def test_a_request_that_cannot_travel_is_refused_here(child):
    child.call("warm", deadline=LONG)
    pid = child.pid
    with pytest.raises(Exception, match=r"pickle|lambda"):
        child.call(lambda: 1, deadline=LONG)
    assert child.pid == pid


def test_a_factory_that_fails_fails_the_call():
    with Child("handlers:broken_factory") as child, pytest.raises(VoiceError, match="not here"):
        child.call(None, deadline=LONG)
    with Child("no_such_module:factory") as child, pytest.raises(ModuleNotFoundError):
        child.call(None, deadline=LONG)


def test_nothing_printed_reaches_our_standard_output(child, capfd):
    assert child.call(("print", "noise"), deadline=LONG) == ""  # what it read from standard input
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("noise") == 3


@posix
@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL, signal.SIGTERM])
def test_a_crash_is_told_with_its_signal_and_costs_one_call(child, number):
    with pytest.raises(WorkerDied, match=number.name) as caught:
        child.call(("signal", number), deadline=LONG)
    assert caught.value.returncode == -number
    assert child.call("again", deadline=LONG) == "again"


def test_leaving_in_the_middle_is_a_death(child):
    with pytest.raises(WorkerDied, match="exit code 3") as caught:
        child.call(("exit", 3), deadline=LONG)
    assert caught.value.returncode == 3


@posix
def test_killed_between_calls_is_started_again(child):
    child.call("warm", deadline=LONG)
    os.kill(child.pid, signal.SIGKILL)
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert child.call("again", deadline=LONG) == "again"


@posix
@pytest.mark.parametrize("request_", [("sleep", 600), ("signal", signal.SIGSTOP), "spin"])
def test_a_hang_is_killed_at_the_deadline(child, request_):
    child.call("warm", deadline=LONG)
    pid = child.pid
    with pytest.raises(WorkerHung):
        child.call(request_, deadline=0.3)
    assert gone(pid)
    assert child.call("again", deadline=LONG) == "again"


@posix
def test_a_stopped_child_that_does_not_even_read_hangs_nobody(child):
    child.call("warm", deadline=LONG)
    pid = child.pid
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(WorkerHung):
        child.call(b"x" * 5_000_000, deadline=0.3)
    assert gone(pid)


@posix
def test_what_a_hung_child_started_is_killed_with_it(child):
    grandchild = child.call("grandchild", deadline=LONG)
    with pytest.raises(WorkerHung):
        child.call(("sleep", 600), deadline=0.2)
    assert gone(grandchild)


@pytest.mark.skipif(sys.platform != "linux", reason="needs sessions that can be looked through")
def test_with_a_hung_child_ends_the_worker_that_it_started_and_the_program_of_that(child):
    told = []
    with pytest.raises(WorkerHung):
        child.call("worker of its own", deadline=8.0, on_message=told.append)
    worker, program = told[0]
    assert gone(worker)
    assert gone(program)


@pytest.mark.skipif(sys.platform != "linux", reason="needs sessions that can be looked through")
def test_with_a_killed_child_ends_the_worker_that_it_started_and_the_program_of_that(child):
    told = []

    def kill(message):
        told.append(message)
        os.kill(child.pid, signal.SIGKILL)

    with pytest.raises(WorkerDied):
        child.call("worker of its own", deadline=LONG, on_message=kill)
    worker, program = told[0]
    assert gone(worker)
    assert gone(program)


@posix
def test_a_death_is_seen_although_a_forked_copy_holds_the_pipe(child):
    with pytest.raises(WorkerDied, match="SIGKILL"):
        child.call("forked grandchild holds the pipe", deadline=LONG)


@posix
def test_an_interrupt_is_the_parents_affair(child):
    child.call("warm", deadline=LONG)
    os.kill(child.pid, signal.SIGINT)
    assert child.call("still there", deadline=LONG) == "still there"


def test_close_ends_the_process_and_later_calls_are_refused(child):
    child.call("warm", deadline=LONG)
    pid = child.pid
    child.close()
    child.close()
    assert gone(pid)
    with pytest.raises(RuntimeError, match="closed"):
        child.call("again", deadline=LONG)


def test_close_from_another_thread_ends_a_call_at_once(child):
    child.call("warm", deadline=LONG)
    timer = threading.Timer(0.2, child.close)
    timer.start()
    with pytest.raises(WorkerDied):
        child.call(("sleep", 600), deadline=LONG)
    timer.join()


def test_a_listener_that_raises_ends_the_child_so_that_replies_cannot_mix(child):
    def listen(message):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        child.call(("count", 3, 0.01), deadline=LONG, on_message=listen)
    assert child.call("the right reply", deadline=LONG) == "the right reply"


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
def test_leaks_no_descriptors_and_no_zombies():
    pids = []

    def lives(n):
        for _ in range(n):
            with Child(MISBEHAVE) as child:
                child.call("x", deadline=LONG)
                pids.append(child.pid)
                with pytest.raises(WorkerDied):
                    child.call(("exit", 1), deadline=LONG)

    lives(1)
    before = descriptors()
    threads = threading.active_count()
    lives(4)
    assert descriptors() == before
    assert threading.active_count() == threads
    for pid in pids:
        with pytest.raises(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc")
def test_the_child_inherits_nothing_but_its_pipes(child, tmp_path):
    with (tmp_path / "held").open("w"):
        fds = child.call("fds", deadline=LONG)
    assert len(fds) == 6  # 0, 1, 2, the two private ones, and the folder being listed


def test_the_child_finds_what_we_find_and_passes_no_path_on(child, monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    env, path = child.call("environment", deadline=LONG)
    assert str(tmp_path) in path
    assert env["PYTHONPATH"] == "/somewhere"
    assert not [name for name in env if name.startswith("ARTICLEAUDIO_WORKER")]


def test_the_working_directory_lends_the_child_no_modules(child, monkeypatch, tmp_path):
    (tmp_path / "queue.py").write_text("raise SystemExit('hijacked')")
    monkeypatch.chdir(tmp_path)
    assert child.call("safe", deadline=LONG) == "safe"


PARENT = """
    import os, sys, threading, time
    from articleaudio.workers import Child

    child = Child("handlers:misbehave")

    def work():
        child.call("warm", deadline=60)
        print(child.pid, flush=True)
        if sys.argv[1] == "thread":
            return
        child.call({request}, deadline=600)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert child.call("alive after its thread has ended", deadline=60)
    print("alive", flush=True)
    time.sleep(600)
"""


def start_parent(request, mode="call"):
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    code = textwrap.dedent(PARENT).format(request=request)
    return subprocess.Popen([sys.executable, "-c", code, mode], stdout=subprocess.PIPE, env=env, text=True)


@posix
@pytest.mark.parametrize("request_", ['("sleep", 600)', '"spin"'])
def test_a_busy_child_dies_with_its_parent(request_):
    with start_parent(request_) as parent:
        pid = int(parent.stdout.readline())
        time.sleep(0.2)
        parent.kill()
    assert gone(pid)


@posix
def test_an_idle_child_outlives_the_thread_that_started_it_but_not_the_process():
    with start_parent("None", "thread") as parent:
        pid = int(parent.stdout.readline())
        assert parent.stdout.readline() == "alive\n"
        assert Path(f"/proc/{pid}").exists() or sys.platform != "linux"
        parent.kill()
    assert gone(pid)


@posix
def test_works_in_a_forked_copy_of_a_process_that_had_workers():
    code = """
        import os
        from articleaudio.workers import Child
        with Child("handlers:echo") as child:
            child.call(1, deadline=60)
            if (pid := os.fork()) == 0:
                with Child("handlers:echo") as other:
                    os._exit(other.call(7, deadline=60))
            print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
    """
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", textwrap.dedent(code)],
        env=env,
        capture_output=True,
        check=False,
        text=True,
        timeout=300,
    )
    assert done.stdout == "7\n", done.stderr
