"""What a reader of an HTML page has of it."""

from __future__ import annotations

from html.parser import HTMLParser


class Text(HTMLParser):
    """The names of the elements in their order, and all of the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data
