"""The cache as several machines share it: an object store, spoken to over HTTP, and a limit."""

import hashlib
import os
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from click.testing import CliRunner

from articleaudio.api import convert_many
from articleaudio.cli import cli
from articleaudio.config import load_house
from articleaudio.errors import ConfigError, OutputError
from articleaudio.store import Store

obstore = pytest.importorskip("obstore")
server = pytest.importorskip("moto.server")


def key(text):
    return hashlib.sha256(str(text).encode()).hexdigest()


@pytest.fixture(scope="module")
def endpoint():
    """A server that answers as S3 does, on a free port."""
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    _, port = running.get_host_and_port()
    yield f"http://127.0.0.1:{port}"
    running.stop()


@pytest.fixture
def net(endpoint, monkeypatch):
    """The environment that the store's own tools would read."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a-key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a-secret")
    return endpoint


@pytest.fixture
def address(net, request):
    name = "b" + key(request.node.name)[:20]
    urllib.request.urlopen(urllib.request.Request(f"{net}/{name}", method="PUT")).close()
    return f"s3://{name}/some/prefix"


def test_gives_back_what_was_put(address):
    store = Store(address)
    store.check()
    assert store.get("piece", key(1)) is None
    assert not store.has("piece", key(1))
    for payload in (b"", b"sound" * 50_000):
        store.put("piece", key(1), payload)
        assert Store(address).get("piece", key(1)) == payload
    assert store.has("piece", key(1))
    assert store.missing("piece", [key(1), key(2), key(3)]) == {key(2), key(3)}
    assert store.missing("piece", [key(1)]) == set()


@pytest.mark.parametrize("damage", [lambda e: e[:60] + bytes([e[60] ^ 4]) + e[61:], lambda e: e[:-1], lambda _: b""])
def test_a_damaged_object_is_a_miss_and_is_deleted(address, damage):
    store = Store(address)
    store.put("clip", key(1), b"sound" * 100)
    direct = store.place._store()
    path = f"clip/{key(1)[:2]}/{key(1)}"
    obstore.put(direct, path, damage(bytes(obstore.get(direct, path).bytes())))
    assert store.get("clip", key(1)) is None
    assert (store.damaged, store.misses) == (1, 1)
    assert not store.has("clip", key(1))
    store.put("clip", key(1), b"sound")
    assert store.get("clip", key(1)) == b"sound"


SHARER = """
import sys
from articleaudio.store import Store
store = Store(sys.argv[1])
for number in range(30):
    name = format(number, "064x")
    payload = bytes([number]) * 20_000
    found = store.get("piece", name)
    if found is None:
        store.put("piece", name, payload)
    else:
        assert found == payload
