import Foundation
import Mail

/// A received mail as it came, read for showing.
struct OriginalMail: Sendable {
    let entry: InboxEntry
    /// The first bytes, of which people read.
    let start: [UInt8]
    /// Nil when it does not have the form of a mail. The bytes of its files are no longer to be had.
    let email: Email?
    /// The pictures that came with it, by the names that its HTML gives them, where they were asked for.
    let pictures: [String: Picture]

    static let startBytes = 100_000

    struct Picture: Sendable {
        var type: String
        var bytes: [UInt8]
    }

    /// Where its pages are.
    struct Place: Sendable {
        var path: String
        var back: String
        var backLabel: String
        var sender: String
    }

    /// Pictures of the mail itself stand in the document, so that the frame needs neither cookies nor addresses of ours.
    static let mostInlineBytes = 4_000_000

    /// What the frame may do: show, and nothing else.
    static func policy(showsImages: Bool) -> String {
        "sandbox; default-src 'none'; img-src 'self' data:\(showsImages ? " https:" : ""); style-src 'self'; frame-ancestors 'self'"
    }

    /// How many pictures from the network the mail would fetch.
    var blockedImages: Int { email?.html.map { SafeHTML.clean($0, images: .blocked).blockedImages } ?? 0 }

    /// The document in the frame: the cleaned HTML, else the text, else the bytes.
    func document(style: String, showsImages: Bool) -> HTML {
        """
        <!doctype html>
        <html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>\
        \(email?.subject)</title>
        <link rel="stylesheet" href="\(href: style)"></head>
        <body><main class="wrap">\(content(showsImages: showsImages))</main></body></html>

        """
    }

    private func content(showsImages: Bool) -> HTML {
        guard let html = email?.html else { return "<div class=\"prose\">\(email?.text ?? rawText)</div>" }
        let cleaned = SafeHTML.clean(html, images: showsImages ? .allowed : .blocked) { id in picture(id) }
        return HTML(trusted: cleaned.html.utf8)
    }

    /// A picture that came with the mail, as the text of a `data:` URL (RFC 2397).
    private func picture(_ id: String) -> String? {
        pictures[id].map { "data:\($0.type);base64,\(Data($0.bytes).base64EncodedString())" }
    }

    /// The pictures of a mail that its document may show. Blocks where they lie on a disk.
    static func pictures(of email: Email) throws -> [String: Picture] {
        guard email.html != nil else { return [:] }
        var pictures: [String: Picture] = [:]
        for part in email.attachments {
            guard let id = part.contentID, pictures[id] == nil, part.content.sizeBytes <= mostInlineBytes,
                ["image/png", "image/jpeg", "image/gif", "image/webp"].contains(part.contentType)
            else { continue }
            pictures[id] = Picture(type: part.contentType, bytes: try part.content.bytes())
        }
        return pictures
    }

    /// The beginning of the bytes as text.
    private var rawText: String { String(repairing: start) }

    /// The header as it came, without the body.
    var header: String {
        // what a person reads; the whole mail can be downloaded
        let start = start.prefix(64_000)
        var end = start.count
        for index in start.indices where start[index] == 0x0A {
            let next = start.dropFirst(index + 1).first { $0 != 0x0D }
            if next == 0x0A {
                end = index
                break
            }
        }
        return String(repairing: start.prefix(end).filter { $0 != 0x0D })
    }
}

extension WorkspacePages {
    func original(_ mail: OriginalMail, at place: OriginalMail.Place, showsImages: Bool) -> DeskPage {
        DeskPage(
            title: t(.deskOriginalTitle),
            body: """
                <div class="narrow stack">
                \(back(place.back, HTML(text: place.backLabel)))
                <h1>\(t(.deskOriginalTitle))</h1>
                \(about(mail, place, showsImages))
                <iframe class="original" sandbox title="\(t(.deskOriginalFrame, ["name": place.sender]))" \
                src="\(href: place.path)/original/frame\(showsImages ? "?images=1" : "")"></iframe>
                <p><a href="\(href: place.path)/raw">\(t(.deskOriginalDownload, ["size": t.moments.size(bytes: mail.entry.sizeBytes)]))</a></p>
                </div>
                """)
    }

    /// What the frame keeps out, and how to let pictures in.
    private func about(_ mail: OriginalMail, _ place: OriginalMail.Place, _ showsImages: Bool) -> HTML {
        if mail.email == nil { return notice("warn", icon: "alert", "<p>\(t(.deskOriginalUnreadable))</p>") }
        let count = mail.blockedImages
        if showsImages {
            return notice(
                "info", icon: "lock",
                """
                <p>\(t(.deskOriginalLockedWithImages))</p>
                <a class="btn compact" href="\(href: place.path)/original">\(t(.deskOriginalUnload))</a>
                """)
        }
        guard count > 0 else { return notice("info", icon: "lock", "<p>\(t(.deskOriginalLocked))</p>") }
        return notice(
            "info", icon: "lock",
            """
            <p>\(t(.deskOriginalLocked)) \(t(.deskOriginalBlocked, count: count))</p>
            <a class="btn compact" href="\(href: place.path)/original?images=1">\(t(.deskOriginalLoad))</a>
            """)
    }

    /// Asks where a message is to go.
    func move(_ message: Message, typed: String = "", _ refusal: TicketRefusal? = nil) -> DeskPage {
        let path = message.ticket.deskPath
        let described = refusal == nil ? "target-hint" : "target-hint target-error"
        return DeskPage(
            title: t(.deskMoveTitle),
            body: """
                <div class="narrow stack">
                \(back(path, number(message.ticket)))
                <h1>\(t(.deskMoveTitle))</h1>
                <div class="message from-customer"><p><strong>\(message.displayName)</strong>, \(when(message.writtenAt))</p>
                \(folded(message.body))</div>
                <form class="panel stack" method="post" action="\(href: path)/messages/\(Int(message.id))/move">
                <div class="field\(refusal == nil ? "" : " invalid")">
                <label for="target">\(t(.deskMoveTarget))</label>
                <p class="hint" id="target-hint">\(t(.deskMoveHint))</p>
                \(refusal.map { error(text($0), id: "target-error") })
                <input type="text" id="target" name="target" inputmode="numeric" autocomplete="off" maxlength="32" required \
                value="\(typed)" \
                aria-describedby="\(described)"\(attribute: "aria-invalid", refusal == nil ? nil : "true")>
                </div>
                <div class="form-end"><button class="btn primary">\(t(.deskTicketMove))</button> <a class="back" href="\(href: path)">\
                \(t(.deskMoveCancel))</a></div>
                </form>
                </div>
                """)
    }
}
