"""The cache folder: whole entries or none."""

import hashlib
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.errors import OutputError
from articleaudio.store import Store

try:
    import resource
except ImportError:  # not on Windows
    resource = None

KEY = hashlib.sha256(b"key").hexdigest()


def entry_path(store, kind="clip", key=KEY):
    return store.folder / kind / key[:2] / key


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "cache")


@pytest.mark.parametrize("payload", [b"", b"\0", b"sound" * 100_000])
def test_gives_back_what_was_put(store, payload):
    assert store.get("clip", KEY) is None
    store.put("clip", KEY, payload)
    assert store.get("clip", KEY) == payload
    assert store.get("piece", KEY) is None
    assert (store.hits, store.misses, store.damaged) == (1, 2, 0)
    assert [path.name for path in store.folder.rglob("*") if path.is_file()] == [KEY]


def test_a_later_put_wins(store):
    store.put("clip", KEY, b"first")
    store.put("clip", KEY, b"second")
    assert store.get("clip", KEY) == b"second"


def test_two_stores_share_a_folder(store):
    store.put("clip", KEY, b"sound")
    assert Store(store.folder).get("clip", KEY) == b"sound"


@given(at=st.integers(0, 200), bit=st.integers(0, 7), payload=st.binary(min_size=1, max_size=100))
def test_any_flipped_bit_is_a_miss_and_the_entry_is_deleted(tmp_path_factory, at, bit, payload):
    store = Store(tmp_path_factory.mktemp("flip"))
    store.put("clip", KEY, payload)
    path = entry_path(store)
    data = bytearray(path.read_bytes())
    data[at % len(data)] ^= 1 << bit
    path.write_bytes(data)
    found = store.get("clip", KEY)
    padding = 6 <= at % len(data) < 8
    assert found == (payload if padding else None)
    assert path.exists() == padding
    assert store.damaged == (not padding)


@pytest.mark.parametrize("length", [0, 1, 47, 48, 49, 52])
def test_any_cut_is_a_miss(store, length):
    store.put("clip", KEY, b"sound")
    path = entry_path(store)
    path.write_bytes(path.read_bytes()[:length])
    assert store.get("clip", KEY) is None
    assert not path.exists()
    store.put("clip", KEY, b"sound")
    assert store.get("clip", KEY) == b"sound"


def test_bytes_that_hang_on_are_a_miss(store):
    store.put("clip", KEY, b"sound")
    with entry_path(store).open("ab") as file:
        file.write(b"\0")
    assert store.get("clip", KEY) is None


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "a/b", "a b", ".", "ключ"])
def test_no_key_leaves_the_folder(store, key):
    with pytest.raises(ValueError, match="cannot name"):
        store.put("clip", key, b"")
    with pytest.raises(ValueError, match="cannot name"):
        store.get(key, KEY)


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="cannot write the cache") as caught:
        Store(tmp_path / "file").put("clip", KEY, b"sound")
    assert "--cache" in caught.value.hint


@pytest.mark.skipif(resource is None, reason="needs POSIX limits")
def test_a_full_disk_is_one_clear_error_and_leaves_nothing(store):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(OutputError, match="cannot write the cache"):
            store.put("clip", KEY, b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert not [path for path in store.folder.rglob("*") if path.is_file()]


WRITER = """
import sys
from pathlib import Path
from articleaudio.store import Store
store = Store(Path(sys.argv[1]))
for i in range(100000):
    store.put("clip", sys.argv[2], bytes([i % 256]) * 50_000)
"""


def test_readers_see_whole_entries_while_writers_race_and_are_killed(store):
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    start = [sys.executable, "-c", WRITER, str(store.folder), KEY]
    for _ in range(3):
        writers = [subprocess.Popen(start, env=env) for _ in range(2)]
        found = 0
        while found < 100:
            payload = store.get("clip", KEY)
            if payload is not None:
                assert len(payload) == 50_000
                assert len(set(payload)) == 1
                found += 1
        for writer in writers:
            writer.kill()
            writer.wait()
    assert store.damaged == 0
    assert store.get("clip", KEY) is not None


def test_many_threads(store):
    def work(i):
        key = hashlib.sha256(bytes([i % 5])).hexdigest()
        store.put("clip", key, bytes([i % 5]) * 1000)
        return store.get("clip", key) == bytes([i % 5]) * 1000

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(work, range(100)))


def test_layout_is_documented(store):
    store.put("clip", KEY, b"sound")
    data = (store.folder / "clip" / KEY[:2] / KEY).read_bytes()
    assert data[:4] == b"ARTA"
    assert int.from_bytes(data[8:16], "little") == 5
    assert data[16:48] == hashlib.sha256(b"sound").digest()
    assert data[48:] == b"sound"
    assert Path(store.folder).is_dir()
