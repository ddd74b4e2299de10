"""What WordPress does with the HTML of an oEmbed document that it discovered, after its wp_filter_oembed_result."""

from __future__ import annotations

import re
from html.parser import HTMLParser

SECRET = "a1B2c3D4e5"
HOST = """<script>
addEventListener("message", ({ data, source }) => {
  if (!data.secret || /[^a-zA-Z0-9]/.test(data.secret)) return;
  const secret = `[data-secret="${data.secret}"]`;
  for (const quotation of document.querySelectorAll(`blockquote${secret}`)) quotation.style.display = "none";
  for (const frame of document.querySelectorAll(`iframe${secret}`)) {
    if (source !== frame.contentWindow) continue;
    frame.removeAttribute("style");
    if (data.message === "height") frame.height = Math.min(1000, Math.max(200, data.value));
    if (data.message === "link" && new URL(data.value).host === new URL(frame.src).host) location.href = data.value;
  }
});
</script>"""
"""What WordPress runs in the page around, after its wp-embed.js."""


ALLOWED = {
    "a": {"href"},
    "blockquote": set(),
    "iframe": {"src", "width", "height", "frameborder", "marginwidth", "marginheight", "scrolling", "title"},
}
"""What it lets a site keep that it does not trust: attributes by tag."""


class Kses(HTMLParser):
    """The tags and attributes that are left."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.kept = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag in ALLOWED:
            told = re.findall(r'([\w-]+)="([^"]*)"', self.get_starttag_text())
            kept = "".join(f' {name}="{value}"' for name, value in told if name in ALLOWED[tag])
            self.kept += f"<{tag}{kept}>"

    def handle_endtag(self, tag):
        self.kept += f"</{tag}>" * (tag in ALLOWED)

    def handle_data(self, data):
        self.kept += data

    def handle_entityref(self, name):
        self.kept += f"&{name};"

    def handle_charref(self, name):
        self.kept += f"&#{name};"


def embedded(html: str, secret: str = SECRET) -> str:
    """What WordPress puts into a post: quotation and frame alone, a sandbox, a secret."""
    found = re.search(r"(<blockquote>.*?</blockquote>)?.*(<iframe.*?></iframe>)", Kses(html).kept, re.DOTALL)
    assert found, "WordPress finds no frame, and makes a plain link of it"
    quotation, frame = found[1] or "", found[2]
    if quotation:
        frame = frame.replace("<iframe", '<iframe style="position: absolute; visibility: hidden;"')
    frame = frame.replace(
        "<iframe", '<iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted"'
    )
    source = re.search(r' src="([^"]*)"', frame)
    frame = frame.replace(source[0], f' src="{source[1]}#?secret={secret}" data-secret="{secret}"')
    return quotation.replace("<blockquote", f'<blockquote class="wp-embedded-content" data-secret="{secret}"') + frame
