"""The term list of a language: how a term of the source is always said, held against its files.

`locales/<language>/terms.yaml` is a mapping of an English term to the form that is used, or to a
list of forms: `employer: employeur` or `office: [service, bureau]`. A form is the part of the word
that stays the same: where a language adds endings, its stem. Case, accents and vowel signs are
nothing, as where people type (`cards.folding`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog

from cards.finding import Finding
from cards.folding import folded, script
from catalogues.po import done

NAME = "terms.yaml"
_PLACEHOLDER = re.compile(r"\{[a-z_][a-z0-9_]*\}")
_PREFIXED = ("ARABIC", "ETHIOPIC", "HEBREW")
"""Scripts whose words take what stands in front of them: there a form is found inside a word."""

Terms = Mapping[str, tuple[str, ...]]
"""An English term in small letters -> its accepted forms."""


def read_terms(path: Path, shown: str) -> tuple[Terms, list[Finding]]:
    """The list, and what is to mend in it; a language without one has no terms. Raises nothing."""
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}, []
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        return {}, [Finding(shown, mark.line + 1 if mark else 1, "this is no list of terms")]
    terms, findings = dict[str, tuple[str, ...]](), list[Finding]()
    for term, said in found.items() if isinstance(found, dict) else ():
        forms = tuple(said) if isinstance(said, list) else (said,)
        if forms and all(isinstance(form, str) and folded(form) for form in (term, *forms)):
            terms[term.casefold()] = forms
        else:
            findings.append(Finding(shown, 1, f"{term}: needs a word, or a list of words"))
    if found is not None and not isinstance(found, dict):
        findings.append(Finding(shown, 1, "needs a line `english term: how it is said` for each"))
    return terms, findings


def check_terms_said(po: Catalog, terms: Terms, shown: str) -> Iterator[Finding]:
    """Each finished text whose source has a term, and whose translation has none of its forms."""
    wanted = [(term, *_patterns(term, forms)) for term, forms in terms.items()]
    for message in po if terms else ():
        if not message.id or not done(message):
            continue
        source = " ".join(map(_bare, _all(message.id)))
        small, said = source.casefold(), ""
        for term, stem, in_source, in_translation in wanted:
            if stem not in small or not in_source.search(source):  # most; folding costs much
                continue
            said = said or folded(" ".join(_all(message.string or "")))
            if not in_translation.search(said):
                forms = " / ".join(terms[term])
                words = f"“{term}” is “{forms}” in the term list: {source[:50]}"
                yield Finding(shown, message.lineno or 1, words, fails=False)


def _all(text: str | Iterable[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def _bare(source: str) -> str:
    return _PLACEHOLDER.sub("", source)


@lru_cache(maxsize=8192)
def _patterns(term: str, forms: tuple[str, ...]) -> tuple[str, re.Pattern[str], re.Pattern[str]]:
    """What a source with the term contains in small letters; what finds the term in it, one or
    many; and any form at the beginning of a word of a translation."""
    stem, ends = (term[:-1], "(?:y|ies)") if term.endswith("y") else (term, "e?s?")
    spelled = "|".join(
        ("" if script(form[0]) in _PREFIXED else r"(?<!\w)") + re.escape(folded(form))
        for form in forms
    )
    source = rf"(?<![\w-]){re.escape(stem)}{ends}(?![\w-])"
    return stem, re.compile(source, re.IGNORECASE), re.compile(spelled)
