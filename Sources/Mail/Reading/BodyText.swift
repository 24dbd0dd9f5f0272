/// One stretch of a mail's text, in one or both of its forms.
struct BodyText {
    var plain: String?
    var html: String?
    /// Only to be shown when there is no other text.
    var isFallback = false

    /// The best of `multipart/alternative`: the first child in plain text together with the last in HTML (RFC 2046 section 5.1.4).
    static func chosen(from children: [[BodyText]]) -> [BodyText] {
        let html = children.last { $0.contains { $0.html != nil } }
        let plain = children.first { child in child.contains { $0.plain != nil } && !child.contains { $0.html != nil } }
        guard let html else { return plain ?? [] }
        guard let plain else { return html }
        return [BodyText(plain: plain.compactMap(\.plain).joined(separator: "\n"), html: html.map(\.markup).joined(separator: "\n"))]
    }

    /// All stretches one below the other, as text and, if any was HTML, as HTML.
    static func joined(_ all: [BodyText]) -> (text: String, html: String?) {
        let filled = all.filter { !isBlank($0.plain) || !isBlank($0.html) }
        let first = filled.filter { !$0.isFallback }
        let texts = first.contains { !isBlank($0.readable) } ? first : filled
        let text = texts.map(\.readable).filter { !isBlank($0) }.joined(separator: "\n")
        let html = texts.contains { !isBlank($0.html) || isMarkup($0.plain ?? "") } ? texts.map(\.markup).joined(separator: "\n") : nil
        return (text, html)
    }

    /// The plain form unless it is missing, empty or only says to look at the other one.
    private var readable: String {
        if let plain, !Self.isBlank(plain) {
            if Self.isMarkup(plain) { return HTMLText.plain(from: plain) }
            if html == nil || !isStub(plain) { return plain }
        }
        return html.map { HTMLText.plain(from: $0) } ?? ""
    }

    private var markup: String {
        if let html { return html }
        guard let plain else { return "" }
        return Self.isMarkup(plain) ? plain : "<pre>" + HTMLEntities.escaped(plain) + "</pre>"
    }

    private static func isBlank(_ text: String?) -> Bool {
        text?.unicodeScalars.allSatisfy { $0.properties.isWhitespace || Invisible.contains($0) } ?? true
    }

    /// HTML that was declared as plain text.
    private static func isMarkup(_ text: String) -> Bool {
        let start = ASCII.lowercased(ASCII.trimmed(text.prefix(200)))
        return start.hasPrefix("<!doctype html") || start.hasPrefix("<html")
    }

    /// A few words such as "Your mail client does not support HTML" before a much longer HTML part.
    private func isStub(_ plain: String) -> Bool {
        guard plain.utf8.count < 500, let html, html.utf8.count > plain.utf8.count else { return false }
        let words = ASCII.lowercased(plain)
        let mentionsHTML = words.contains("html") || words.contains("browser")
        return mentionsHTML && Self.stubPhrases.contains { words.contains($0) }
    }

    private static let stubPhrases = [
        "does not support", "doesn't support", "not support html", "cannot display", "can't display", "unable to display", "html format",
        "html version",
        "html-format", "html-version", "html-fähig", "html fähig", "html-fahig", "kein html", "keine html", "html-ansicht", "html ansicht",
        "html-mail",
        "nicht unterstützt", "nicht korrekt dargestellt", "nicht richtig dargestellt", "nicht anzeigen", "in your browser",
        "in ihrem browser",
        "im browser", "ne supporte pas", "enable html",
    ]
}
