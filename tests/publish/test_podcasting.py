from __future__ import annotations

import newsroom


def test_chapters_are_json_chapters_1_2(library, read_json):
    episode = newsroom.publish(library, newsroom.article())
    assert read_json(episode.folder / "chapters.json") == {
        "version": "1.2.0",
        "title": "Island ferry sails again after 41 days",
        "chapters": [
            {"startTime": 0.0, "endTime": 27.95, "title": "Island ferry sails again after 41 days"},
            {
                "startTime": 27.95,
                "endTime": 44.2,
                "title": "Two sailings a day",
                "url": "https://harbour.example/news/ferry-1#part-6",
            },
            {
                "startTime": 44.2,
                "endTime": 55.95,
                "title": "What it costs",
                "url": "https://harbour.example/news/ferry-1#part-9",
            },
        ],
    }


def test_the_transcript_is_what_was_written(library, read_json):
    item = newsroom.article()
    transcript = read_json(newsroom.publish(library, item).folder / "transcript.json")
    assert transcript["version"] == "1.0.0"
    assert [segment["body"] for segment in transcript["segments"]] == [
        segment.written for segment in newsroom.script_of(item).segments
    ]
    assert transcript["segments"][1] == {"startTime": 2.85, "endTime": 5.3, "body": item.title}
