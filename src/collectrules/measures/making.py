"""What the parts of a measure need of the whole while they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collectrules.expressions.checked import Node, Term
    from collectrules.expressions.reading import Reading
    from collectrules.measures.fields import Fields, Mode, Read


class Maker(Protocol):
    """Makes readers of terms in one mode."""

    @property
    def mode(self) -> Mode:
        """How the case is asked."""
        ...

    @property
    def fields(self) -> Fields:
        """Reads fields in this mode."""
        ...

    @property
    def inside(self) -> Maker:
        """The maker of the conditions of a query: a count that is certain to be there is one of what certainly fits."""
        ...

    def read(self, term: Term) -> Read:
        """The reader of a term."""
        ...

    def reading(self, node: Node) -> Reading:
        """What the value of a node follows from."""
        ...

    def body(self, definition: str) -> Term:
        """What a definition means."""
        ...
