"""What machines read on an episode's page: schema.org's NewsArticle with its AudioObject, as JSON-LD."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from articleaudio.site.shelved import Shelved

SOURCE_TYPES = "https://schema.org/"
"""schema.org names the IPTC source types alike, with a capital and a suffix."""

SOURCES = frozenset(
    (
        *("algorithmicMedia", "algorithmicallyEnhanced", "compositeCapture", "composite", "compositeSynthetic"),
        *("compositeWithTrainedAlgorithmicMedia", "dataDrivenMedia", "digitalArt", "digitalCapture"),
        *("minorHumanEdits", "multiFrameComputationalCapture", "negativeFilm", "positiveFilm", "print"),
        *("screenCapture", "trainedAlgorithmicMedia", "virtualRecording"),
    )
)
"""Those that schema.org has; any other is not told."""

FEATURES = ("transcript", "captions", "structuralNavigation", "timingControl")
"""What the page offers beside the sound, in the words of the accessibility vocabulary that schema.org points to."""


def json_ld(episode: Shelved, page: str) -> dict[str, Any]:
    """The page's JSON-LD. `page` is its address, or empty: then addresses are relative to the page."""
    article: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": episode.title,
        "inLanguage": episode.language,
    }
    _put(article, "datePublished", episode.published.isoformat() if episode.published else "")
    _put(article, "dateModified", episode.updated.isoformat() if episode.updated else "")
    _put(article, "description", episode.summary)
    _put(article, "url", episode.url)
    _put(article, "image", episode.image)
    _put(article, "articleSection", episode.section)
    if episode.authors:
        article["author"] = [{"@type": "Person", "name": name} for name in episode.authors]
    if episode.site:
        article["publisher"] = {"@type": "Organization", "name": episode.site}
    return article | {"audio": _audio(episode, page)}


def _audio(episode: Shelved, page: str) -> dict[str, Any]:
    audio: dict[str, Any] = {
        "@type": "AudioObject",
        "name": episode.title,
        "contentUrl": urljoin(page, episode.audio),
        "embedUrl": urljoin(page, "embed.html"),
        "encodingFormat": "audio/mpeg",
        "contentSize": f"{episode.size} B",
        "duration": f"PT{episode.duration:.3f}S",
        "inLanguage": episode.language,
        "uploadDate": episode.generated.isoformat(),
        "caption": {
            "@type": "MediaObject",
            "contentUrl": urljoin(page, "captions.vtt"),
            "encodingFormat": "text/vtt",
        },
        "accessibilityFeature": list(FEATURES),
    }
    _put(audio, "transcript", " ".join(passage.text for passage in episode.passages))
    _put(audio, "sha256", episode.sha256)
    _put(audio, "isBasedOn", episode.url)
    _put(audio, "digitalSourceType", _source_type(episode.source_type))
    _put(audio, "creditText", " ".join(filter(None, (episode.disclosure, episode.attribution))))
    return audio


def _put(target: dict[str, Any], key: str, value: str) -> None:
    if value:
        target[key] = value


def _source_type(address: str) -> str:
    """schema.org's member for an IPTC source type: `…/algorithmicMedia` → `AlgorithmicMediaDigitalSource`."""
    name = address.rpartition("/")[2]
    return f"{SOURCE_TYPES}{name[0].upper()}{name[1:]}DigitalSource" if name in SOURCES else ""
