"""Names of people: passport Latin and native script are two fields, and the order follows the language."""

import re
import unicodedata
from dataclasses import dataclass

from tourreg.kernel.glyphs import unprinted_sign

# Han, kana and Hangul: the scripts of the countries that put the family name first.
_FAMILY_FIRST = re.compile(r"[\u2e80-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as its owner gave it.

    surname, given  Latin letters as in the passport; given may be empty for people with one name
    native          the full name in its own script, already in its own order, or empty
    badge           what the person wants to be called, or empty
    """

    surname: str
    given: str
    native: str = ""
    badge: str = ""
    salutation: str = ""

    @property
    def family_first(self) -> bool:
        return bool(_FAMILY_FIRST.search(self.native))

    @property
    def printed_native(self) -> str:
        """Return the native name, or nothing where papers cannot print it and show the Latin one alone."""
        return "" if self.unprinted_sign else self.native

    @property
    def unprinted_sign(self) -> str:
        """Return the first sign of the native name that papers cannot print, if there is one."""
        return unprinted_sign(self.native) or ""

    @property
    def native_language(self) -> str:
        """Return the tag of the language that the native name's script tells: zh-Hans, ja or ko; else nothing."""
        scripts = {unicodedata.name(sign, "").partition(" ")[0] for sign in self.native if sign.isalpha()}
        if scripts & {"HIRAGANA", "KATAKANA"}:
            return "ja"
        return {"CJK": "zh-Hans", "HANGUL": "ko"}.get("".join(scripts), "")

    def latin(self) -> str:
        """Return the name in Latin letters in its owner's order: Zhou Lan, Emily Hart."""
        parts = (self.surname, self.given) if self.family_first else (self.given, self.surname)
        return " ".join(part for part in parts if part)

    def formal(self) -> str:
        """Return the name as papers print it, surname in capitals: ZHOU Lan, Emily HART."""
        capitals = self.surname.upper()
        parts = (capitals, self.given) if self.family_first else (self.given, capitals)
        return " ".join(part for part in parts if part)

    def in_(self, language: str) -> str:
        """Return what a reader of that language knows the person by; Latin where no native name was given."""
        return self.native if language == "zh" and self.family_first else self.latin()
