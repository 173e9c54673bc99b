"""A text in English and Simplified Chinese, with one fallback rule for all."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, Language] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Text:
    """What a person reads, in two languages; either may still be missing."""

    en: str = ""
    zh: str = ""

    def in_(self, language: str) -> str:
        """Return the text of that language, or the other one's when it is missing."""
        wanted, other = (self.zh, self.en) if language == "zh" else (self.en, self.zh)
        return wanted or other

    def language_shown(self, language: str) -> Language:
        """Return the language in which `in_` answers, for the lang attribute."""
        shown = self.zh if language == "zh" else self.en
        other: Language = "en" if language == "zh" else "zh"
        wanted: Language = "zh" if language == "zh" else "en"
        return wanted if shown or not self else other

    def missing(self) -> tuple[Language, ...]:
        """Return the languages still to be translated; none when the whole text is empty."""
        if not self:
            return ()
        return tuple(language for language in LANGUAGES if not getattr(self, language))

    def plain(self) -> dict[str, str]:
        """Return the text as plain values, as papers keep it."""
        return {"en": self.en, "zh": self.zh}

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)


EMPTY = Text()


def text_of(plain: dict[str, str] | None) -> Text:
    """Return the text that `Text.plain` wrote."""
    return Text(plain.get("en", ""), plain.get("zh", "")) if plain else EMPTY
