"""Cases that several files of tests ask about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

OPEN = sorted((Path(__file__).parents[1] / "cases" / "open").glob("*.yaml"))

SMALL = """\
jurisdiction: US
collector: {role: third_party}
debts:
  - {id: A, kind: consumer}
action: {kind: contact, at: 2026-03-03T10:00, channel: phone}
"""

RICH: dict[str, Any] = json.loads((Path(__file__).parent / "rich.json").read_text(encoding="utf-8"))
"""A case in which something of every kind stands."""
