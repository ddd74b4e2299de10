from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.site.ranges import MOST, Unsatisfiable, multipart, wanted

SIZE = 1000


@pytest.mark.parametrize(
    ("header", "pieces"),
    [
        ("bytes=0-99", [(0, 100)]),
        ("bytes=0-0", [(0, 1)]),
        ("bytes=999-", [(999, 1000)]),
        ("bytes=0-", [(0, 1000)]),
        ("bytes=500-99999", [(500, 1000)]),
        ("bytes=-1", [(999, 1000)]),
        ("bytes=-5000", [(0, 1000)]),
        ("BYTES=5-6", [(5, 7)]),
        ("bytes=0-9, 20-29", [(0, 10), (20, 30)]),
        ("bytes=20-29,\t0-9", [(20, 30), (0, 10)]),
        ("bytes=,0-9,, 20-29,", [(0, 10), (20, 30)]),
        ("bytes=0-9,5-19", [(0, 20)]),
        ("bytes=50-59,0-9,5-19,-10", [(50, 60), (0, 20), (990, 1000)]),
        ("bytes=0-9,10-19", [(0, 20)]),
        ("bytes=0-9,2000-", [(0, 10)]),
        ("bytes=0-9,-0", [(0, 10)]),
        ("bytes=0000000000000000000000000-00000000000000000000000000000009", [(0, 10)]),
        (f"bytes=0-{'9' * 6000}", [(0, 1000)]),
        (f"bytes=-{'9' * 6000}", [(0, 1000)]),
    ],
)
def test_what_is_wanted(header, pieces):
    assert wanted(header, SIZE) == [range(*piece) for piece in pieces]


@pytest.mark.parametrize(
    "header", ["bytes=1000-", "bytes=2000-3000", "bytes=-0", "bytes=1000-,-0", f"bytes={'9' * 6000}-"]
)
def test_what_no_file_of_this_size_has(header):
    with pytest.raises(Unsatisfiable):
        wanted(header, SIZE)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "bytes",
        "bytes=",
        "bytes= , ",
        "bytes=-",
        "bytes=9-5",
        "bytes=0-9,9-5",
        "bytes=a-b",
        "bytes=0x0-0x9",
        "bytes=0-9;20-29",
        "bytes=0--9",
        "bytes=--9",
        "bytes=1 - 5",
        "bytes=+1-5",
        "bytes=1.0-5",
        "bytes=²-³",
        "bytes=٠-٩",
        "seconds=0-9",
        "0-9",
        "bytes=" + ",".join(f"{at * 3}-{at * 3}" for at in range(MOST + 1)),
    ],
)
def test_what_is_ignored(header):
    assert wanted(header, SIZE) is None


def test_an_empty_file_has_no_ranges():
    assert wanted("bytes=0-", 0) is None
    assert wanted("bytes=-5", 0) is None


SPECS = st.one_of(
    st.tuples(st.integers(0, 1200), st.integers(0, 300)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    st.integers(0, 1200).map(lambda first: (first, None)),
    st.integers(0, 1200).map(lambda length: (None, length)),
)


@given(st.lists(SPECS, min_size=1, max_size=12), st.integers(1, 1100))
def test_exactly_the_bytes_that_were_named_and_each_once(specs, size):
    header = "bytes=" + ",".join(f"{'' if a is None else a}-{'' if b is None else b}" for a, b in specs)
    everything = range(size)
    named = set()
    for first, last in specs:
        piece = everything[-last:] if first is None and last else everything[first : last and last + 1]
        named |= set(piece) if first is not None or last else set()
        if (first, last) == (0, 0):
            named.add(0)
    pieces = []
    with suppress(Unsatisfiable):
        pieces = wanted(header, size)
    given_bytes = [at for piece in pieces for at in piece]
    assert sorted(given_bytes) == sorted(named)


@given(st.text(alphabet="bytes=0123456789-, \tx", max_size=40), st.integers(0, 2000))
def test_no_header_breaks_it(text, size):
    for header in (text, f"bytes={text}"):
        with suppress(Unsatisfiable):
            for piece in wanted(header, size) or []:
                assert 0 <= piece.start < piece.stop <= size


def test_the_length_of_several_parts_is_told_beforehand():
    parts, length = multipart([range(10), range(20, 30)], SIZE, "audio/mpeg", "edge")
    data = bytes(1000)
    body = b"".join(part if isinstance(part, bytes) else data[part.start : part.stop] for part in parts)
    assert len(body) == length
    assert body.count(b"--edge\r\nContent-Type: audio/mpeg\r\nContent-Range: bytes ") == 2
    assert body.endswith(b"\r\n--edge--\r\n")
