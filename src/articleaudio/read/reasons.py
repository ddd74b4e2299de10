"""Why text is not spoken: every reason that the ledger gives, in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "advert": "an advertisement, or the word for it",
        "bio": "who the author is",
        "byline": "who wrote it; known from the article's authors",
        "caption": "the words below a picture, or in place of one",
        "card": "an editor's card of a kind that is not known here",
        "code": "program text",
        "comments": "what readers wrote, and the way there",
        "consent": "a cookie notice or another window in front of the page",
        "contact": "addresses of the author or the newsroom",
        "copyright": "rights and terms",
        "credit": "who took or owns a picture",
        "date": "when it was published or changed",
        "dek": "the standfirst; kept in the article's `dek`",
        "duplicate": "a paragraph that was there before, word for word",
        "embed": "what surrounds an embedded post, chart or map",
        "feed": "a list of other articles",
        "footer": "the foot of the page, the article or a card",
        "footnote": "notes and the marks that lead to them",
        "form": "something to fill in or to press",
        "formula": "a formula in mathematical markup",
        "gallery": "a picture show and its captions",
        "heading-only": "a heading with nothing beneath it",
        "hidden": "what a reader does not see",
        "members": "what only members may read",
        "margin": "remarks in the margin of a manuscript, its running heads and feet",
        "meta": "a line of facts on the article: section, date, author",
        "navigation": "ways to other pages",
        "ornament": "signs without words, such as three asterisks",
        "outside": "text that lies outside of the article and says no more of itself",
        "placeholder": "a shortcode or block that only the system it is written in can fill",
        "player": "a player of sound or film, our own too",
        "plea": "asks for money or membership, or tells that something is only for members",
        "promo": "praises a product, an app or an event of the house",
        "pull-quote": "repeats in large letters what the text says",
        "rating": "stars, polls and quizzes",
        "read-time": "how long reading takes",
        "related": "leads to other articles",
        "ruby": "signs beside a word that tell how it sounds",
        "share": "ways to pass the article on, print or save it",
        "sidebar": "what stands beside the article",
        "signup": "asks for an e-mail address or a log-in",
        "site-rule": "the house's own rule for the site drops it",
        "sources": "a list of sources below the article",
        "struck": "text that was crossed out",
        "syndication": "where it was first published and who else worked on it",
        "tags": "topics it is filed under",
        "title": "the headline; kept in the article's `title`",
    }
)
"""Each reason with its meaning."""
