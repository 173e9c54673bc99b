"""The two sellers of the sample programmes; every number is invented and marked so."""

from tourreg.demo.shapes import Issuer

ISSUERS: list[Issuer] = [
    {
        "key": "cce",
        "legal_name": {"en": "Center for City Exchange, Inc.", "zh": "城市交流中心"},
        "short_name": {"en": "Center for City Exchange", "zh": "城市交流中心"},
        "country": "US",
        "address": {
            "en": "1200 Sample Street NW, Suite 400\nWashington, DC 20005\nUnited States",
            "zh": "1200 Sample Street NW, Suite 400\nWashington, DC 20005\nUnited States",
        },
        "tax_id_label": {"en": "EIN (sample)", "zh": "雇主识别号（EIN，示例）"},
        "tax_id": "00-0000000",
        "currency": "USD",
        "series_prefix": "CCE",
        "phone": "+1 202 555 0140",
        "email": "billing@example.org",
        "zone": "America/New_York",
        "accent": "indigo",
        "remit_to_cny": [
            {
                "means": "wire",
                "title": {"en": "Transfer in yuan", "zh": "人民币汇款"},
                "lines": [
                    {
                        "label": {"en": "Account name", "zh": "户名"},
                        "value": {"en": "Center for City Exchange, Inc.", "zh": "Center for City Exchange, Inc."},
                    },
                    {
                        "label": {"en": "Bank", "zh": "开户行"},
                        "value": {"en": "Sample Bank, Shanghai Branch", "zh": "示例银行上海分行"},
                    },
                    {
                        "label": {"en": "Account number", "zh": "账号"},
                        "value": {"en": "0000 0000 0000 0000 277", "zh": "0000 0000 0000 0000 277"},
                    },
                ],
            },
        ],
        "remit_to": [
            {
                "means": "check",
                "title": {"en": "Check", "zh": "支票"},
                "lines": [
                    {
                        "label": {"en": "Pay to", "zh": "抬头"},
                        "value": {"en": "Center for City Exchange, Inc.", "zh": "Center for City Exchange, Inc."},
                    },
                    {
                        "label": {"en": "Mail to", "zh": "寄至"},
                        "value": {
                            "en": "P.O. Box 0000, Washington, DC 20005-0000",
                            "zh": "P.O. Box 0000, Washington, DC 20005-0000",
                        },
                    },
                    {
                        "label": {"en": "Memo", "zh": "附言"},
                        "value": {"en": "invoice number", "zh": "账单号"},
                    },
                ],
            },
            {
                "means": "ach",
                "title": {"en": "ACH (preferred)", "zh": "ACH转账（推荐）"},
                "lines": [
                    {
                        "label": {"en": "Bank", "zh": "银行"},
                        "value": {"en": "Sample Bank of the Potomac", "zh": "Sample Bank of the Potomac"},
                    },
                    {
                        "label": {"en": "Routing", "zh": "路由号"},
                        "value": {"en": "000000000", "zh": "000000000"},
                    },
                    {
                        "label": {"en": "Account", "zh": "账号"},
                        "value": {"en": "0000 0000 1234", "zh": "0000 0000 1234"},
                    },
                    {
                        "label": {"en": "Type", "zh": "类型"},
                        "value": {"en": "checking, CCD+", "zh": "checking, CCD+"},
                    },
                ],
            },
            {
                "means": "wire",
                "title": {"en": "Wire", "zh": "电汇"},
                "lines": [
                    {
                        "label": {"en": "Pay to", "zh": "户名"},
                        "value": {"en": "Center for City Exchange, Inc.", "zh": "Center for City Exchange, Inc."},
                    },
                    {
                        "label": {"en": "Bank", "zh": "银行"},
                        "value": {
                            "en": "Sample Bank of the Potomac, Washington, DC",
                            "zh": "Sample Bank of the Potomac, Washington, DC",
                        },
                    },
                    {"label": {"en": "Fedwire", "zh": "Fedwire"}, "value": {"en": "000000000", "zh": "000000000"}},
                    {"label": {"en": "SWIFT", "zh": "SWIFT"}, "value": {"en": "SAMPUS00XXX", "zh": "SAMPUS00XXX"}},
                    {
                        "label": {"en": "Account", "zh": "账号"},
                        "value": {"en": "0000 0000 1234", "zh": "0000 0000 1234"},
                    },
                ],
            },
        ],
        "footnote": {
            "en": (
                "Sample paper: bank details and tax number are invented. No sales tax is charged; a "
                "signed Form W-9 is sent on request."
            ),
            "zh": "示例单据：银行信息与税号均为虚构。不收取销售税；如需已签署的W-9表，可来函索取。",
        },
        "signatories": [
            {
                "name": {"en": "Eleanor Whitcombe", "zh": "埃莉诺·惠特科姆"},
                "position": {"en": "Executive Director", "zh": "执行主任"},
            },
            {
                "name": {"en": "Martin Adeyemi", "zh": "马丁·阿德耶米"},
                "position": {"en": "Director of Finance", "zh": "财务主任"},
            },
        ],
    },
    {
        "key": "szacm",
        "legal_name": {"en": "Shenzhen Academy of City Management", "zh": "深圳城市管理研修院"},
        "short_name": {"en": "Shenzhen Academy of City Management", "zh": "深圳城市管理研修院"},
        "country": "CN",
        "address": {
            "en": (
                "Building 3, 88 Lianhua West Road (sample), Futian District\n"
                "Shenzhen, Guangdong 518000\n"
                "People’s Republic of China"
            ),
            "zh": "广东省深圳市福田区莲花西路88号（示例）3栋\n邮编：518000",
        },
        "tax_id_label": {"en": "Unified social credit code (sample)", "zh": "统一社会信用代码（示例）"},
        "tax_id": "00000000000000000X",
        "currency": "CNY",
        "series_prefix": "SZA",
        "phone": "+86 755 5550 0188",
        "email": "zhangdan@example.org",
        "zone": "Asia/Shanghai",
        "accent": "harbour",
        "remit_to": [
            {
                "means": "wire",
                "title": {"en": "Bank transfer", "zh": "银行转账"},
                "lines": [
                    {
                        "label": {"en": "Account name", "zh": "户名"},
                        "value": {"en": "Shenzhen Academy of City Management", "zh": "深圳城市管理研修院"},
                    },
                    {
                        "label": {"en": "Bank", "zh": "开户行"},
                        "value": {"en": "Sample Bank, Shenzhen Lianhua Branch", "zh": "示例银行深圳莲花支行"},
                    },
                    {
                        "label": {"en": "Account number", "zh": "账号"},
                        "value": {"en": "0000 0000 0000 0000 188", "zh": "0000 0000 0000 0000 188"},
                    },
                    {
                        "label": {"en": "CNAPS code", "zh": "行号"},
                        "value": {"en": "000000000000", "zh": "000000000000"},
                    },
                    {"label": {"en": "SWIFT", "zh": "SWIFT代码"}, "value": {"en": "SAMPCNB0XXX", "zh": "SAMPCNB0XXX"}},
                    {
                        "label": {"en": "Remark", "zh": "附言"},
                        "value": {"en": "the invoice number", "zh": "请填写账单号"},
                    },
                ],
            },
        ],
        "footnote": {
            "en": (
                "Sample paper: bank details and credit code are invented. This invoice asks for "
                "payment only; it is not a tax invoice (发票), which the academy issues separately "
                "within seven working days of payment."
            ),
            "zh": (
                "示例单据：银行信息与信用代码均为虚构。本账单仅作付款通知，不是发票；款到后七个工作日"
                "内由研修院另行开具发票。"
            ),
        },
        "signatories": [
            {"name": {"en": "Tan Jingren", "zh": "谭敬仁"}, "position": {"en": "President", "zh": "院长"}},
            {"name": {"en": "Shen Ruolan", "zh": "沈若岚"}, "position": {"en": "Head of Finance", "zh": "财务处处长"}},
        ],
    },
]
