"""Recording → Episode: put the public files in place, in an order that always leaves a whole episode behind."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from articleaudio.files import sweep, unwritable, write_all, writing
from articleaudio.model import Alternate, Article, Episode, Flag, Recording, Script, Show, Voice
from articleaudio.publish.alternates import alternate_name, audio_names, forms, public_files
from articleaudio.publish.captions import captions, cues
from articleaudio.publish.document import Document, Marks, episode_document
from articleaudio.publish.invariants import findings, timeline_findings
from articleaudio.publish.library import Library
from articleaudio.publish.podcasting import chapters_document, json_bytes, transcript_document
from articleaudio.publish.receipt import PublicFile, Receipt, SpokenSegment, Superseded, facts_of
from articleaudio.publish.subtitles import subtitles
from articleaudio.publish.transcript_page import transcript_page


def publish_episode(
    article: Article,
    script: Script,
    recording: Recording,
    *,
    library: Library,
    show: Show,
    voice: Voice,
    marks: Marks,
    inputs: str,
    source_hash: str,
    now: datetime,
    engine: str = "",
    file: str = "",
) -> Episode:
    """Publish a recording, and keep its receipt.

    `version` is raised and `generated` set to `now` only when something that is published changes. The MP3 is moved
    from `recording.path`, alternates from theirs. Files are written only when their bytes differ: first the audio, then
    captions, chapters and transcripts, then episode.json, then the receipt. `engine` names the engine with its version;
    `inputs` and `source_hash` are what `Library.up_to_date` is asked with later, `file` is where the article lies.

    Raises OutputError when the output or the state cannot be written.
    """
    slug = library.reserve_slug(article)
    folder = library.folder(slug)
    sweep(folder)  # what a worker left that died at this very article
    audio = f"{slug}.{recording.sha256[:8]}.mp3"
    facts = article if article.site else replace(article, site=show.author)
    document = episode_document(facts, recording, slug=slug, audio=audio, voice=voice, marks=marks)
    shown = tuple(cues(recording.segments))
    side = {
        "captions.vtt": captions(shown).encode("utf-8", "replace"),
        "captions.srt": subtitles(shown).encode("utf-8", "replace"),
        "chapters.json": json_bytes(chapters_document(article, recording)),
        "transcript.json": json_bytes(transcript_document(recording)),
        "transcript.html": transcript_page(facts, recording.segments, marks.disclosed),
    }
    before = library.receipt(article.id)
    edited = before is not None and before.inputs == inputs and before.source_hash != source_hash
    document |= _edition(document, folder, side, before, now, edited=edited)
    changed = False
    for other in recording.alternates:
        changed |= _place_audio(other, folder / alternate_name(slug, other))
    changed |= _place_audio(recording, folder / audio)
    public = {**side, "episode.json": json_bytes(document)}
    changed |= write_all([(folder / name, data) for name, data in public.items()]) > 0
    run = _Run(now, inputs, source_hash, engine or voice.engine, voice.name, marks, file)
    receipt = _receipt(article, script, recording, document, public=public, before=before, run=run)
    library.keep(receipt)
    return replace(library.episode(receipt), changed=changed, spoken_now=recording.spoken_now)


@dataclass(frozen=True, slots=True)
class _Run:
    """What only the receipt wants to know."""

    now: datetime
    inputs: str
    source_hash: str
    engine: str
    voice: str
    marks: Marks
    file: str


def _edition(
    document: Document, folder: Path, side: Mapping[str, bytes], before: Receipt | None, now: datetime, *, edited: bool
) -> Document:
    """Version and dates of what is about to be published: those it has already, where nothing differs from it.

    An article that does not say when it was updated was so when it was first found `edited`.
    """
    known = _published(folder)
    version, generated = known.get("version"), known.get("generated")
    noted = known.get("updated") if known.get("status") == "published" else None
    told = before.updated.isoformat() if before and before.updated else noted
    newest = before.version if before else 0
    put_back = document | {"updated": document["updated"] or told}
    damaged = before is not None and _was_published(before, put_back, side)
    if isinstance(version, int) and isinstance(generated, str):
        same = {"version": version, "generated": generated, "updated": document["updated"] or noted}
        lies = document | same == known
        if lies and (damaged or not any(_differs(folder / name, data) for name, data in side.items())):
            return same
        damaged = damaged and version < newest  # an older edition lies there, of another day
        newest = max(newest, version)
    else:
        damaged = damaged and not known  # what was withdrawn comes back as another edition
    if before and damaged:
        former = {"version": before.version, "generated": before.generated.isoformat()}
        return former | {"updated": put_back["updated"]}
    updated = document["updated"] or (now.isoformat() if edited else told)
    return {"version": newest + 1, "generated": now.isoformat(), "updated": updated}


def _was_published(before: Receipt, document: Document, side: Mapping[str, bytes]) -> bool:
    """Whether the receipt tells of these very files: then they were lost or damaged, and are only put back."""
    told = {file.name: file.sha256 for file in before.files}
    again = json_bytes(document | {"version": before.version, "generated": before.generated.isoformat()})
    files = {**side, "episode.json": again}
    return all(told.get(name) == hashlib.sha256(data).hexdigest() for name, data in files.items())


def _published(folder: Path) -> Document:
    """The episode.json that is there now; empty when there is none that can be read."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        value = json.loads((folder / "episode.json").read_bytes())
        return value if isinstance(value, dict) else {}
    return {}


