"""Who may read what: statuses of posts, and the names by which shortcodes and blocks keep parts for members."""

from __future__ import annotations

import re

STATUSES = {
    "publish": "published",
    "future": "scheduled",
    "draft": "draft",
    "auto-draft": "draft",
    "pending": "draft",
    "private": "private",
    "trash": "trash",
}
"""Our word for each of WordPress's own statuses; those of plug-ins stay as they are, and are not published."""

_OUTSIDERS = re.compile(
    r"(?:^|[_/-])(?:non[_-]?members?|not[_-]?members?|not[_-]?logged[_-]?in|logged[_-]?out)(?:$|[_/-])|"
    r"^(?:is_)?(?:visitors?|guests?)(?:[_-]only)?$"
)
_PAID = re.compile(
    r"(?:^|[_/-])(?:paid|paywall|premium[_-]content|subscribers?|pmpro|mepr[_-]active|wcm[_-]restrict|leaky[_-]paywall)"
    r"(?:$|[_/-])|^premium$"
)
_MEMBERS = re.compile(r"(?:^|[_/-])(?:members?|membership|restrict(?:ed)?|logged[_-]?in|s2if)(?:$|[_/-])|^private$")
_OF_OTHERS = re.compile(r"team|staff|list|directory|profile|count|login|form|board|cast|crew")
"""With these words "members" are people the article is about."""
_RANK = ("public", "members", "paid", "password")
_NEWSLETTER = {"subscribers": "members", "paid_subscribers": "paid"}


def status_of(status: str) -> str:
    """Our word for a post's status; a post that has none is published, for only those are shown without one."""
    return STATUSES.get(status, status) or "published"


def access_of(name: str) -> str:
    """Whom a shortcode or block of that name shows its text: `members`, `paid`, `outsiders`; empty for everybody."""
    name = name.lower()
    if _OF_OTHERS.search(name):
        return ""
    if _OUTSIDERS.search(name):
        return "outsiders"
    if _PAID.search(name):
        return "paid"
    return "members" if _MEMBERS.search(name) else ""


def stricter(one: str, other: str) -> str:
    """The visibility that keeps more readers out."""
    return max(one, other, key=_RANK.index)


def access_of_meta(value: str) -> str:
    """Whom a post is for, as the newsletter's setting of it says."""
    return _NEWSLETTER.get(value.strip(), "public")
