"""The hash of a plugin is that of its files: the same however it was installed, another for every change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import QUIET_POLICY

from collectrules import cli
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    import pytest
    from tests.plugins.conftest import Site

CODE = (
    "from pathlib import Path\nfrom collectrules import hookimpl\n@hookimpl\ndef collectrules_ruleset_folders():\n"
    "    return [Path(__file__).parent / 'laws']\n"
)


def install(site: Site, policy: str = QUIET_POLICY) -> str:
    (site.folder / "laws" / "house").mkdir(parents=True, exist_ok=True)
    (site.folder / "laws" / "house" / "quiet.yaml").write_text(policy)
    site.install("quiet-plugin", CODE)
    (used,) = load_plugins().used
    return used.hash


def again(site: Site, policy: str = QUIET_POLICY) -> str:
    """The hash after the metadata were taken away and put back, as an installer would."""
    for path in (site.folder / "quiet_plugin-1.2.dist-info").iterdir():
        path.unlink()
    (site.folder / "quiet_plugin-1.2.dist-info").rmdir()
    return install(site, policy)


def test_the_hash_follows_the_files(site: Site) -> None:
    first = install(site)
    assert again(site) == first
    assert again(site, QUIET_POLICY.replace("19:00", "20:00")) != first


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