def _differs(path: Path, data: bytes) -> bool:
    """Whether a file is there and holds something else; a file that was lost is only put back."""
    try:
        return path.read_bytes() != data
    except OSError:
        return False


def _place_audio(recording: Recording | Alternate, target: Path) -> bool:
    """Move a finished file to its public name, unless the same bytes lie there; tell whether it was moved."""
    if recording.path == target:
        return False
    try:
        if target.is_file() and target.stat().st_size == recording.size and _sha256(target) == recording.sha256:
            recording.path.unlink(missing_ok=True)
            return False
        with writing(target) as temporary:
            shutil.move(recording.path, temporary)
    except OSError as error:
        raise unwritable(target, error) from error
    return True


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _receipt(
    article: Article,
    script: Script,
    recording: Recording,
    document: Document,
    *,
    public: Mapping[str, bytes],
    before: Receipt | None,
    run: _Run,
) -> Receipt:
    audio = document["audio"]["file"]
    broken = (*findings(document), *timeline_findings(recording.timeline, recording.duration))
    flags = (*script.flags, *(Flag("", message) for message in (*recording.warnings, *broken)))
    slug = document["slug"]
    others = public_files(slug, recording.alternates)
    heard = {audio, *(file.name for file in others)}
    superseded = {former.name: former for former in (before.superseded if before else ())}
    for name in audio_names(before):
        # A clock that was put back must not shorten the days for which a player may still be at it.
        superseded.setdefault(name, Superseded(name, max(run.now, before.generated) if before else run.now))
    return Receipt(
        id=article.id,
        slug=slug,
        title=article.title,
        aliases=tuple(dict.fromkeys((*(before.aliases if before else ()), *article.aliases))),
        version=document["version"],
        generated=datetime.fromisoformat(document["generated"]),
        source=article.source,
        source_hash=run.source_hash,
        inputs=run.inputs,
        facts=facts_of(article),
        script=script.fingerprint,
        segments=_spoken(recording),
        dropped=article.dropped,
        flags=flags,
        voice=run.voice,
        engine=run.engine,
        encoder=recording.encoder,
        duration=recording.duration,
        chapters=len(recording.chapters),
        timeline=recording.timeline,
        audio=audio,
        files=(
            PublicFile(audio, recording.sha256, recording.size, recording.seal),
            *others,
            *(PublicFile(name, hashlib.sha256(data).hexdigest(), len(data)) for name, data in public.items()),
        ),
        superseded=tuple(former for former in superseded.values() if former.name not in heard),
        loudness=recording.loudness,
        alternates=forms(slug, recording.alternates),
        disclosure=run.marks.disclosed.text,
        digital_source_type=run.marks.source_type,
        file=run.file,
        updated=datetime.fromisoformat(document["updated"]) if document["updated"] else None,
    )


def _spoken(recording: Recording) -> tuple[SpokenSegment, ...]:
    return tuple(
        SpokenSegment(
            id=timed.segment.id,
            key=timed.key,
            written=timed.segment.written,
            spoken=timed.segment.spoken,
            tokens=timed.segment.tokens,
            switches=timed.segment.switches,
            start=timed.start,
            end=timed.end,
            words=timed.words,
            voice=timed.voice,
            exact=timed.exact,
        )
        for timed in recording.segments
    )
