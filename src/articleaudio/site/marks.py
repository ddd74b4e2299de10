"""What machines read on an episode's page: schema.org's NewsArticle with its AudioObject, as JSON-LD."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from articleaudio.site.shelf import Shelved

SOURCE_TYPES = "https://schema.org/"
"""schema.org names the IPTC source types alike, with a capital and a suffix."""


def json_ld(episode: Shelved, page: str) -> dict[str, Any]:
    """The page's JSON-LD. `page` is its address, or empty: then addresses are relative to the page."""
    audio: dict[str, Any] = {
        "@type": "AudioObject",
        "name": episode.title,
        "contentUrl": urljoin(page, episode.audio),
        "encodingFormat": "audio/mpeg",
        "contentSize": f"{episode.size} B",
        "duration": f"PT{episode.duration:.3f}S",
        "inLanguage": episode.language,
        "uploadDate": episode.generated.isoformat(),
    }
    _put(audio, "sha256", episode.sha256)
    _put(audio, "isBasedOn", episode.url)
    _put(audio, "digitalSourceType", _source_type(episode.source_type))
    _put(audio, "creditText", episode.disclosure)
    article: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": episode.title,
        "inLanguage": episode.language,
    }
    _put(article, "datePublished", episode.published.isoformat() if episode.published else "")
    _put(article, "description", episode.summary)
    _put(article, "url", episode.url)
    _put(article, "image", episode.image)
    _put(article, "articleSection", episode.section)
    _put(article, "dateModified", episode.updated.isoformat() if episode.updated else "")
    if episode.authors:
        article["author"] = [{"@type": "Person", "name": name} for name in episode.authors]
    if episode.site:
        article["publisher"] = {"@type": "Organization", "name": episode.site}
    return article | {"audio": audio}


def _put(target: dict[str, Any], key: str, value: str) -> None:
    if value:
        target[key] = value


def _source_type(address: str) -> str:
    """schema.org's member for an IPTC source type: `…/algorithmicMedia` → `AlgorithmicMediaDigitalSource`."""
    name = address.rpartition("/")[2]
    return f"{SOURCE_TYPES}{name[0].upper()}{name[1:]}DigitalSource" if name.isalpha() else ""
