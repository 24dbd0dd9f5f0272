/// A piece of a page: literals are markup, everything interpolated is escaped, byte by byte.
///
/// ```swift
/// let row: HTML = """
///     <li><a href="\(href: link)">\(subject)</a></li>
///     """
/// ```
/// Two rules the compiler cannot hold: attribute values stand in quotes, and a URL goes in through `href:`.
struct HTML: ExpressibleByStringInterpolation, Equatable, Sendable {
    /// The markup as UTF-8.
    private(set) var bytes: [UInt8]

    init() { bytes = [] }

    init(stringLiteral markup: String) { bytes = Array(markup.utf8) }

    init(stringInterpolation: StringInterpolation) { bytes = stringInterpolation.bytes }

    /// Markup that this program made and checked itself, such as a sanitised mail. Never a person's text.
    init(trusted markup: some Sequence<UInt8>) { bytes = Array(markup) }

    /// A person's text, escaped.
    init(text: String) {
        bytes = []
        HTML.escape(text, into: &bytes)
    }

    var isEmpty: Bool { bytes.isEmpty }

    /// The markup as a string, for mails and tests.
    var string: String { String(decoding: bytes, as: UTF8.self) }

    static func += (page: inout HTML, piece: HTML) { page.bytes.append(contentsOf: piece.bytes) }

    /// The pieces one after the other, with `separator` between them.
    static func joined(_ pieces: some Sequence<HTML>, separator: HTML = HTML()) -> HTML {
        var page = HTML()
        for (index, piece) in pieces.enumerated() {
            if index > 0 { page += separator }
            page += piece
        }
        return page
    }
}

extension HTML {
    /// Collects a page's bytes. The overloads are few, so that type checking a long page stays fast.
    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate(set) var bytes: [UInt8] = []

        init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        mutating func appendLiteral(_ markup: String) {
            var markup = markup
            // a block of memory is copied at once, a String.UTF8View is not
            markup.withUTF8 { bytes.append(contentsOf: $0) }
        }

        mutating func appendInterpolation(_ text: String) { HTML.escape(text, into: &bytes) }

        mutating func appendInterpolation(_ text: String?) {
            if let text { HTML.escape(text, into: &bytes) }
        }

        mutating func appendInterpolation(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }

        mutating func appendInterpolation(_ piece: HTML) { bytes.append(contentsOf: piece.bytes) }

        mutating func appendInterpolation(_ piece: HTML?) {
            if let piece { bytes.append(contentsOf: piece.bytes) }
        }

        /// One piece for each element: `\(each: tickets, row)`.
        mutating func appendInterpolation<Elements: Sequence>(each elements: Elements, _ piece: (Elements.Element) -> HTML) {
            for element in elements { bytes.append(contentsOf: piece(element).bytes) }
        }

        /// The value of an `href`, `src` or `action`: `#` unless the URL is one that can be trusted not to run anything.
        mutating func appendInterpolation(href url: String) { HTML.escape(HTML.isSafeLink(url) ? url : "#", into: &bytes) }

        /// A boolean attribute, with the space before it: `<input type="checkbox"\(attribute: "checked", if: isChosen)>`.
        mutating func appendInterpolation(attribute name: StaticString, if isPresent: Bool) {
            guard isPresent else { return }
            bytes.append(UInt8(ascii: " "))
            name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        }

        /// An attribute that is left out when there is no value, with the space before it: `<p\(attribute: "lang", language)>`.
        mutating func appendInterpolation(attribute name: StaticString, _ value: String?) {
            guard let value else { return }
            appendInterpolation(attribute: name, if: true)
            bytes.append(contentsOf: "=\"".utf8)
            HTML.escape(value, into: &bytes)
            bytes.append(UInt8(ascii: "\""))
        }
    }
}

extension HTML {
    /// By byte, not by `Character`: a quote followed by a combining mark is one `Character`, and would slip through.
    fileprivate static func escape(_ text: String, into out: inout [UInt8]) {
        var text = text
        text.withUTF8 { source in
            var start = 0
            for index in 0..<source.count where isSpecial(source[index]) {
                guard let entity = entity(source[index]) else { continue }
                out.append(contentsOf: UnsafeBufferPointer(rebasing: source[start..<index]))
                entity.withUTF8Buffer { out.append(contentsOf: $0) }
                start = index + 1
            }
            out.append(contentsOf: UnsafeBufferPointer(rebasing: source[start..<source.count]))
        }
    }

    /// Whether a byte may have an entity: one look for the many that have none.
    @inline(__always)
    private static func isSpecial(_ byte: UInt8) -> Bool { byte < 64 && specials >> UInt64(byte) & 1 == 1 }

    /// A bit for each of `" & ' < >`.
    private static let specials: UInt64 = 1 << 0x22 | 1 << 0x26 | 1 << 0x27 | 1 << 0x3C | 1 << 0x3E

    private static func entity(_ byte: UInt8) -> StaticString? {
        switch byte {
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }

    /// `http`, `https`, `mailto`, a path on this server, or `tel` with digits alone: a telephone may act on `*` and `#` without asking.
    ///
    /// Spaces and controls are refused: browsers drop some of them before they look at the scheme (WHATWG URL, 4.4).
    static func isSafeLink(_ url: String) -> Bool {
        var url = url
        return url.withUTF8 { bytes in
            guard !bytes.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else { return false }
            if bytes.first == UInt8(ascii: "/") {
                // "//host" and "/\host" name another server.
                return bytes.count == 1 || (bytes[1] != UInt8(ascii: "/") && bytes[1] != UInt8(ascii: "\\"))
            }
            let start = bytes.prefix(8).map(lowercased)
            if start.starts(with: "tel:".utf8) {
                return bytes.count > 4 && bytes.dropFirst(4).allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "+") }
            }
            return ["http://", "https://", "mailto:"].contains { start.starts(with: $0.utf8) }
        }
    }
}

/// ASCII lower case of one byte.
@inline(__always)
func lowercased(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
}