print(store.hits, store.misses, store.damaged)
"""


def test_two_processes_share(address):
    start = [sys.executable, "-c", SHARER, address]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    both = [subprocess.Popen(start, env=env, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = [[int(number) for number in process.communicate()[0].split()] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert all(hits + misses == 30 and not damaged for hits, misses, damaged in told)
    third = subprocess.run(start, env=env, capture_output=True, text=True, check=True)
    assert third.stdout.split() == ["30", "0", "0"]


def test_sizes_and_pruning(address):
    store = Store(address)
    for number in range(8):
        store.put("piece", key(number), b"x" * 952)
    store.put("clip", key(0), b"x" * 152)
    obstore.put(store.place._store(), "somebody/elses", b"x")
    assert [(size.kind, size.entries, size.size) for size in store.sizes()] == [("piece", 8, 8000), ("clip", 1, 200)]
    assert store.prune(older_than=3600).entries == 0
    removed = store.prune(max_size=0)
    assert (removed.entries, removed.size, removed.left) == (9, 8200, 0)
    assert store.sizes() == ()
    assert bytes(obstore.get(store.place._store(), "somebody/elses").bytes()) == b"x"


def test_an_object_not_used_for_a_day_is_written_anew(address, monkeypatch):
    store = Store(address)
    store.put("piece", key(1), b"sound")
    (before,) = store.entries()
    monkeypatch.setattr(store.place, "refresh", 0.5)
    time.sleep(1.1)  # objects' times are whole seconds
    assert store.get("piece", key(1)) == b"sound"
    (after,) = store.entries()
    assert after.used > before.used
    assert store.get("piece", key(1)) == b"sound"


def told(address, act=Store.check):
    with pytest.raises(OutputError) as caught:
        act(Store(address))
    assert caught.value.exit_code == 5
    assert caught.value.hint
    assert "a-secret" not in str(caught.value) + caught.value.hint
    return caught.value.message


ACTS = {
    "check": Store.check,
    "get": lambda store: store.get("clip", key(1)),
    "put": lambda store: store.put("clip", key(1), b""),
    "list": lambda store: list(store.entries()),
}


@pytest.mark.parametrize("act", ACTS)
def test_no_bucket_is_one_clear_error(net, act):
    assert "no such bucket" in told("s3://nowhere-at-all/prefix", ACTS[act])


@pytest.mark.parametrize("act", ACTS)
def test_nobody_answers_is_one_clear_error(net, monkeypatch, act):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    assert "nobody answers" in told("s3://bucket/prefix", ACTS[act])


def test_no_credentials_is_one_clear_error(net, monkeypatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_METADATA_ENDPOINT", "http://127.0.0.1:9")
    assert "no credentials" in told("s3://bucket/prefix")


@pytest.mark.parametrize("address", ["foo://bucket/prefix", "s3://"])
def test_an_address_of_nothing_is_a_wrong_setting(address):
    with pytest.raises(ConfigError, match="cannot use") as caught:
        Store(address).check()
    assert caught.value.exit_code == 2


def test_without_the_library_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "obstore", None)
    assert "needs the package obstore" in told("s3://bucket/prefix")


# ── a limit ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def aged(store, kind, name, hours):
    moment = time.time() - hours * 3600
    os.utime(store.folder / kind / name[:2] / name, (moment, moment))


@pytest.fixture
def full(tmp_path):
    """Ten entries of a thousand bytes, the first used ten days ago, the last a day ago."""
    store = Store(tmp_path / "cache")
    for number in range(10):
        store.put("piece", key(number), b"x" * 952)
        aged(store, "piece", key(number), (10 - number) * 24)
    return store


def left(store):
    there = {entry.key for entry in store.entries()}
    return [number for number in range(20) if key(number) in there]


def test_what_was_used_longest_ago_goes_first(full):
    removed = Store(full.folder, limit=6000).trim()
    assert left(full) == [5, 6, 7, 8, 9]
    assert (removed.entries, removed.size, removed.left) == (5, 5000, 5000)
    assert Store(full.folder, limit=5000).trim().entries == 0
    assert Store(full.folder).trim().entries == 0


def test_a_use_makes_an_entry_young(full):
    assert full.get("piece", key(0)) is not None
    Store(full.folder, limit=2000, since=time.time() + 7200).trim()
    assert left(full) == [0]


def test_what_the_run_has_used_stays_whatever_the_limit(full):
    run = Store(full.folder, limit=1)
    for number in (0, 3):
        run.get("piece", key(number))
    run.put("piece", key(11), b"new")
    run.trim()
    assert left(full) == [0, 3, 11]


def test_putting_much_keeps_to_the_limit(tmp_path):
    old = Store(tmp_path)
    for number in range(100):
        old.put("piece", key(f"old {number}"), b"x" * 952)
        aged(old, "piece", key(f"old {number}"), 48)
    new = Store(tmp_path, limit=100_000)
    for number in range(60):
        new.put("piece", key(f"new {number}"), b"x" * 952)
    total = sum(size.size for size in new.sizes())
    assert 60_000 <= total <= 105_000
    assert new.missing("piece", [key(f"new {number}") for number in range(60)]) == set()


def test_a_time_is_set_anew_once_an_hour_at_most(full):
    path = full.folder / "piece" / key(9)[:2] / key(9)
    full.get("piece", key(9))
    first = path.stat().st_mtime_ns
    assert time.time() - first / 1e9 < 60
    full.get("piece", key(9))
    assert path.stat().st_mtime_ns == first


def test_a_cache_that_may_only_be_read_is_one(full, monkeypatch):
    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(os, "utime", refuse)
    assert full.get("piece", key(0)) is not None


def test_pruning_by_age_and_size(full):
    assert full.prune(older_than=8.5 * 86_400).entries == 2
    assert left(full) == [2, 3, 4, 5, 6, 7, 8, 9]
    removed = full.prune(older_than=7.5 * 86_400, max_size=3000)
    assert (removed.entries, removed.size, removed.left) == (5, 5000, 3000)
    assert left(full) == [7, 8, 9]


def test_nothing_but_entries_is_ever_removed(full):
    strange = [
        full.folder / name for name in ("notes.txt", "piece/readme", f"piece/zz/{key(1)}", "voices/en/model.bin")
    ]
    for path in strange:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"mine")
    full.prune(max_size=0)
    assert left(full) == []
    assert all(path.read_bytes() == b"mine" for path in strange)


def test_what_a_killed_process_left_is_removed_after_a_day(full):
    shelf = full.folder / "piece" / key(1)[:2]
    old, young = (shelf / f".{key(1)[:80]}.{name}.tmp" for name in ("1.a", "2.b"))
    for path, hours in ((old, 25), (young, 1)):
        path.write_bytes(b"half")
        os.utime(path, (time.time() - hours * 3600,) * 2)
    full.prune(max_size=0)
    assert (old.exists(), young.exists()) == (False, True)


def test_several_may_trim_at_once(full):
    stores = [Store(full.folder, limit=4000) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(Store.trim, stores))
    assert {7, 8, 9} <= set(left(full))


def test_anew_finds_only_what_it_has_put_itself(full):
    store = Store(full.folder, anew=True)
    assert store.get("piece", key(0)) is None
    assert not store.has("piece", key(0))
    assert store.missing("piece", [key(0)]) == {key(0)}
    store.put("piece", key(0), b"other")
    assert store.get("piece", key(0)) == b"other"
    assert Store(full.folder).get("piece", key(0)) == b"other"


# ── what a house says ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def house(tmp_path):
    def load(text, **settings):
        (tmp_path / "articleaudio.toml").write_text(text)
        return load_house(folder=tmp_path, **settings)

    return load


@pytest.mark.parametrize(
    ("written", "size"), [("20 GB", 20 * 10**9), ("1.5GiB", 3 * 2**29), ("0", 0), ("500 mb", 5 * 10**8)]
)
def test_a_limit_is_read_with_its_unit(house, written, size):
    assert house(f'[cache]\nlimit = "{written}"').cache_limit == size


@pytest.mark.parametrize("text", ['limit = "much"', 'limit = "20"', "limit = 20", 'limits = "1 GB"', "keep_clips = 1"])
def test_a_wrong_limit_is_told_with_its_line(house, text):
    with pytest.raises(ConfigError, match=r"articleaudio.toml, line 2"):
        house(f"[cache]\n{text}")


def test_where_the_cache_is(house, tmp_path):
    assert house("").cache_limit == 0
    assert house('[cache]\nwhere = "kept"').cache == tmp_path / "kept"
    assert house('[cache]\nwhere = "s3://bucket/prefix"').cache == "s3://bucket/prefix"
    assert house('[cache]\nwhere = "kept"', cache="s3://other").cache == "s3://other"
    assert house('[cache]\nwhere = "s3://bucket"', cache=tmp_path / "mine").cache == tmp_path / "mine"


def test_what_a_run_may_cost(house):
    assert house("max_cost = 2.5").max_cost == 2.5
    assert house("max_cost = 2.5", max_cost=0.0).max_cost == 0.0
    with pytest.raises(ConfigError, match="max_cost is -1"):
        house("max_cost = -1")


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_one_machine_has_spoken_another_need_not(address, house, tmp_path, jobs):
    sources = [tmp_path / f"{name}.md" for name in ("one", "two")]
    for path in sources:
        path.write_text(f"# Ferry {path.stem}\n\nIt sails at noon.\n\nTickets for {path.stem} are cheap.\n")
    settings = house("", cache=address)
    here, there = (list(convert_many(sources, settings, out=tmp_path / out, jobs=jobs)) for out in ("here", "there"))
    assert sum(episode.spoken_now for episode in here) > 0
    assert [episode.spoken_now for episode in there] == [0, 0]
    sounds = [{e.slug: e.audio.read_bytes() for e in made} for made in (here, there)]
    assert sounds[0] == sounds[1]


def test_a_run_whose_cache_cannot_be_reached_ends_at_once(net, monkeypatch, tmp_path):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    (tmp_path / "one.md").write_text("# Ferry\n\nIt sails at noon.\n")
    command = ["convert", str(tmp_path / "one.md"), "--out", str(tmp_path / "out"), "--cache", "s3://bucket/prefix"]
    result = CliRunner().invoke(cli, command)
    assert result.exit_code == 5
    assert result.output.count("nobody answers for the cache s3://bucket/prefix") == 1
    assert not list(tmp_path.rglob("*.mp3"))
