"""Nothing is said of a topic that belongs to the law of this place.

The file of topics expects law of some topics at the layer of the place (country, state, city), and no ruleset of the
place speaks of them under `covers:`, in this folder or in those that every command reads: an act that touches one is a
review, or the gap is told. Told once a place, at its first file, and only where every file of the place is checked.

Mend: read the law of the topic and write the cover, with rules or as `nothing: yes`; what was not read stays a gap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules.lints import Lint, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectrules.lints import Folder, RulesetFile


def _of_folder(folder: Folder) -> Iterator[Remark]:
    by_place: dict[str, list[RulesetFile]] = {}
    for file in folder.files:
        for place in file.ruleset.jurisdictions if file.ruleset.where is None else ():
            by_place.setdefault(place, []).append(file)
    for place in sorted(folder.complete_places & by_place.keys()):
        files = by_place[place]
        covered = {cover.topic for file in files for cover in file.ruleset.covers}
        absent = [name for name, topic in folder.topics.by_id.items() if topic.expected_at(place)]
        absent = [name for name in absent if name not in covered]
        if absent and (absent := [name for name in absent if name not in folder.covered_elsewhere(place)]):
            first = min(files, key=lambda file: (file.ruleset.jurisdiction != place, file.ruleset.id))
            where = first.root.place_of("covers") if "covers" in first.root else first.root.place_of("jurisdiction")
            message = f"no file of {place} says what its law has on {', '.join(absent)}"
            yield Remark(where, message, "add what was read under `covers:`; what was not read stays a gap")


LINT = Lint(code="CR207", name="missing-cover", severity="warning", documentation=__doc__, of_folder=_of_folder)
