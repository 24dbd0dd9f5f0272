import Foundation

extension PhraseVerbs {
    static let english = PhraseVerbs(
        stems: table([
            .call: "call phon ring telephon",
            .mail: "send email mail write writ repl answer respond forward",
            .visit: "visit attend inspect survey",
            .refund: "refund credit reimburs pay transfer repay recredit",
            .parcel: "deliver ship dispatch post replac collect redeliver resend redispatch reship",
            .other: """
            pick extend appl install drop pop swing
            arriv com get contact updat inform let fix resolv repair check review confirm hear receiv be look process
            escalat follow tak giv provid complet finish activat issu hav do go chas cancel chang investigat return sort
            leav deal see try set work test speak report advis handl push roll deploy migrat restor reset unlock approv
            verif releas swap correct rais switch connect reach notif arrang address share shar touch restart reboot mov
            clos open clear remov grant enabl disabl creat build print reprint draft prepar finalis finaliz refresh renew
            upgrad downgrad patch merg import export sync waiv revok lift unblock block upload publish translat proofread
            edit analys analyz diagnos monitor track locat trac search conclud decid agree assign bring hand
            make put turn cut begin start explain clarif circl loop ping text acknowledg reissu rectif amend
            adjust redo retest rebuild reinstat reconnect reconfigur configur register reserv book schedul speed keep tell
            talk discuss meet sign file lodg submit order reorder escort show clean tidy help assist support
            """,
        ]),
        irregular: [:],
        nouns: [
            "call": .call, "callback": .call, "ring": .call, "message": .mail, "inbox": .mail, "phone": .call, "telephone": .call,
            "email": .mail,
            "mail": .mail, "reply": .mail,
            "answer": .other, "response": .other, "technician": .visit, "engineer": .visit, "electrician": .visit, "fitter": .visit,
            "plumber": .visit, "installer": .visit, "visit": .visit,
            "site": .visit, "appointment": .other, "refund": .refund, "repayment": .refund, "compensation": .refund, "credit": .refund,
            "money": .refund, "payment": .refund,
            "amount": .refund,
            "reimbursement": .refund, "parcel": .parcel, "package": .parcel, "shipment": .parcel, "delivery": .parcel, "order": .parcel,
            "replacement": .parcel, "item": .parcel, "items": .parcel, "books": .parcel, "book": .parcel, "router": .parcel,
            "parts": .parcel, "deposit": .refund, "postage": .refund, "gift": .parcel, "letter": .mail, "volume": .parcel,
            "difference": .refund, "overpayment": .refund,
            "surveyor": .visit, "bell": .call, "buzz": .call, "goods": .parcel, "update": .other, "fix": .other,
            "colleague": .other, "fault": .other,
            "issue": .other, "problem": .other, "line": .other, "result": .other, "solution": .other, "feedback": .other,
        ],
        we: ["we", "i", "we'll", "i'll", "we're", "i'm", "we've", "i've", "we'd", "i'd"],
        receiving: [
            "expect", "know", "receive", "hear", "get", "have", "contacted", "refunded", "credited", "notified", "called", "reimbursed",
            "informed",
            "see",
            "updated", "be",
        ],
        asking: ["please", "kindly", "appreciate", "need", "require", "must", "wait", "bear", "grateful"],
        concerns: [
            "bug", "error", "glitch", "service", "site", "page", "store", "shop", "mailbox", "password", "card", "number", "certificate",
            "backup",
            "report", "letter", "documents", "phone", "query", "application", "booking", "profile", "data", "they", "he", "she", "fee",
            "refund", "fault", "order", "parcel",
            "our", "my", "your", "you", "team", "colleague", "someone", "somebody", "engineer", "everything", "this", "it", "us", "me",
            "all", "both", "line",
            "system", "server", "account", "domain", "contract", "invoice", "ticket", "case", "request", "claim", "complaint", "decision",
            "website",
        ],
        negations: [
            "not", "no", "never", "won't", "can't", "cannot", "unable", "don't", "doesn't", "didn't", "isn't", "aren't", "nobody",
            "neither", "nothing", "without", "wouldn't", "couldn't",
        ],
        conditions: ["if", "unless", "provided", "providing", "once", "when", "whether", "assuming", "until", "otherwise"],
        questions: ["whether"],
        tentative: [
            "aim", "aiming", "aims", "hopes", "expects", "tries", "hope", "hoping", "hopefully", "expect", "expected", "expecting",
            "try", "trying", "planning", "planned", "should", "probably",
            "likely", "might", "may", "could", "can", "would", "think", "estimated", "perhaps", "possibly", "believe", "ideally", "usually",
            "want", "intend",
            "we'd", "i'd", "maybe", "anticipate",
        ],
        states: [
            "opens", "closes", "suggest", "suggests", "propose", "insured",
            "mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays", "weekly", "monthly", "earliest", "soonest",
            "always", "typically", "generally", "renews", "lapse", "lapses", "applies", "effect", "redeemed", "accepted",
            "starts", "begins", "runs", "strike", "wish", "wishing", "eligible", "entitled",
            "closed", "valid", "remain", "stay", "expire", "expires", "ends", "reserve", "reserved",
            "offline",
            "away", "vacation", "due", "lasts", "waiting", "each",
            "every", "daily", "usually",
            "normally", "sale", "prices",
        ],
        topics: [
            "price", "open", "available", "end", "holiday", "maintenance", "office", "hours", "extend", "extended", "charge", "charged",
            "offer",
            "discount", "last", "renew", "apply",
        ],
        past: [
            "began", "broke", "fell", "found", "gave", "kept", "knew", "lost", "made", "met", "ran", "rang", "saw", "took", "thought",
            "stood",
            "held", "heard", "brought", "bought", "felt", "became", "spent", "chose", "drove", "wasn't", "weren't",
            "was", "were", "had", "did", "sent", "shipped", "called", "delivered", "dispatched", "received", "arrived", "wrote", "said",
            "told", "promised", "got",
            "came", "went", "spoke", "yesterday", "ago", "tried", "posted", "emailed", "left", "asked", "been", "replied", "refunded",
            "paid", "credited",
        ],
        arranged: ["scheduled", "booked", "arranged", "set", "confirmed", "organised", "organized", "planned", "noted", "pencilled"],
        future: [
            "will", "we'll", "i'll", "you'll", "they'll", "it'll", "he'll", "she'll", "shall", "going", "gonna", "that'll", "there'll",
        ],
        conjunctions: ["and", "but", "because", "that", "which", "so", "although", "though", "while", "who"])
}
