"""Chromium seeks in an hour of sound that the preview server gives it."""

from __future__ import annotations

import lameenc
import pytest

PAGE = "<!doctype html><title>x</title><audio preload=metadata src=hour.mp3></audio>"
SEEK = """async seconds => {
  const audio = document.querySelector('audio');
  if (audio.readyState < 1) await new Promise(go => audio.addEventListener('loadedmetadata', go, {once: true}));
  const seeked = new Promise(go => audio.addEventListener('seeked', go, {once: true}));
  audio.currentTime = seconds;
  await seeked;
  return [audio.duration, audio.currentTime, audio.seekable.end(0)];
}"""


@pytest.fixture(scope="module")
def hour(tmp_path_factory):
    """An MP3 of an hour: the frames of ten seconds, 360 times, at a constant rate."""
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(64)
    encoder.set_in_sample_rate(22_050)
    encoder.set_channels(1)
    encoder.silence()
    ten = encoder.encode(bytes(22_050 * 2 * 10)) + encoder.flush()
    folder = tmp_path_factory.mktemp("hour")
    (folder / "index.html").write_text(PAGE)
    (folder / "hour.mp3").write_bytes(ten * 360)
    return folder


def test_an_hour_of_sound_is_sought_in_ranges(browser, serving, hour):
    size = (hour / "hour.mp3").stat().st_size
    page = browser.new_page()
    answers = []
    page.on("response", lambda answer: answers.append(answer) if answer.url.endswith(".mp3") else None)
    page.goto(serving(hour))
    for seconds in (3300, 60, 1800):
        duration, at, end = page.evaluate(SEEK, seconds)
        assert duration > 3500
        assert (at, end) == (seconds, duration)
    statuses = [(answer.status, answer.headers["content-range"]) for answer in answers]
    page.close()
    assert {status for status, _ in statuses} == {206}
    starts = [int(told.split()[1].split("-")[0]) for _, told in statuses]
    assert any(start > size // 2 for start in starts)  # it went straight to the place, and did not read up to it
