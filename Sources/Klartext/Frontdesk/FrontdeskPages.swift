import Crypto
import Foundation
import Mail

/// What customers see on the web. One file for each page; here is what they share.
struct FrontdeskPages: Sendable {
    var layout: PublicLayout
    var voices: Voices
    var links: TicketLinks
    /// Signs what forms carry with them.
    var seal: Seal
    var rules: FormRules
    /// Where customers write by mail.
    var supportAddress: String
    /// When somebody is there; nil says nothing of it.
    var policy: ContactPolicy?

    /// Signs files that wait in a form.
    let uploadKey: SymmetricKey

    init(
        layout: PublicLayout, voices: Voices, links: TicketLinks, seal: Seal, rules: FormRules, supportAddress: String,
        policy: ContactPolicy? = nil
    ) {
        (self.layout, self.voices, self.links, self.seal, self.rules) = (layout, voices, links, seal, rules)
        (self.supportAddress, self.policy) = (supportAddress, policy)
        uploadKey = seal.derivedKey(UploadTicket.formPurpose)
    }

    var company: String { layout.company }

    /// A section with a heading.
    func section(_ id: String, _ heading: String, _ body: HTML) -> HTML {
        """
        <section class="stack tight" aria-labelledby="\(id)">
        <h2 id="\(id)">\(heading)</h2>
        \(body)
        </section>
        """
    }

    func notice(_ tone: String, _ icon: String, _ body: HTML) -> HTML {
        """
        <div class="notice \(tone)" role="status">
        \(layout.icon(icon))
        \(body)
        </div>
        """
    }

    /// A button that copies what stands in another element; a script shows it where copying works.
    func copyButton(of id: String, _ label: String, _ t: Voice) -> HTML {
        """
        <button type="button" class="btn compact" hidden data-copy="\(id)" data-copied="\(t(.siteCopied))">\(layout.icon("copy")) \(label)</button>
        """
    }

    /// The private link, to be kept.
    func keep(_ ticket: Ticket, _ visit: Visit, _ t: Voice) -> HTML {
        """
        <section class="keep stack tight" aria-labelledby="keep">
        <h2 id="keep">\(t(.statusKeep))</h2>
        <p class="small muted">\(t(.statusKeepHint))</p>
        <a class="keep-link" id="private-link" href="\(href: visit.link(links.path(ticket)))">\(links.url(ticket))</a>
        <div class="cluster">
        \(copyButton(of: "private-link", t(.statusCopyLink), t))
        </div>
        </section>
        """
    }

    /// Files with their receipts: name, size, time and the whole SHA-256.
    /// - Parameter receipted: those that have a signed receipt.
    func receipts(_ files: [Attachment], receipted: Set<Int64>, of ticket: Ticket, _ visit: Visit, _ t: Voice) -> HTML {
        "<ul class=\"rows\">\n\(each: files, { receipt($0, isReceipted: receipted.contains($0.id), of: ticket, visit, t) })</ul>"
    }

    private func receipt(_ file: Attachment, isReceipted: Bool, of ticket: Ticket, _ visit: Visit, _ t: Voice) -> HTML {
        let path = visit.link("\(links.path(ticket))/receipts/\(file.id)")
        let link: HTML = "<a class=\"receipt-link\" href=\"\(href: path)\">\(t(.receiptLink))<span class=\"vh\">: \(file.name)</span></a>"
        return """
            <li class="stack tight">
            <div class="cluster spread"><a class="file-name" href="\(href: "\(links.path(ticket))/files/\(Int(file.id))")">\(file.name)</a> \
            <span class="receipt">\(t.moments.size(bytes: file.sizeBytes))\(isReceipted ? " · \(link)" : HTML())</span></div>
            <details class="fold">
            <summary>\(t.html(.statusReceived, ["time": t.stamp(file.addedAt), "digest": HTML(text: Self.beginning(of: file.digest))]))</summary>
            <code class="digest">\(file.digest)</code>
            </details>
            </li>

            """
    }

    /// `9f2c 41ab …`: enough to compare at a glance.
    private static func beginning(of digest: String) -> String { "\(digest.prefix(4)) \(digest.dropFirst(4).prefix(4)) …" }

    /// A text that somebody wrote, its quotations and signature folded away.
    func prose(_ text: String, _ t: Voice) -> HTML {
        HTML.joined(
            Quoting.fold(text).segments.map { segment in
                let content = segment.trimmed
                if content.isBlank { return HTML() }
                return switch segment {
                case .text: "<div class=\"prose\">\(content)</div>\n"
                case .quote: fold(t(.statusQuote), content)
                case .signature: fold(t(.statusSignature), content)
                }
            })
    }

    private func fold(_ label: String, _ text: String) -> HTML {
        """
        <details class="fold">
        <summary>\(label)</summary>
        <div class="quote prose">\(text)</div>
        </details>

        """
    }
}
