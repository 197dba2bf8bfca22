"""Every code, with its name and what it means: `collectrules validate --explain NAME` prints it.

Codes and names are stable. What a code is told for stands where the fault is found; this page is what its user reads.
Lints bring their own.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from collectrules import lints
from collectrules.plugins.loading import load_plugins

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collectrules.lints import Severity


class Code(NamedTuple):
    """What a code is called, and its documentation."""

    code: str
    name: str
    severity: Severity
    documentation: str


_TABLE: Final = """
CR001 cannot-be-opened | The file cannot be opened, is no file, or holds more bytes than are taken in. | check path and rights, or raise the limit that the message names
CR002 not-text | The file is no UTF-8 text, or has a character in it that is no text. | save it as UTF-8
CR003 empty-file | Nothing is in the file. | write it, or take it away
CR004 not-yaml | The text is no YAML, or no JSON. | mind indentation, brackets, quotes; a text with `: ` in it needs quotes
CR005 second-document | A second document begins in a file that is one. | make two files of it
CR006 key-twice | One key stands twice in the same place: readers of YAML take the last one in silence. | keep one
CR007 anchor-or-tag | Anchors, aliases, merge keys and tags are not read: what stands in a file is what is meant. | write the value out
CR008 too-deep | Lists and keys stand in each other without end. | nothing that a person writes is so deep
CR009 key-is-no-text | A key is empty, or is a list or a table. | put quotes around text that begins with `{` or `[`
CR010 wrong-shape | Text stands where a list or keys are needed, or the other way round. | the message names the shape
CR011 unknown-case-key | A case has a key that does not exist there. | `collectrules facts` lists the keys
CR012 missing-case-key | A key of a case is missing. | write it
CR013 unknown-case-word | A word of a case is not in the vocabulary. | `collectrules facts KEY` lists the words
CR014 badly-written-value | A value of a case is not written as it must be. | the message shows the form
CR015 keys-that-do-not-fit | Keys of a case do not go together. | take one of them out
CR016 too-few-or-twice | A list of a case has too few items, or one twice; a number is too small. | the message says how many
CR020 no-such-day-in-case | A day of a case is not in the calendar, or of a year far away. | write it as 2026-01-31
CR021 unknown-time-zone | There is no such time zone. | write it as America/New_York
CR022 skipped-hour | A clock time that was skipped when summer time began. | write the time with its offset
CR023 unknown-debt | A debt is named that the case does not have. | name one by its `id`
CR024 id-twice | Two debts or addresses of a case have one id. | give each its own
CR025 value-of-no-case | A value of Python that no case can hold. | use text, whole numbers, decimals, days, lists and mappings
CR026 entry-after-the-action | An entry of a history lies after the action or question. | check both days
CR027 unknown-endpoint | A number or address is named that the debtor does not have. | name one by its `id`
CR028 empty-period | A period has no time in it. | leave `from` and `to` out for the whole day
CR030 country-or-part | The code of a country is that of a part of another country, where the debtor seems to be: `DE` with a clock in New York. | write the part, as US-DE, or give the debtor an address or time zone in that country
CR031 log-with-two-accounts | A log states other parties or debts for a person than it did before. | one line a person, or lines that state the same
CR029 too-many-items | A list of a case is longer than what is taken in. | raise the limit that the message names
CR100 missing-key | A key of a ruleset is missing, or empty. | docs/rulesets.md shows what belongs there
CR101 unknown-key | A key that a ruleset does not have there: what stands under it would be read by nobody. | the message says what was probably meant
CR102 wrong-value | A value of the wrong shape, or keys that do not go together. | the message shows the form
CR103 unknown-word | A word that is not known there: a kind, a strength, a channel, a fact. | the message says what was probably meant
CR104 no-date | No date of the calendar. | write it as 2026-01-31
CR110 no-citation | A rule, an exception, a factor or an obligation cites nothing: nobody could check it. | write the paragraph under `cite:`
CR111 missing-examples | A rule has no examples, or only on one side of its line. | write one that it allows and one that it breaks
CR112 name-taken | An id or name is taken, or is not written as one. | lower case letters, digits, underscores
CR120 undated-value | A value has no day, or none for the first day of its rule. | say since when it is the law
CR121 value-that-cannot-be-read | A value is no number, clock time, date, amount or word, or another sort of thing from some day on. | write amounts with a point and two digits
CR130 expression-that-makes-no-sense | An expression cannot be read, names what there is not, or compares what cannot be compared. | the message says what was probably meant
CR131 name-with-a-meaning | A definition is called as something else that expressions know. | choose another name
CR132 condition-too-large | A condition has too many alternatives to be decided twice. | make two rules of it, or a definition
CR140 wrong-place | A file lies in another place than its id or jurisdiction says, so that nothing would find it there. | move it, or mend the id
CR141 nothing-would-read-it | A file or folder in a folder of rulesets that no command would read, or a library or file of topics that lies elsewhere. | rename or move it
CR142 place-taken | Two files are one ruleset. | give one of them another id and place
CR143 wrong-inheritance | Law that holds beyond its place is not written as it must be. | `{law: EU, holds_in: [IE], cite: ...}`
CR150 unknown-library | A library is not there, or gives a name that is given already. | name one of a folder `common/`
CR151 wrong-part | A part of a ruleset is not there, is another's, is named by no ruleset, or gives a name again. | a part lies in the folder of its ruleset's name, and is named under `parts:`
CR152 wrong-shared-rule | A rule takes up what no library of the file shares, or a shared rule says what only a law can say. | docs/rulesets.md, section 3
CR160 topic-twice | Two files of topics give one name. | choose another
CR161 cover-without-rule | A cover says that a topic is encoded, and no rule of the file speaks of an act that touches it. | write the rule, or say `nothing: yes`
CR162 wrong-fact | A fact is declared wrongly, or otherwise by another law that may apply with it. | the message says what fits
CR171 condition-of-a-policy | A condition of a collections policy names no figure of an account, or compares it as it cannot be. | docs/policy.md lists the figures
CR172 ladder-that-cannot-be-climbed | Stages out of order, a step that grows softer, no hand-over, a path that presses, or a review before the start. | the message says what to write
CR173 empty-threat | A step announces what no later step does, or what the company does not say that it means. | take the announcement out, or mean it
CR200 file-that-nothing-reads | A file that is no ruleset, library, house policy, file of topics, configuration, case, list of exceptions or of survivors, mapping of an import: its first keys say what a file is. An error where the file was named, or lies in a folder of rulesets; else a warning. | check the spelling of its first key
CR290 wrong-exception | An exception of a lint is not written as it must be: it has the lint's name, a path or the full id of a rule, a reason, an owner, and its last day. Only lints can be excepted, not what the reader refuses. | {lint: NAME, path: FILE, reason: WHY, owner: WHO, expires: 2026-12-31}
CR291 expired-exception | The last day of an exception has passed (on `--today`): it holds no more. | mend what it excepts, or decide again
CR292 unused-exception | An exception excepts nothing: what it was for is mended, or it names something else. | take it out
CR294 not-surviving | A mutant that is accepted as one that survives does not, or is no mutant. | take it out of the list
CR295 wrong-survivor | A list of accepted mutants is not written as it must be: each entry has a reason and the lines of the mutants, each mutant once. | survivors: [{reason: WHY, mutants: [LINE]}]
CR301 assumption-without-reason | A standing assumption has no reason. | say why it may be taken so
CR302 assumption-of-another-kind | The value of a standing assumption does not fit its fact. | the message says what fits
CR303 assumption-of-no-fact | A standing assumption names no single fact of a case. | `collectrules facts` lists them
CR800 unknown-configuration-key | The configuration has a key that there is not. | the message says what was probably meant
CR801 configuration-without-reason | An assumption or an accepted gap has no reason. | each verdict repeats it: write it
CR804 folder-not-there | A folder of rulesets that the configuration names is not there. | the path counts from the file
CR805 two-configurations | Something is called as the configuration is and is no file, or there are two of them. | keep one
CR806 gap-of-nothing | An accepted gap names no place or topic. | `collectrules coverage PLACE --json` has the names
CR807 group-without-standing | A group of the record is not said to be kept whole, or checked for how long. | `contacts: {kept: whole, reason: ...}`
CR811 unknown-mapping-key | A mapping of an importer has a key, field or statement that there is not. | the message says what was probably meant
CR812 wrong-mapping-value | A value of a mapping is not what belongs there. | docs/imports.md shows the form
CR951 unknown-receiver-key | A receiver's file, or an address or terms in it, has a key that there is not. | the message says what was meant
CR952 unknown-handoff-field | A receiver's file or the details state a field that no installed format has. | `collectrules handoff --fields` lists them
CR953 wrong-handoff-value | A receiver's file or the details state a value that the field cannot have. | the message says what it must be
CR954 missing-receiver-key | A receiver's file or a line of details lacks what it must have. | the message says what to write
CR955 account-twice | The details state one account twice. | keep one of them
CR956 no-such-format | There is no handoff format of that name. | the message says what was probably meant
CR957 format-without-act | A format does not carry out the act by which the receiver gets accounts. | choose another format or act
CR958 file-there-already | The file to be written is there already. | name another, or `--replace`
CR959 one-account-a-file | A file of this format holds one account. | name a file that ends with `.zip`
CR840 letter-without-head | A letter template has no head, or a folder of letters has no letter. | keys, a line `---`, then the text
CR841 wrong-head-of-letter | The head of a letter has a key, word or detail that there is not. | the message says what was probably meant
CR842 letter-cannot-be-filled | A letter template cannot be read, needs what nobody states, or refuses the account. | the message says what is missing
CR843 wrong-letterhead | A letterhead has a key that there is not, or a value of another shape. | the message says what was probably meant
CR844 nothing-to-write-about | The debts of a letter have no amounts, are not there, or are not open. | state them in the case
CR845 unprintable | A PDF has no letters for the script of a text. | write HTML
CR846 letter-with-empty-threat | A letter announces what is not meant, what no court is known to take, or what would be unlawful. | `--intends-to-act`, or another next step
CR847 missing-statement | A letter lacks what the law asks it to say, or nothing shows that it says it. | word it in the letterhead, the template or the details
CR848 missing-detail | A letter needs what no case states, or was given what it does not have. | `collectrules letter --list` has them
CR849 no-place-for-letters | Several letters were to go into one file. | name a folder
CR901 plugin-cannot-be-imported | A plugin cannot be imported. | mend or uninstall it
CR902 plugin-cannot-be-registered | A plugin cannot be registered. | mend or uninstall it
CR903 unknown-hook | A plugin offers a hook that there is not. | the message says what was probably meant
CR904 plugin-without-hook | A plugin offers no hook. | mark its functions with `@collectrules.hookimpl`
CR905 hook-failed | A hook of a plugin failed. | mend or uninstall it
CR906 hook-returned-no-list | A hook of a plugin returned no list. | mend or uninstall it
CR907 hook-returned-something-else | A hook of a plugin returned what it must not. | mend or uninstall it
CR908 plugin-name-twice | Two plugins give one name. | uninstall one
CR910 plugin-of-another-version | A plugin was written for other hooks than these. | install a newer collectrules
CR930 no-lock-file | There is no lock file, or it cannot be read as one. | write it: `collectrules lock`
CR931 not-as-locked | Something is not as the lock file has it. | take back what changed, or lock it anew
CR920 there-already | A file that was to be written is there already. | choose another name
CR921 no-such-name | A name that no package, or a code that no place can have. | the message shows one
CR911 plugin-not-installed | A plugin is to be left out that is not installed. | the message says what was probably meant
"""  # noqa: E501  # one code, one line

NOTHING_READS_IT: Final = "CR141"
UNKNOWN_FILE: Final = "CR200"
WRONG_EXCEPTION: Final = "CR290"
EXPIRED_EXCEPTION: Final = "CR291"
UNUSED_EXCEPTION: Final = "CR292"


@cache
def every_lint() -> tuple[lints.Lint, ...]:
    """What is built in, and what plugins add. Raises InvalidInput for a plugin that does not load."""
    return (*lints.built_in(), *load_plugins().lints.values())


@cache
def catalogue() -> Mapping[str, Code]:
    """Every code by itself, those of lints among them."""
    codes: dict[str, Code] = {}
    for line in _TABLE.strip().splitlines():
        head, meaning, mend = line.split(" | ")
        code, name = head.split()
        codes[code] = Code(code, name, "error", f"{meaning}\n\nMend: {mend}.")
    for lint in every_lint():
        codes[lint.code] = Code(lint.code, lint.name, lint.severity, (lint.documentation or "").strip())
    return codes


def known(name: str) -> Code | None:
    """The code of that name, or of that code."""
    return next((code for code in catalogue().values() if name in (code.code, code.name)), None)


def name_of(code: str) -> str:
    """What a code is called; the code itself where a plugin has one of its own."""
    return catalogue()[code].name if code in catalogue() else code
