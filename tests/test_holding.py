"""Two runs over one output: the second waits and says for whom, or ends at once; a dead one holds nothing."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading

import pytest

from articleaudio import events, holding

HOLDER = """
import sys, time
from pathlib import Path
from articleaudio import holding
with holding.holding(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read(1)
print("let go", flush=True)
"""


class Other:
    """Another process that holds an output until it is told to let go."""

    def __init__(self, state):
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(state)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout.readline() == "held\n"

    def let_go(self):
        self.process.stdin.write("x")
        self.process.stdin.close()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.process.kill()
        self.process.__exit__(*error)


def test_the_second_waits_and_says_for_whom(tmp_path):
    seen = []

    def emit(event):
        seen.append(event)
        other.let_go()

    with Other(tmp_path) as other:
        with holding.holding(tmp_path, emit, out="public"):
            assert holding.holder(tmp_path).pid == os.getpid()
        assert other.process.wait(120) == 0
        (busy,) = seen
        assert (busy.folder, busy.pid, busy.host) == ("public", other.process.pid, socket.gethostname())
        assert busy.since.startswith("20")
    assert holding.holder(tmp_path) is None


def test_the_second_may_refuse_to_wait(tmp_path):
    with Other(tmp_path) as other:
        told = f"public: process {other.process.pid} on "
        with (
            pytest.raises(holding.BusyError, match=told) as refused,
            holding.holding(tmp_path, out="public", wait=False),
        ):
            pytest.fail("two hold one output")
        assert refused.value.exit_code == 5
        assert "--no-wait" in refused.value.hint


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such signal")
def test_a_killed_run_holds_nothing_although_its_child_lives(tmp_path):
    code = HOLDER.replace("    print(", "    import subprocess; subprocess.Popen(['sleep', '600'])\n    print(", 1)
    command, pipe = [sys.executable, "-c", code, str(tmp_path)], subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, process_group=0) as run:
        try:
            assert run.stdout.readline() == b"held\n"
            os.kill(run.pid, signal.SIGKILL)
            run.wait()
            assert holding.holder(tmp_path).pid == run.pid  # what the file says is stale, and counts for nothing
            with holding.holding(tmp_path, wait=False):
                assert holding.holder(tmp_path).pid == os.getpid()
        finally:
            os.killpg(run.pid, signal.SIGKILL)


def test_two_outputs_do_not_wait_for_each_other(tmp_path):
    with Other(tmp_path / "one"), holding.holding(tmp_path / "two", wait=False):
        assert holding.holder(tmp_path / "one").pid != holding.holder(tmp_path / "two").pid


def test_what_is_part_of_a_run_goes_straight_on_and_another_thread_does_not(tmp_path):
    refused = threading.Event()

    def other():
        try:
            with holding.holding(tmp_path, wait=False):
                pass
        except holding.BusyError:
            refused.set()

    with holding.holding(tmp_path):
        with holding.holding(tmp_path, wait=False):
            pass
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
        assert refused.is_set()
        assert holding.holder(tmp_path).pid == os.getpid()


@pytest.mark.parametrize("told", [b"", b"{", b"[]", json.dumps({"pid": "x"}).encode(), b"\xff\xfe"])
def test_what_the_file_says_need_not_make_sense(tmp_path, told):
    (tmp_path / holding.FILE).write_bytes(told)
    assert holding.holder(tmp_path) is None
    with holding.holding(tmp_path, wait=False):
        assert holding.holder(tmp_path).pid == os.getpid()


def test_a_state_folder_that_cannot_be_written_is_an_error_of_the_output(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(holding.OutputError, match="cannot write"), holding.holding(tmp_path / "file" / "state"):
        pass


def test_waiting_is_an_event_with_all_that_is_known(tmp_path):
    seen = []
    with Other(tmp_path) as other:
        (tmp_path / holding.FILE).write_bytes(b"")
        with holding.holding(tmp_path, lambda event: (seen.append(event), other.let_go())):
            pass
    assert seen[0] == events.OutputBusy(str(tmp_path), 0, "", "")
