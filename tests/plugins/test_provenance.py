"""The hash of a plugin is that of its files: the same however it was installed, another for every change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectrules import cli
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    import pytest
    from tests.plugins.conftest import Site

CODE = (
    "from pathlib import Path\nfrom collectrules import hookimpl\n@hookimpl\ndef collectrules_ruleset_folders():\n"
    "    return [Path(__file__).parent / 'laws']\n"
)
POLICY = """
policy: house.quiet
title: no calls after seven
version: '3'
since: 2026-01-01
example_case: {jurisdiction: US, collector: {role: third_party}, debts: [{id: A, kind: consumer}]}
rules:
  - id: quiet
    title: no calls after seven
    cite: house manual 4.2
    strength: house_policy
    governs: {kind: contact, channel: phone}
    when: outside_hours(action, 08:00, 19:00)
    examples:
      - {story: at noon, action: {kind: contact, channel: phone, at: 2026-03-02T12:00}, expect: allow}
      - {story: at eight, action: {kind: contact, channel: phone, at: 2026-03-02T20:00}, expect: deny}
"""


def install(site: Site, policy: str = POLICY) -> str:
    (site.folder / "laws" / "house").mkdir(parents=True, exist_ok=True)
    (site.folder / "laws" / "house" / "quiet.yaml").write_text(policy)
    site.install("quiet-plugin", CODE)
    (used,) = load_plugins().used
    return used.hash


def again(site: Site, policy: str = POLICY) -> str:
    """The hash after the metadata were taken away and put back, as an installer would."""
    for path in (site.folder / "quiet_plugin-1.2.dist-info").iterdir():
        path.unlink()
    (site.folder / "quiet_plugin-1.2.dist-info").rmdir()
    return install(site, policy)


def test_the_hash_follows_the_files(site: Site) -> None:
    first = install(site)
    assert again(site) == first
    assert again(site, POLICY.replace("19:00", "20:00")) != first


def test_the_hash_is_the_same_with_and_without_the_record_of_an_installer(site: Site) -> None:
    first = install(site)
    record = site.folder / "quiet_plugin-1.2.dist-info" / "RECORD"
    record.write_text("quiet_plugin.py,,\nquiet_plugin-1.2.dist-info/METADATA,,\nlaws/house/quiet.yaml,,\n")
    from collectrules.plugins import loading

    loading._installed.cache_clear()  # noqa: SLF001  # the cache lives as long as the process; a test is shorter
    (used,) = load_plugins().used
    assert used.hash == first


def test_what_plugins_bring_is_listed_before_what_is_built_in(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    hashed = install(site)
    assert cli.run(["plugins"]) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"quiet-plugin 1.2\n  {hashed}\n\n`quiet_plugin` of quiet-plugin 1.2\n")
    assert "  ruleset folders: laws\n" in told
    assert told.index("`quiet_plugin`") < told.index("`built in`")
    assert cli.run(["plugins", "--json"]) == 0
    assert '"brings": {"ruleset_folders": ["laws"]}' in capsys.readouterr().out
