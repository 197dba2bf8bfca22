"""One mistake a file, and beside it what is said about it: the messages are part of the interface."""

from pathlib import Path

import pytest

from collectrules.case.reading import read_cases
from collectrules.ground.errors import InvalidInput

FOLDER = Path(__file__).parent / "bad_cases"
FILES = sorted(path.name for path in FOLDER.iterdir() if path.suffix != ".txt")


@pytest.mark.parametrize("name", FILES)
def test_a_bad_case_says_where_what_and_what_to_do(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    with pytest.raises(InvalidInput) as caught:
        read_cases(name)
    assert str(caught.value) + "\n" == Path(name).with_suffix(".txt").read_text(encoding="utf-8")


def test_every_message_belongs_to_a_file() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == sorted(Path(name).stem for name in FILES)


def test_every_problem_has_a_place_in_the_file() -> None:
    whole_file = {"CR001", "CR003"}
    for path in FOLDER.glob("*.txt"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("    "):
                place, code = line.split(": ", 1)[0], line.split(": ", 1)[1].split()[0]
                assert place.count(":") == (0 if code in whole_file else 2), line
