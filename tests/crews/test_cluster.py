"""Many machines, as processes here: the same bytes, nothing lost when one dies, clear words where they do not fit."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import distributed
import pytest
import trustme

from articleaudio import config, events
from articleaudio.batch import convert_many
from articleaudio.crews import cluster as crew
from articleaudio.crews.cluster import Certificates, Cluster, cluster_crew
from articleaudio.crews.cluster_link import connect, settled_address
from articleaudio.crews.cluster_roll import GPU, Roll
from articleaudio.crews.cluster_tasks import Tasks
from articleaudio.errors import ClusterError, ClusterLostError
from articleaudio.model import Episode, Failure
from articleaudio.plan import Planner
from articleaudio.read.discover import discover
from articleaudio.splitting import Course
from articleaudio.task import Setting

ARTICLES = 12
POISON = "Story number 3"
TESTS = Path(__file__).parents[1]
PATIENCE = 300


def setting(folder, name, **changes):
    house = config.load_house(folder=folder, cache=folder / f"cache-{name}", state=folder / f"state-{name}")
    return Setting(house, folder / name, **changes)


def audio(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*.mp3"))}


def environment(**more):
    path = os.pathsep.join([*more.pop("path", []), str(TESTS), os.environ.get("PYTHONPATH", "")])
    return {**os.environ, "PYTHONPATH": path, "ARTICLEAUDIO_TEST_POISON": POISON, **more}


def until(wanted, what):
    end = time.monotonic() + PATIENCE
    while not (found := wanted()):
        assert time.monotonic() < end, what
        time.sleep(0.05)
    return found


@contextlib.contextmanager
def machine(folder, name, *arguments, **more):
    """`articleaudio worker …` as a process; its log is in `folder`."""
    with (folder / f"{name}.log").open("w") as log:
        command = [sys.executable, "-m", "articleaudio", "worker", *map(str, arguments)]
        process = subprocess.Popen(command, stderr=log, stdout=log, env=environment(**more), cwd=folder)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()


@contextlib.contextmanager
def scheduler(folder, more=()):
    file = folder / "scheduler.json"
    file.unlink(missing_ok=True)
    with machine(folder, "scheduler", "--scheduler", "--port", 0, "--scheduler-file", file, *more) as process:
        until(file.exists, "the scheduler starts")
        yield process, json.loads(file.read_text())["address"]


def joined(folder, name):
    until(lambda: " joined " in (folder / f"{name}.log").read_text(), f"{name} joins")


def command(folder, name, address, *more):
    folders = [f"--out={folder / name}", f"--cache={folder / f'cache-{name}'}", f"--state={folder / f'state-{name}'}"]
    return [
        sys.executable,
        "-m",
        "articleaudio",
        "convert",
        str(folder / "articles"),
        *folders,
        "--cluster",
        address,
        *more,
    ]


def convert(folder, name, address, *more, **environ):
    told = command(folder, name, address, *more)
    return subprocess.run(
        told, env=environment(**environ), capture_output=True, text=True, timeout=PATIENCE, check=False
    )


@contextlib.contextmanager
def at_work(folder, name, address):
    """A run that has made two episodes and is at the next ones."""
    told = command(folder, name, address, "--json")
    with subprocess.Popen(told, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        for _ in range(2):
            next(line for line in run.stdout if '"EpisodeReady"' in line)
        yield run


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """Twelve articles, and what one machine makes of them."""
    folder = tmp_path_factory.mktemp("cluster")
    (folder / "articles").mkdir()
    for number in range(ARTICLES):
        text = f"# Story number {number}\n\nThe ferry left at {number} p.m. on Monday. It came back an hour later.\n"
        (folder / "articles" / f"story{number:02}.md").write_text(text)
    results = list(convert_many(discover([str(folder / "articles")]), setting(folder, "alone"), jobs=2))
    assert all(isinstance(result, Episode) for result in results)
    return folder


@pytest.fixture(scope="module")
def machines(house):
    """A scheduler and two workers, the second with a graphics card to lend."""
    with (
        scheduler(house) as (_, address),
        machine(house, "w1", address, "--name", "w1"),
        machine(house, "w2", address, "--name", "w2", "--gpu", "1"),
    ):
        joined(house, "w1")
        joined(house, "w2")
        yield address


def run(house, name, address, emit=events.ignore, **changes):
    hands = partial(cluster_crew, cluster=Cluster(address, 20.0))
    return convert_many(discover([str(house / "articles")]), setting(house, name, **changes), crew=hands, emit=emit)


def test_a_cluster_makes_the_same_bytes_as_one_machine(house, machines):
    seen = []
    results = list(run(house, "two", machines, seen.append))
    assert len(results) == ARTICLES
    assert audio(house / "two") == audio(house / "alone")
    count = functools.partial(map, type)
    assert list(count(seen)).count(events.EpisodeReady) == ARTICLES
    assert list(count(seen)).count(events.SegmentReady) == sum(result.segments for result in results)
    assert not [event for event in seen if isinstance(event, events.Warned)]
    left = [path.name for path in house.joinpath("two").iterdir() if path.name.startswith(".")]
    assert not left, "the probes are gone"


def test_a_killed_worker_loses_nothing(house, machines):
    with distributed.Client(machines, set_as_default=False) as client:
        pids = client.run(os.getpid)
        results = run(house, "killed", machines)
        made = [next(results)]
        os.kill(next(iter(pids.values())), signal.SIGKILL)
        made += results
        assert not [result for result in made if isinstance(result, Failure)]
        assert len(made) == ARTICLES
        until(lambda: len(client.scheduler_info(n_workers=-1)["workers"]) == 2, "the worker is started again")
    assert audio(house / "killed") == audio(house / "alone")


def test_a_poisonous_article_costs_itself_alone(house, machines, monkeypatch):
    monkeypatch.setattr(crew, "WORKER", "poison:studio_worker")
    results = list(run(house, "poison", machines))
    (failed,) = (result for result in results if isinstance(result, Failure))
    assert failed.source.endswith("story03.md")
    assert "its worker died 2 times" in failed.message
    assert "SIGSEGV" in failed.message
    assert len(results) == ARTICLES


def test_an_interrupted_run_finishes_what_is_at_hand_and_frees_the_cluster(house, machines):
    with at_work(house, "stopped", machines) as interrupted:
        interrupted.send_signal(signal.SIGINT)
        out, err = interrupted.communicate(timeout=PATIENCE)
    assert interrupted.returncode == 130, err
    done = 2 + out.count('"EpisodeReady"')
    assert len(list((house / "stopped/episodes").iterdir())) == done
    again = convert(house, "stopped", str(house / "scheduler.json"))  # such a file is an address, too
    assert again.returncode == 0, again.stderr
    assert f"{done} unchanged" in again.stdout
    assert audio(house / "stopped") == audio(house / "alone")


def test_what_has_ended_when_the_run_is_told_to_stop_is_not_taken_back(house, machines):
    asked = setting(house, "ended", work=house / "state-ended" / "work")
    (source, *_) = discover([str(house / "articles")])
    with contextlib.closing(connect(Cluster(machines))) as client, Planner(asked.house, asked.out) as planner:
        (job,) = planner.plan(source)
        roll = Roll(client, Cluster(machines), events.ignore)
        roll.wait()
        tasks = Tasks(client, roll, roll.admitted(asked, crew.WORKER), Course(0), events.ignore)
        tasks.hand_out(job)
        until(lambda: all(out.future.done() for out in tasks.out.values()), "the article is made")
        ((task, outcome),) = tasks.rest(PATIENCE)
        assert task is job
        assert isinstance(outcome, Episode), outcome
        tasks.hand_out(job)
        assert not list(tasks.rest(PATIENCE)), "and nothing is begun any more"
        tasks.end()


def test_a_result_that_died_with_its_worker_is_made_again(house, machines):
    asked = setting(house, "gone", work=house / "state-gone" / "work")
    (source, *_) = discover([str(house / "articles")])
    with contextlib.closing(connect(Cluster(machines))) as client, Planner(asked.house, asked.out) as planner:
        (job,) = planner.plan(source)
        roll = Roll(client, Cluster(machines), events.ignore)
        roll.wait()
        tasks = Tasks(client, roll, roll.admitted(asked, crew.WORKER), Course(0), events.ignore)
        tasks.hand_out(job)
        (out,) = tasks.out.values()
        until(out.future.done, "the article is made")
        (holder,) = client.who_has([out.future])[out.future.key]
        os.kill(client.run(os.getpid, workers=[holder])[holder], signal.SIGKILL)
        until(lambda: not out.future.done(), "its result is lost")
        task, outcome = until(lambda: tasks.next_ended(0.2), "it is made again")
        assert task is job
        assert isinstance(outcome, Episode), outcome
        tasks.end()
        until(lambda: len(client.scheduler_info(n_workers=-1)["workers"]) == 2, "the worker is started again")


def test_a_voice_that_wants_a_graphics_card_goes_where_one_is(house, machines):
    asked = setting(house, "gpu", work=house / "state-gpu" / "work")
    (source, *_) = discover([str(house / "articles")])
    with contextlib.closing(connect(Cluster(machines))) as client, Planner(asked.house, asked.out) as planner:
        (job,) = planner.plan(source)
        for engine, wishes in (("pyttsx3", {}), ("kokoro", {"resources": {GPU: 1}})):
            voices = {tag: replace(voice, engine=engine) for tag, voice in asked.house.voices.items()}
            roll = Roll(client, Cluster(machines), events.ignore)
            roll.wait()
            roll.admitted(replace(asked, house=replace(asked.house, voices=voices)), crew.WORKER)
            assert roll.wishes(job) == wishes
        workers = client.scheduler_info(n_workers=-1)["workers"]
        (with_card,) = (address for address, worker in workers.items() if worker["name"] == "w2")
        futures = [client.submit(os.getpid, pure=False, **roll.wishes(job)) for _ in range(8)]
        assert set(client.gather(futures)) == set(client.run(os.getpid, workers=[with_card]).values())


def test_folders_that_are_not_shared_are_an_error_that_names_the_worker(house, machines):
    if sys.platform != "linux":
        pytest.skip("needs a path that is another folder for every process")
    here = Path("/proc/self/cwd") / os.path.relpath(house / "apart", Path.cwd())
    for out, state in ((here, house / "state-apart"), (house / "apart", here)):
        asked = setting(house, "apart")
        asked = replace(asked, out=out, house=replace(asked.house, state=state))
        hands = partial(cluster_crew, cluster=Cluster(machines))
        with pytest.raises(ClusterError, match=r"tcp://[\d.:]+: does not see the (output|state) folder"):
            list(convert_many(discover([str(house / "articles")]), asked, crew=hands))
    assert not list((house / "apart").glob("episodes/*"))


@pytest.fixture
def other_version(tmp_path):
    """A folder that makes a Python that has it on its path believe that articleaudio is another version."""
    facts = tmp_path / "articleaudio-9.9.9.dist-info" / "METADATA"
    facts.parent.mkdir()
    facts.write_text("Metadata-Version: 2.1\nName: articleaudio\nVersion: 9.9.9\n")
    return str(tmp_path)


def test_other_versions_are_refused_by_the_run_and_by_the_worker(house, machines, other_version, tmp_path):
    done = convert(house, "version", machines, path=[other_version])
    assert done.returncode == 2, done.stderr
    assert "versions differ" in done.stderr
    assert "(here 9.9.9)" in done.stderr
    with machine(tmp_path, "w3", machines, path=[other_version]) as process:
        assert process.wait(PATIENCE) == 2
    assert "other versions" in (tmp_path / "w3.log").read_text()


def test_a_lost_scheduler_ends_the_run_and_the_next_one_goes_on(house, tmp_path):
    with scheduler(tmp_path) as (process, address):
        alone = convert(house, "lost", address, "--cluster-timeout", "6")
        assert alone.returncode == 2, alone.stderr
        assert "no worker has joined" in alone.stderr
        with machine(tmp_path, "w4", tmp_path / "scheduler.json", "--threads", "2"):
            joined(tmp_path, "w4")
            with at_work(house, "lost", address) as lost:
                process.kill()
                _, err = lost.communicate(timeout=PATIENCE)
            assert lost.returncode == 1, err
            assert "is lost" in err
            assert "run the same command again" in err
            done = len(list((house / "lost/episodes").glob("*/episode.json")))
            index = (house / "lost/index.html").read_text()
            listed = sum(f"episodes/story-number-{at}/" in index for at in range(ARTICLES))
            assert 2 <= listed <= done  # a worker may have finished one after that
            with scheduler(tmp_path) as (_, another):  # elsewhere: the worker looks into the file
                again = convert(house, "lost", another, "--cluster-timeout", str(PATIENCE))
    assert again.returncode == 0, again.stderr
    assert audio(house / "lost") == audio(house / "alone")


def test_a_worker_waits_for_a_scheduler_file_that_goes_and_comes(tmp_path):
    file, log = tmp_path / "scheduler.json", tmp_path / "w7.log"
    with machine(tmp_path, "w7", file):
        until(lambda: "no scheduler has told in" in log.read_text(), "it says what it waits for")
        for times in (1, 2):
            with scheduler(tmp_path):
                until(lambda: log.read_text().count(" joined ") == times, "it joins")  # noqa: B023 -- asked at once
            assert not file.exists()
    with machine(tmp_path, "w8", tmp_path / "nowhere") as process:
        assert process.wait(PATIENCE) == 2


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://127.0.0.1:8786", "http:// is not spoken there"),
        ("tcp://", "names no host"),
        ("nowhere.json", "neither an address of a cluster nor a scheduler file"),
        ("tls://127.0.0.1:8786", "wants certificates"),
    ],
)
def test_addresses_that_cannot_be(address, said):
    with pytest.raises(ClusterError, match=re.escape(said)) as caught:
        connect(Cluster(address, 0.5))
    assert caught.value.exit_code == 2


def test_scheduler_files_that_cannot_be(tmp_path):
    for content in ("", "[]", "{}", '{"address"'):
        (tmp_path / "file").write_text(content)
        with pytest.raises(ClusterError, match="is no scheduler file"):
            settled_address(str(tmp_path / "file"))


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("tcp://10.0.0.1:8786", "tcp://10.0.0.1:8786"),
        ("tcp://10.0.0.1", "tcp://10.0.0.1:8786"),
        ("host:1234", "tcp://host:1234"),
        ("tls://host:1234/", "tls://host:1234"),
        ("tcp://[::1]:8786", "tcp://[::1]:8786"),
        ("tcp://[::1]", "tcp://[::1]:8786"),
    ],
)
def test_addresses_in_full(given, address):
    assert settled_address(given) == address


def test_certificates_encrypt_and_keep_others_out(tmp_path):
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1")
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    issued.cert_chain_pems[0].write_to_path(tmp_path / "node.pem")
    issued.private_key_pem.write_to_path(tmp_path / "node.key")
    files = [tmp_path / name for name in ("ca.pem", "node.pem", "node.key")]
    given = [
        part
        for option, file in zip(("ca-file", "cert", "key"), files, strict=True)
        for part in (f"--tls-{option}", file)
    ]
    with scheduler(tmp_path, more=given) as (_, address), machine(tmp_path, "w6", address, *given):
        assert address.startswith("tls://")
        joined(tmp_path, "w6")
        with contextlib.closing(connect(Cluster(address, certificates=Certificates(*files)))) as client:
            assert client.submit(int, pure=False).result(timeout=PATIENCE) == 0
        with pytest.raises(ClusterError, match="no scheduler answers"):
            connect(Cluster(address.replace("tls://", "tcp://"), 0.5))
    assert "can run any program" not in (tmp_path / "scheduler.log").read_text()


def test_nobody_answers(house):
    with socket.socket() as taken:  # bound, and not listening
        taken.bind(("127.0.0.1", 0))
        done = convert(house, "nobody", f"tcp://127.0.0.1:{taken.getsockname()[1]}", "--cluster-timeout", "0.5")
    assert done.returncode == 2, done.stderr
    assert "no scheduler answers" in done.stderr
    assert "articleaudio worker --scheduler" in done.stderr


def test_without_the_extra(house, tmp_path):
    (tmp_path / "distributed.py").write_text("raise ModuleNotFoundError(\"No module named 'distributed'\")\n")
    done = convert(house, "nobody", "tcp://127.0.0.1:8786", path=[str(tmp_path)])
    assert done.returncode == 4
    assert "pip install 'articleaudio[dask]'" in done.stderr
    with machine(tmp_path, "w5", "tcp://127.0.0.1:8786", path=[str(tmp_path)]) as process:
        assert process.wait(PATIENCE) == 4


def test_a_line_that_breaks_means_that_the_cluster_is_lost():
    roll = Roll(None, Cluster("tcp://127.0.0.1:8786", 0.5), events.ignore)
    with pytest.raises(ClusterLostError, match="is lost: the line to it broke: reset"), roll.answering():
        raise ConnectionResetError("reset")
