"""The words of papers for work in one language: ids in, words of that language's catalogue out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from babel.dates import format_skeleton

from bot.i18n.catalogues import Catalogues, is_rtl
from bot.i18n.places import country_name
from bot.i18n.tongues import tongue_name
from bot.model.papers import Cv, Job, Tongue, Trade
from cards.occupations import BETWEEN_FORMS, Work
from catalogues.dates import locale_of
from catalogues.entry import fill
from catalogues.french import FIRM, NARROW
from certificates.labels import PDI as END
from certificates.labels import RLI, Labels

_DOTTED = ("tr", "az")
"""Languages whose large i has a dot."""
UNPAID, NOT_YET, FROM_DAY = "unpaid", "not-yet", "from-day"


def large(text: str, language: str) -> str:
    """The text with a large first letter."""
    first = "İ" if text[:1] == "i" and language in _DOTTED else text[:1].upper()
    return first + text[1:]


@dataclass(frozen=True)
class PaperWords:
    words: Catalogues
    work: Work
    language: str

    @property
    def labels(self) -> Labels:
        return Labels(self.language)

    def word(self, context: str, **values: str) -> str:
        """A text by its name, with values set apart where scripts of both directions meet."""
        said = self.words.say(self.work.word(context), self.language).replace(NARROW, FIRM)
        labels = self.labels
        return fill(said, {name: labels.isolated(value) for name, value in values.items()})

    def large(self, context: str, **values: str) -> str:
        return large(self.word(context, **values), self.language)

    def listed(self, name: str, id: str, **values: str) -> str:
        return self.word(f"list {name} {id} printed", **values)

    def trade(self, trade: Trade, form: int | None = None) -> str:
        """Both forms where `form` is 0; a typed job as it was typed."""
        if not trade.id:
            return trade.typed
        forms = self.word(f"job {trade.id} printed").split(BETWEEN_FORMS)
        return forms[min(form, len(forms)) - 1] if form else BETWEEN_FORMS.join(forms)

    def job_title(self, cv: Cv, job: Job) -> str:
        """A regulated job says where it was done."""
        title = large(self.trade(job.trade, cv.form), self.language)
        known = self.work.occupations.get(job.trade.id)
        if known and known.regulated and job.country:
            return self.word("head in-country", job=title, country=self.country(job.country))
        return title

    def country(self, country: str) -> str:
        known = len(country) == 2 and country.isupper()
        return country_name(country, self.language) if known else country

    def lasted(self, job: Job) -> str:
        """How long, or the years; a range runs as the language does."""
        if not job.first:
            return self.listed("how_long", job.how_long) if job.how_long else ""
        if not job.last:
            return self.word("head since", year=str(job.first))
        if job.last == job.first:
            return str(job.first)
        years = f"{job.first}–{job.last}"
        return f"{RLI}{years}{END}" if is_rtl(self.language) else years

    def parted(self, texts: Iterable[str]) -> str:
        """Texts of several words one after another, in a sentence."""
        between = f"{FIRM}; " if self.language == "fr" else "; "
        return between.join(texts)

    def tongue(self, tongue: Tongue, sentence: bool = False) -> str:
        name = tongue_name(tongue.code, self.language)
        name = name if sentence else large(name, self.language)
        level = self.word("head first-language") if tongue.first else tongue.level
        return f"{name} ({level})"

    def when(self, cv: Cv) -> str:
        if not cv.when:
            return ""
        if cv.when == FROM_DAY and cv.from_day:
            return self.listed(
                "when", cv.when, day=self.labels.day(date.fromisoformat(cv.from_day))
            )
        return "" if cv.when == FROM_DAY else self.listed("when", cv.when)

    def month(self, day: date) -> str:
        return str(format_skeleton("yMMMM", day, locale=locale_of(self.language)))


def told(tongue: Tongue) -> bool:
    """Whether a language stands on a paper: one that is only begun does not."""
    return bool(tongue.code) and (tongue.first or tongue.level not in ("", NOT_YET))
