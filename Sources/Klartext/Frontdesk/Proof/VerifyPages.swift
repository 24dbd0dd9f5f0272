import Foundation

/// The page on which anybody can have a receipt checked.
extension FrontdeskPages {
    struct VerifyPage: Sendable {
        var form = VerifyForm(document: "")
        var signed: SignedReceipt?
        var verdict: ReceiptVerdict?
        var problem: VerifyForm.Problem?
    }

    func verify(_ page: VerifyPage, _ visit: Visit) -> HTML {
        let t = voices[visit.language]
        let body: HTML = """
            <div class="stack tight">
            <h1>\(t(.verifyHeading))</h1>
            <p class="lead">\(t(.verifyLead))</p>
            </div>
            \(page.problem.map { alert(t(.verifyNothing), [sentence($0, t)]) })
            \(page.verdict.map { verdict($0, page, t) })
            \(form(page, visit, t))
            <p class="small muted">\(t.html(.verifyOffline, ["command": "<code>klartext verify</code>", "keys": keysLink(t)]))</p>
            """
        let title = page.verdict.map { heading($0, t) } ?? t(.verifyTitle)
        let path = page.signed.map(Self.verifyPath) ?? "/verify"
        return layout.page(
            PublicPage(title: title, path: path, scripts: ["localtime"], isPrivate: page.signed != nil, body: body), for: visit, t)
    }

    private func keysLink(_ t: Voice) -> HTML { "<a href=\"\(href: VerifyRoutes.keysPath)\">\(t(.verifyKeys))</a>" }

    private func form(_ page: VerifyPage, _ visit: Visit, _ t: Voice) -> HTML {
        """
        <form class="panel stack" method="post" action="\(href: visit.link("/verify"))" enctype="multipart/form-data">
        <div class="field">
        <label for="receipt">\(t(.verifyReceipt))</label>
        <p class="hint" id="receipt-hint">\(t(.verifyReceiptHint))</p>
        <textarea id="receipt" name="receipt" rows="5" maxlength="\(FlatJSON.mostBytes)" spellcheck="false" autocomplete="off" \
        aria-describedby="receipt-hint" class="mono">
        \(page.form.document)</textarea>
        </div>
        \(chooser("receiptFile", t(.verifyReceiptFile), hint: t(.verifyReceiptFileHint), accept: ".json,application/json"))
        \(chooser("file", t(.verifyFile), hint: t(.verifyFileHint, ["limit": t.moments.size(bytes: rules.fileBytes)])))
        <div class="form-end"><button class="btn primary">\(t(.verifyButton))</button></div>
        </form>
        """
    }

    private func chooser(_ name: String, _ label: String, hint: String, accept: String? = nil) -> HTML {
        """
        <div class="field">
        <label for="\(name)">\(label)</label>
        <p class="hint" id="\(name)-hint">\(hint)</p>
        <input type="file" id="\(name)" name="\(name)" aria-describedby="\(name)-hint"\(attribute: "accept", accept)>
        </div>
        """
    }

    private func sentence(_ problem: VerifyForm.Problem, _ t: Voice) -> String {
        switch problem {
        case .receipt(.empty): t(.verifyProblemEmpty)
        case .receipt(.notJSON): t(.verifyProblemNotJSON)
        case .receipt(.notAReceipt): t(.verifyProblemNotAReceipt)
        case .receipt(.otherFormat(let format)): t(.verifyProblemOtherFormat, ["format": format])
        case .receipt(.badMember(let name)): t(.verifyProblemBadMember, ["name": name])
        case .fileTooLarge: t(.verifyProblemFileTooLarge, ["limit": t.moments.size(bytes: rules.fileBytes)])
        case .tooMany(let until): tooMany(until: until, t)
        }
    }

    // MARK: The verdict

    private func heading(_ verdict: ReceiptVerdict, _ t: Voice) -> String {
        switch (verdict.signature, verdict.file) {
        case (.genuine, .notGiven): t(.verifyGenuine)
        case (.genuine, .same): t(.verifySame)
        case (.genuine, .other): t(.verifyOther)
        case (.forged, _): t(.verifyForged)
        case (.unknownKey, _): t(.verifyUnknown)
        }
    }

    private func verdict(_ verdict: ReceiptVerdict, _ page: VerifyPage, _ t: Voice) -> HTML {
        let (tone, icon) = tone(verdict)
        return """
            <div class="notice \(tone)" role="status" aria-labelledby="verdict">
            \(layout.icon(icon))
            <h2 id="verdict">\(heading(verdict, t))</h2>
            \(each: sentences(verdict, page, t), { "<p>\($0)</p>\n" })</div>
            \(page.signed.map { says($0, verdict, t) })
            """
    }

    private func tone(_ verdict: ReceiptVerdict) -> (class: String, icon: String) {
        if verdict.isGood { return ("is-ok", "check") }
        return verdict.signature == .unknownKey ? ("is-warn", "alert") : ("is-bad", "stop")
    }

    private func sentences(_ verdict: ReceiptVerdict, _ page: VerifyPage, _ t: Voice) -> [String] {
        switch verdict.signature {
        case .genuine(let key): [genuine(key, t)] + file(verdict, page.form.file, t)
        case .forged: [t(.verifyForgedText)]
        case .unknownKey: unknown(verdict.receipt, t)
        }
    }

    private func genuine(_ key: ReceiptKey, _ t: Voice) -> String {
        guard let until = key.until else { return t(.verifyGenuineText, ["key": key.id, "since": t.moments.day(key.since)]) }
        return t(.verifyGenuineOldText, ["key": key.id, "since": t.moments.day(key.since), "until": t.moments.day(until)])
    }

    private func file(_ verdict: ReceiptVerdict, _ file: VerifyForm.File?, _ t: Voice) -> [String] {
        switch verdict.file {
        case .notGiven: [t(.verifyFileMissing)]
        case .same: [t(.verifySameText, ["name": file?.name ?? ""])]
        case .other(let sha256, let size):
            [t(.verifyOtherText, ["name": file?.name ?? "", "size": t.moments.size(bytes: size), "digest": sha256])]
        }
    }

    /// Whether we should know the key.
    private func unknown(_ receipt: FileReceipt, _ t: Voice) -> [String] {
        receipt.url == links.base
            ? [t(.verifyUnknownOurs, ["key": receipt.key])]
            : [t(.verifyUnknownOther, ["key": receipt.key, "company": receipt.company, "url": receipt.url])]
    }

    /// What a genuine receipt says. What one that is not genuine says is not repeated in our name.
    private func says(_ signed: SignedReceipt, _ verdict: ReceiptVerdict, _ t: Voice) -> HTML {
        guard case .genuine(let key) = verdict.signature else { return HTML() }
        return section("says", t(.verifySays), facts(signed, key, t))
    }
}
