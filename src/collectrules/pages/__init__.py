"""HTML pages that are one file each: no script needed, nothing loaded, readable on a desk, a telephone and paper.

    from collectrules.pages import Column, page, section, table

    text = page("Worklist", section("Monday 7 April", table("due", [Column("Account")], rows)))

Text is escaped because it is text: only what `tag` made (`Html`) is markup. `tag("p", "a < b")` makes any element.

| wanted | made by |
|---|---|
| the whole file, with style, and a search field where asked for | `page` |
| a heading with what belongs to it; terms with what they mean | `section`, `facts` |
| a word with a colour; a link | `badge`, `link` |
| a table that scrolls, or turns into cards, on a narrow screen | `table` of `Column`s |
| bars, each with its label and figure | `bars` of `Bar`s |
| spans on a scale from left to right, a row for each day: a week of hours, a ladder of stages | `bands` of `BandRow`s |
| dated events on a line, told below it | `timeline` of `Mark`s |

Colours are tones, and never the only sign: `allow`, `deny`, `review`, `plain`, and `step1` (light) to `step5` (heavy).
"""

from collectrules.pages.charts import Bar, bars
from collectrules.pages.lines import Band, BandRow, Mark, bands, timeline
from collectrules.pages.markup import Html, link, tag
from collectrules.pages.parts import Column, badge, facts, section, table
from collectrules.pages.shell import page
from collectrules.pages.tones import Tone

__all__ = [
    "Band",
    "BandRow",
    "Bar",
    "Column",
    "Html",
    "Mark",
    "Tone",
    "badge",
    "bands",
    "bars",
    "facts",
    "link",
    "page",
    "section",
    "table",
    "tag",
    "timeline",
]
