"""The versioned texts people agree to, as drafts for the demo."""

from tourreg.demo.shapes import PolicyText

POLICY_TEXTS: list[PolicyText] = [
    {
        "key": "terms",
        "version": "2026-06-01",
        "title": {"en": "Terms of participation and refund policy", "zh": "参加条款与退款办法"},
        "agree": {
            "en": "I accept the terms of participation and the refund policy of this programme.",
            "zh": "我接受本项目的参加条款与退款办法。",
        },
        "body": {
            "en": (
                "These terms apply between you (and the office you register for) and the seller "
                "named on the event page and on every invoice. By registering you confirm that you "
                "may act for the people whose names you enter.\n\n"
                "A place is held, not sold, while you pay. By card it is held for 45 minutes. If you "
                "ask for an invoice, it is held until our finance office has accepted your order, as "
                "a rule within three working days; after that it is yours. A place that is not paid "
                "or accepted in time goes to the next person.\n\n"
                "The fee covers what the event page lists as included, and nothing else. Prices are "
                "in the currency shown. Invoices are due within 30 days and in any case before the "
                "first day.\n\n"
                "You may withdraw at any time in writing or on your registration’s page. What comes "
                "back follows from the steps on the event page; days are counted in the event’s time "
                "zone and end at 23:59. We pay back by the way you paid, within 15 working days. You "
                "may name a colleague instead as long as letters and tickets allow.\n\n"
                "We may change the order of visits, speakers and hotels for good reason, and shall "
                "tell you. If we cancel a programme, or it does not reach its minimum by the date "
                "set, everything paid to us comes back; we are not liable for tickets bought "
                "elsewhere. Each participant needs a valid passport, visa and travel insurance.\n\n"
                "This is a sample text for demonstration. It is not legal advice."
            ),
            "zh": (
                "本条款适用于您（及您所代表的单位）与活动页面及各账单所载销售方之间。您提交报名，即表"
                "示有权代表所填人员办理。\n\n"
                "付款完成前，名额仅为预留。刷卡支付，预留45分钟；选择账单付款，预留至我方财务受理为止"
                "，一般不超过三个工作日，受理后名额即告确认。逾期未付或未获受理的名额，转予下一位报名"
                "者。\n\n"
                "费用仅涵盖活动页面所列“包含”事项，价格以所示币种为准。账单应于30日内付清，且不得晚于"
                "活动首日。\n\n"
                "您可随时书面或通过报名页面提出退出。退款比例依活动页面所列时限办理；日期按活动所在时"
                "区计算，截至当日23:59。款项于15个工作日内按原支付途径退还。在邀请函与票务允许的情况"
                "下，可更换同事参加。\n\n"
                "如有正当理由，我方可调整参观顺序、讲者与酒店，并及时告知。如项目取消，或截至规定日期"
                "未达最低人数，已付我方款项全部退还；自行购买的票务，我方不承担责任。参加者须自备有效"
                "护照、签证与旅行保险。\n\n"
                "本文为演示用示例文本，不构成法律意见。"
            ),
        },
    },
    {
        "key": "privacy",
        "version": "2026-06-01",
        "title": {"en": "Privacy notice", "zh": "个人信息保护告知"},
        "agree": {
            "en": "I have read the privacy notice and agree to it for myself and for those I register.",
            "zh": "我已阅读并同意个人信息保护告知，并已征得所报人员同意。",
        },
        "body": {
            "en": (
                "Who we are. The seller named on the event page decides how your personal "
                "information is handled (under China’s Personal Information Protection Law: the "
                "personal information handler). You reach its privacy officer at "
                "privacy@example.org.\n\n"
                "What we collect, and why. To register: name in Latin letters and in your own "
                "script, form of address, position, organisation, city, e-mail and telephone. To "
                "bill: payer, address, purchase order. To run the programme, later and only if "
                "needed: diet, access needs, emergency contact, flights. For invitation letters and "
                "visas: passport data. Card numbers never reach us; the payment service keeps them.\n\n"
                "Sensitive information. Passport data, health-related diet and access needs are "
                "sensitive. We ask for them separately, with a consent of their own, keep them "
                "encrypted, record who looks at them, and delete passport data 30 days after the "
                "programme.\n\n"
                "Who receives it. Host cities and hotels receive names, positions and what they must "
                "know to receive you; never passport data, unless the law asks hotels for it. We do "
                "not sell information and make no automated decisions about you.\n\n"
                "How long. Registrations are kept for three years, invoices for as long as tax law "
                "requires.\n\n"
                "Your rights. You may see, copy, correct, move or delete your information and "
                "withdraw a consent at any time, as easily as you gave it; what was done before "
                "stays lawful. Write to us, and we answer within 15 days. You may also complain to "
                "the authority where you live. Nobody under 18 is registered.\n\n"
                "This is a sample text for demonstration. It is not legal advice."
            ),
            "zh": (
                "我们是谁。活动页面所载销售方为《个人信息保护法》所称个人信息处理者，决定个人信息的处"
                "理目的和方式。个人信息保护负责人邮箱：privacy@example.org。\n\n"
                "收集什么、为何收集。报名所需：拉丁字母姓名与本国文字姓名、称谓、职务、单位、城市、邮"
                "箱、电话。结算所需：付款方、地址、采购单号。活动筹备阶段确有必要时：饮食、无障碍需求"
                "、紧急联系人、航班。办理邀请函与签证：护照信息。银行卡号由支付机构保存，我方不接触。"
                "\n\n"
                "敏感个人信息。护照信息及与健康有关的饮食、无障碍需求属敏感个人信息，我方另行征得您的"
                "单独同意，加密保存，留存查阅记录；护照信息于活动结束后30日内删除。\n\n"
                "向谁提供。接待城市与酒店仅获得姓名、职务及接待所必需的信息；除法律要求酒店登记外，不"
                "提供护照信息。我方不出售个人信息，不作自动化决策。\n\n"
                "保存多久。报名信息保存三年，账单依税法规定期限保存。\n\n"
                "您的权利。您可查阅、复制、更正、转移、删除个人信息，可随时撤回同意，撤回与给出同样便"
                "捷，且不影响撤回前处理活动的效力。来函后我方15日内答复。您也可向所在地主管部门投诉、"
                "举报。不接受未满18周岁人员报名。\n\n"
                "本文为演示用示例文本，不构成法律意见。"
            ),
        },
    },
    {
        "key": "cross_border",
        "version": "2026-06-01",
        "title": {"en": "Separate consent to transfer abroad", "zh": "个人信息出境单独同意书"},
        "agree": {
            "en": "I agree separately that the information named here is sent abroad for this programme.",
            "zh": "我单独同意将本文所列个人信息为本项目之目的提供至境外。",
        },
        "body": {
            "en": (
                "This programme has organisers and hosts in China and in the United States. To "
                "prepare it, information of participants has to cross the border between them, in "
                "the direction in which they travel. The law asks for your consent to this apart "
                "from any other.\n\n"
                "Recipients abroad. The Center for City Exchange, Inc., Washington, D.C., "
                "privacy@example.org, telephone +1 202 555 0140; the Shenzhen Academy of City "
                "Management, privacy-cn@example.org, telephone +86 755 5550 0188; and the host "
                "cities and hotels named on the event page, reached through either of them.\n\n"
                "What is sent. Name in both scripts, form of address, position, organisation, city, "
                "e-mail and telephone; diet and access needs if you told us. Passport data is sent "
                "only for an invitation letter or a visa, and only after you have agreed to that "
                "once more.\n\n"
                "Why and how. To receive you, to book rooms and transport, to make badges, rosters "
                "and certificates. The information is sent encrypted, used for this programme only, "
                "and deleted by the recipient within 90 days of its end, except for invoices and the "
                "register of certificates.\n\n"
                "Your rights against the recipients. You may ask each of them, directly or through "
                "us, to show, correct or delete what it holds. You may withdraw this consent at any "
                "time on your registration’s page or by e-mail. As hosts cannot receive people they "
                "do not know of, withdrawing it before the programme means that you cannot take "
                "part; your refund then follows the steps on the event page.\n\n"
                "If you do not agree, please do not register on line but write to us; we shall see "
                "together what is possible. This is a sample text for demonstration. It is not legal "
                "advice."
            ),
            "zh": (
                "本项目的主办方与接待方分处中国和美国。为筹备活动，须按参加者出行方向将其个人信息提供"
                "至对方国家。依法须就此取得您的单独同意。\n\n"
                "境外接收方。城市交流中心（美国华盛顿，privacy@example.org，电话+1 202 555 0140）；深"
                "圳城市管理研修院（privacy-cn@example.org，电话+86 755 5550 0188）；以及活动页面所列"
                "接待城市与酒店，可经上述任一单位联系。\n\n"
                "提供的信息。中外文姓名、称谓、职务、单位、城市、邮箱、电话；您告知的饮食与无障碍需求"
                "。护照信息仅在办理邀请函或签证时提供，届时将再次征得您的同意。\n\n"
                "目的与方式。用于接待安排、预订住宿与交通、制作胸牌、名单与证书。信息加密传输，仅用于"
                "本项目；接收方于活动结束后90日内删除，账单与证书登记除外。\n\n"
                "您对接收方的权利。您可直接或通过我方，要求接收方提供、更正或删除其持有的信息。您可随"
                "时在报名页面或以邮件撤回本同意。因接待方无法接待信息不明的人员，活动前撤回即不能参加"
                "，退款依活动页面所列时限办理。\n\n"
                "如不同意，请勿在线报名，可来函与我方商量其他办法。本文为演示用示例文本，不构成法律意"
                "见。"
            ),
        },
    },
    {
        "key": "travel",
        "version": "2026-06-01",
        "title": {"en": "Consent to keep travel details", "zh": "行程信息同意书"},
        "agree": {
            "en": "I agree that the travel details that I give are kept for this programme.",
            "zh": "我同意为本项目保存我所提供的行程信息。",
        },
        "body": {
            "en": (
                "To meet you, to seat you and to book your room we ask for more than your name: flights and "
                "trains, what you eat, what helps you to take part, with whom you want to share a room, and "
                "whom we call if something happens. Some of this says something of your health or beliefs; "
                "you decide what you give.\n\n"
                "Who sees it. Our programme office and its escorts. Hotels see names and nights, drivers see "
                "times, kitchens see diets by number and, where they have to, by name. Your sex is used for "
                "sharing rooms out only if you give it and allow it.\n\n"
                "How long. Until 30 days after the programme, then it is deleted. You may take this consent "
                "back at any time on your registration’s page; what you told is then deleted at once. "
                "This is a sample text for demonstration. It is not legal advice."
            ),
            "zh": (
                "为安排接送、座位与住宿，除姓名外，我们还需了解：航班与车次、饮食、参加活动所需的协助、希望"
                "与谁同住，以及紧急联系人。其中部分内容涉及健康或信仰，由您决定是否提供。\n\n"
                "知悉范围。本项目办公室与领队。酒店仅见姓名与住宿日期，司机仅见时间，餐厅仅见各类饮食人数，"
                "必要时见姓名。性别仅在您提供并允许的情况下用于分房。\n\n"
                "保存期限。项目结束后30日删除。您可随时在报名页面撤回本同意，所填内容随即删除。"
                "本文为演示用示例文本，不构成法律意见。"
            ),
        },
    },
    {
        "key": "listed",
        "version": "2026-06-01",
        "title": {"en": "Note on being listed", "zh": "名单公开说明"},
        "agree": {
            "en": "Each participant agrees to be listed in the programme book and in the list for everybody.",
            "zh": "每位参加者同意列入行程手册和公开名单。",
        },
        "body": {
            "en": (
                "The programme book and the list for everybody show who takes part: name in both scripts, position and "
                "organisation, and nothing else. They are given to all participants, hosts and partners.\n\n"
                "You need not agree to take part. Whoever does not agree is named in neither; hosts and hotels still "
                "receive what they need to receive you. You may take it back at any time on your registration’s page; "
                "papers that were issued before stay as they are.\n\n"
                "This is a sample text for demonstration. It is not legal advice."
            ),
            "zh": (
                "行程手册和公开名单载明参加者的中外文姓名、职务和单位，不含其他信息，发给全体参加者、接待方和合作伙伴。\n\n"
                "是否同意不影响参加。不同意者不列入上述两种材料；接待方和酒店仍会收到接待所需信息。您可随时在报名页面撤回；"
                "此前已签发的材料不变。\n\n"
                "本文为演示用示例文本，不构成法律意见。"
            ),
        },
    },
]
