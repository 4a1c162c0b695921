"""What a reader wants a briefing to be about, beside its topics: countries and words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.languages import tr


@dataclass(frozen=True, slots=True)
class FilterTerm:
    """A country, by its ISO code, or a word or phrase; `text` is how it is shown and typed."""

    text: str
    country: str = ""

    @property
    def typed(self) -> str:
        """The term as it can be typed."""
        return self.text if self.country else f'"{self.text}"'


@dataclass(frozen=True, slots=True)
class NewsFilter:
    """What stories have to be about, and must not mention.

    A story passes that is about one of the wanted countries, if there are any, and about one of
    the wanted words, if there are any, and that mentions nothing unwanted.
    """

    wanted: tuple[FilterTerm, ...] = ()
    unwanted: tuple[FilterTerm, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)

    @property
    def described(self) -> str:
        """The filter in words: "Iran or Iraq, and “gas”, without oil"."""
        places = tr(" or ").join(each.text for each in self.wanted if each.country)
        words = tr(" or ").join(f"“{each.text}”" for each in self.wanted if not each.country)
        left_out = tr(" and ").join(each.text for each in self.unwanted)
        without = tr("without {words}", words=left_out) if left_out else ""
        about = tr("{places}, and {words}", places=places, words=words)
        wanted = about if places and words else places or words
        return tr(", ").join(filter(None, (wanted, without)))

    def after(self, title: str) -> str:
        """A title with the filter: "Energy (Iran, without oil)"."""
        if not (title and self):
            return title or self.described
        return f"{title} ({self.described})"

    @property
    def typed(self) -> str:
        """The filter as it can be typed after a command."""
        left_out = (f"-{each.typed}" for each in self.unwanted)
        return " ".join((*(each.typed for each in self.wanted), *left_out))


NO_FILTER = NewsFilter()
