"""The words of the hosted page, in the two languages of its sessions.

The page belongs to Stripe's side of the fence, like Stripe's own page, so its words are not in the product's catalogue.
"""

from __future__ import annotations

from werkzeug.datastructures import LanguageAccept

WORDS = {
    "en": {
        "no_real_money": "Stand-in for Stripe. No real money moves.",
        "title": "Pay %(site)s",
        "what": "What you pay for",
        "quantity": "Quantity",
        "amount": "Amount",
        "item": "Item",
        "total": "Total",
        "for_email": "Receipt to",
        "reference": "Reference",
        "until": "This page is open until",
        "choose": "How should the payment end?",
        "pay": "Pay",
        "pay_hint": "A card that works: paid at once.",
        "pay_alipay": "Alipay",
        "pay_alipay_hint": "The wallet pays: paid at once.",
        "pay_wechat_pay": "WeChat Pay",
        "pay_wechat_pay_hint": "The wallet pays: paid at once.",
        "pay_later": "Pay later",
        "pay_later_hint": "A bank debit (ACH): accepted now, paid a little later.",
        "bounce_later": "Bounce later",
        "bounce_later_hint": "A bank debit (ACH): accepted now, refused by the bank a little later.",
        "fail": "Fail",
        "fail_alipay": "Alipay fails",
        "fail_alipay_hint": "The wallet does not pay: this page stays open.",
        "fail_wechat_pay": "WeChat Pay fails",
        "fail_wechat_pay_hint": "The wallet does not pay: this page stays open.",
        "fail_hint": "A card that its bank declines: this page stays open.",
        "leave": "Leave",
        "leave_hint": "Go back without paying.",
        "declined": "The payment was declined. Nothing was paid. You can try again.",
        "expired_title": "This payment page has expired",
        "expired": "Nothing was paid here. Go back and start the payment again.",
        "complete_title": "This payment is complete",
        "complete": "There is nothing more to do on this page.",
        "back": "Go back",
        "unknown_title": "This payment page does not exist",
        "unknown": "Check that the whole address was copied.",
    },
    "zh": {
        "no_real_money": "Stripe 替身：不会发生真实的资金往来。",
        "title": "向 %(site)s 付款",
        "what": "付款项目",
        "quantity": "数量",
        "amount": "金额",
        "item": "项目",
        "total": "合计",
        "for_email": "收据发送至",
        "reference": "编号",
        "until": "本页面有效期至",
        "choose": "选择付款结果",
        "pay": "付款",
        "pay_hint": "可用的银行卡：立即到账。",
        "pay_alipay": "支付宝",
        "pay_alipay_hint": "钱包付款：立即到账。",
        "pay_wechat_pay": "微信支付",
        "pay_wechat_pay_hint": "钱包付款：立即到账。",
        "pay_later": "稍后到账",
        "pay_later_hint": "银行扣款（ACH）：现在受理，稍后到账。",
        "bounce_later": "稍后被退回",
        "bounce_later_hint": "银行扣款（ACH）：现在受理，稍后被银行拒绝。",
        "fail_alipay": "支付宝付款失败",
        "fail_alipay_hint": "钱包未付款：页面保持打开。",
        "fail_wechat_pay": "微信支付失败",
        "fail_wechat_pay_hint": "钱包未付款：页面保持打开。",
        "fail": "付款失败",
        "fail_hint": "被银行拒绝的卡：页面保持打开。",
        "leave": "离开",
        "leave_hint": "不付款，直接返回。",
        "declined": "付款被拒绝，没有扣款。您可以再试一次。",
        "expired_title": "付款页面已过期",
        "expired": "没有扣款。请返回并重新发起付款。",
        "complete_title": "付款已完成",
        "complete": "本页面无需其他操作。",
        "back": "返回",
        "unknown_title": "付款页面不存在",
        "unknown": "请检查网址是否复制完整。",
    },
}


def language_of(locale: str | None, accepted: LanguageAccept) -> str:
    """Return en or zh: the session's locale, or the browser's when the session leaves it open."""
    if locale in (None, "auto"):
        locale = accepted.best_match(["en", "zh"], default="en")
    return "zh" if str(locale).startswith("zh") else "en"
