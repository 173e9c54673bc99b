"""Amounts in the Chinese figures that cannot be altered (大写), as banks and finance offices ask for them.

source  支付结算办法, annex 1: the 零 between parts, and 整 after 元 or 角 but never after 分
"""

from tourreg.kernel.money import Money, digits

# What stands before the figures; 元, 角 and 分 then count units and hundredths of that currency.
CURRENCY_NAMES = {"CNY": "人民币", "USD": "美元", "EUR": "欧元", "JPY": "日元"}
_FIGURES = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")
_GROUPS = ("", "万", "亿", "万亿")
_LIMIT_YUAN = 10**16


def spelled_in_chinese(amount: Money) -> str:
    """Return an amount in words: JP¥12,300 gives 日元壹万贰仟叁佰元整; "" for a currency that has no name here."""
    name = CURRENCY_NAMES.get(amount.currency, "")
    return name and name + in_chinese_figures(amount.minor * 10 ** (2 - digits(amount.currency)))


def in_chinese_figures(fen: int) -> str:
    """Return an amount of fen in words: 1230000 gives 壹万贰仟叁佰元整.

    raises  ValueError from ten thousand million million yuan on
    """
    yuan, rest = divmod(abs(fen), 100)
    jiao, left = divmod(rest, 10)
    if yuan >= _LIMIT_YUAN:
        raise ValueError(f"no such amount of money: {fen} fen")
    sign = "负" if fen < 0 else ""
    if not fen:
        return "零元整"
    return sign + (f"{_whole(yuan)}元" if yuan else "") + _small(yuan, jiao, left)


def _whole(yuan: int) -> str:
    """Return the whole yuan in groups of four places, one 零 wherever places between two figures are empty."""
    words, gap = "", False
    for power in reversed(range(len(_GROUPS))):
        group = yuan // 10_000**power % 10_000
        if not group:
            gap = bool(words)
            continue
        words += ("零" if words and (gap or group < 1000) else "") + _four(group) + _GROUPS[power]
        gap = False
    return words


def _four(group: int) -> str:
    words, gap = "", False
    for place, name in zip((1000, 100, 10, 1), _PLACES, strict=True):
        figure = group // place % 10
        if figure:
            words += ("零" if gap else "") + _FIGURES[figure] + name
            gap = False
        else:
            gap = bool(words)
    return words


def _small(yuan: int, jiao: int, fen: int) -> str:
    if not jiao and not fen:
        return "整"
    between = "零" if yuan and (not jiao or yuan % 10 == 0) else ""
    return between + (f"{_FIGURES[jiao]}角" if jiao else "") + (f"{_FIGURES[fen]}分" if fen else "整")
