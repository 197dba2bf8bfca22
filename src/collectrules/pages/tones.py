"""What a colour says on a page. The style has a class for each, for light and dark screens."""

from __future__ import annotations

from typing import Literal

Tone = Literal["allow", "deny", "review", "plain", "step1", "step2", "step3", "step4", "step5"]
"""A decision, nothing, or how heavy something weighs from 1 to 5."""
