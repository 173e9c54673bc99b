"""Who issues the sample papers, and short ways to write plain values."""

from tourreg.domain.papers.sheets import Amount, Bilingual, Organisation


def both(en: str, zh: str = "") -> Bilingual:
    return {"en": en, "zh": zh}


def usd(minor: int) -> Amount:
    return {"minor": minor, "currency": "USD"}


def cny(minor: int) -> Amount:
    return {"minor": minor, "currency": "CNY"}


CENTRE: Organisation = {
    "name": both("International Cities Center, Inc.", "国际城市管理中心"),
    "address": both("1200 G Street NW, Suite 800, Washington, DC 20005, USA"),
    "phone": "+1 202 555 0136",
    "email": "billing@icc.example",
    "tax_id": "52-0000417",
    "tax_id_label": both("EIN", "雇主识别号（EIN）"),
    "mark": "centre",
    "accent": "teal",
}
ACADEMY: Organisation = {
    "name": both("Yangzhou Academy of City Management", "扬州城市管理学院"),
    "address": both("88 Wenchang West Road, Yangzhou, Jiangsu 225009, China", "江苏省扬州市文昌西路88号 225009"),
    "phone": "+86 514 5550 1100",
    "email": "finance@yacm.example",
    "tax_id": "12321000MB0000417X",
    "tax_id_label": both("Unified social credit code", "统一社会信用代码"),
    "mark": "academy",
    "accent": "ink",
}
