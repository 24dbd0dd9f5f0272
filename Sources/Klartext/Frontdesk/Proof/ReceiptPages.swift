import Foundation

/// A receipt on the screen and on paper.
extension FrontdeskPages {
    /// A receipt with the key that signed it.
    struct Proof: Sendable {
        var signed: SignedReceipt
        var key: ReceiptKey
    }

    /// The receipt of a file, on the customer's own pages.
    /// - Parameter path: where this page is found.
    func receipt(_ proof: Proof, of ticket: Ticket, path: String, _ visit: Visit) -> HTML {
        let t = voices[visit.language]
        let body: HTML = """
            <p class="no-print"><a class="back" href="\(href: visit.link(links.path(ticket)))">\(layout.icon("left")) \(t(.receiptBack))</a></p>
            \(head(proof, t))
            <div class="cluster no-print">
            <a class="btn primary" href="\(href: "\(path)/download")">\(layout.icon("file")) \(t(.receiptDownload))</a>
            <a class="btn" href="\(href: visit.link(Self.sheetPath(proof.signed)))">\(layout.icon("print")) \(t(.receiptSheet))</a>
            </div>
            \(facts(proof.signed, proof.key, t))
            \(section("why", t(.receiptWhyHeading), "<p>\(t(.receiptWhy))</p>"))
            """
        let page = PublicPage(title: title(proof, t), path: path, scripts: ["localtime"], isPrivate: true, body: body)
        return layout.page(page, for: visit, t)
    }

    /// The receipt as a sheet of paper. Everybody may have it who has the receipt: it knows nothing else, so that neither the code nor the address
    /// that browsers print beside it opens the customer's page to whoever finds the paper.
    func sheet(_ proof: Proof, _ visit: Visit) -> HTML {
        let t = voices[visit.language]
        let body: HTML = """
            <article class="sheet stack">
            \(head(proof, t))
            <p class="no-print"><button type="button" class="btn primary" data-print hidden>\(layout.icon("print")) \(t(.receiptPrint))</button></p>
            \(facts(proof.signed, proof.key, t))
            \(code(proof.signed, t))
            </article>
            """
        let page = PublicPage(
            title: title(proof, t), path: Self.sheetPath(proof.signed), scripts: ["print"], isPrivate: true, body: body)
        return layout.page(page, for: visit, t)
    }

    private func title(_ proof: Proof, _ t: Voice) -> String { t(.receiptTitle, ["name": proof.signed.receipt.fileName]) }

    private func head(_ proof: Proof, _ t: Voice) -> HTML {
        """
        <div class="stack tight">
        <h1>\(t(.receiptHeading))</h1>
        <p class="lead">\(t(.receiptLead, ["company": proof.signed.receipt.company]))</p>
        </div>
        """
    }

    /// What a receipt says, and by what it can be checked.
    func facts(_ signed: SignedReceipt, _ key: ReceiptKey, _ t: Voice) -> HTML {
        let receipt = signed.receipt
        let exactly: HTML = "<small>\(t(.receiptBytes, ["count": "\(receipt.sizeBytes)"]))</small>"
        let size: HTML = "\(t.moments.size(bytes: receipt.sizeBytes))\(receipt.sizeBytes < 1000 ? HTML() : exactly)"
        let time: HTML = "\(t.time(receipt.receivedAt)) <small>\(ReceiptTime.text(receipt.receivedAt))</small>"
        let rows: [(label: String, value: HTML)] = [
            (t(.receiptFile), "<strong class=\"file-name\">\(receipt.fileName)</strong>"), (t(.receiptSize), size),
            (t(.receiptReceived), time),
            (t(.receiptTicket), "<span class=\"number\">#\(receipt.ticket)</span>"),
            (t(.receiptIssuer), "\(receipt.company)<br><span class=\"digest\">\(receipt.url)</span>"),
            ("SHA-256", digest(receipt.sha256)), (t(.receiptKey), digest(receipt.key)),
            (t(.receiptPublicKey), digest(Data(key.publicKey).base64EncodedString())),
            (t(.receiptSignature), digest(Data(signed.signature).base64EncodedString())),
        ]
        return "<dl class=\"particulars panel\">\n\(each: rows, { "<div><dt>\($0.label)</dt><dd>\($0.value)</dd></div>\n" })</dl>"
    }

    private func digest(_ text: String) -> HTML { "<code class=\"digest\">\(text)</code>" }

    /// The whole receipt as a code: it is good as long as the paper is, and tells nothing that the paper does not.
    private func code(_ signed: SignedReceipt, _ t: Voice) -> HTML {
        let address = signed.receipt.url + Self.verifyPath(signed)
        let host: HTML = "<strong>\(signed.receipt.url)/verify</strong>"
        let picture = QRCode(address)?.svg(label: t(.receiptCode))
        return """
            <section class="code" aria-labelledby="code">
            \(picture)
            <div class="stack tight">
            <h2 id="code">\(t(.receiptCode))</h2>
            <p>\(t.html(.receiptCodeText, ["address": host]))</p>
            <p class="small muted">\(t(.receiptCodeNothing))</p>
            </div>
            </section>
            """
    }

    static func verifyPath(_ signed: SignedReceipt) -> String { "/verify?receipt=\(Base64URL.encode(signed.document))" }
    static func sheetPath(_ signed: SignedReceipt) -> String { "/verify/sheet?receipt=\(Base64URL.encode(signed.document))" }
}
