"""The rule catalogue: every rule, place, topic, lint, kind and fact as pages of HTML that are one file each.

    for name, text in site(book, today=date(2026, 12, 1)):   # `rules/us.federal.regulation_f.cease.html`, ...
        (folder / name).write_text(text, encoding="utf-8")

The same rulesets on the same day give the same bytes.
"""

from collectrules.catalogue.site import Book, site

__all__ = ["Book", "site"]
