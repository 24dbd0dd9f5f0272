import Foundation

/// HTML mail made harmless: only known tags, balanced, with a handful of checked attributes; every other byte is escaped again.
///
/// The result is meant for a sandboxed frame without scripts, and does not rely on it. Style sheets, classes, ids, forms and event
/// handlers are gone.
public enum SafeHTML {
    /// What happens to pictures that would be fetched from somewhere, which tells the sender when and where his mail was read.
    public enum RemoteImages: Sendable {
        case blocked
        /// Fetched over https only.
        case allowed
    }

    /// Cleans a mail's HTML for display.
    ///
    /// - Parameters:
    ///   - images: whether remote pictures may be fetched.
    ///   - cidURL: our address for a picture that came with the mail, by its `Content-ID`; nil leaves only its description.
    /// - Returns: the cleaned HTML, a fragment, and how many remote pictures were left out.
    public static func clean(
        _ html: String, images: RemoteImages = .blocked, cidURL: (String) -> String? = { _ in nil }
    ) -> (html: String, blockedImages: Int) {
        var html = html
        return html.withUTF8 { bytes in
            withoutActuallyEscaping(cidURL) { cidURL in
                var writer = SafeHTMLWriter(bytes, skipsHidden: true, images: images, cidURL: cidURL)
                writer.run()
                if writer.hidTheRest {
                    writer = SafeHTMLWriter(bytes, skipsHidden: false, images: images, cidURL: cidURL)
                    writer.run()
                }
                return (String(decoding: writer.output, as: UTF8.self), writer.blockedImages)
            }
        }
    }
}

private struct SafeHTMLWriter {
    private(set) var output: [UInt8] = []
    private(set) var blockedImages = 0
    private var reader: HTMLReader
    private var open: [String] = []
    private let images: SafeHTML.RemoteImages
    private let cidURL: (String) -> String?
    /// Browsers nest elements without end and become slow; beyond this depth only the text is kept.
    private static let depthLimit = 64

    var hidTheRest: Bool { reader.hidTheRest }

    init(_ bytes: UnsafeBufferPointer<UInt8>, skipsHidden: Bool, images: SafeHTML.RemoteImages, cidURL: @escaping (String) -> String?) {
        reader = HTMLReader(bytes, skipsHidden: skipsHidden)
        output.reserveCapacity(bytes.count)
        self.images = images
        self.cidURL = cidURL
    }

    mutating func run() {
        while let token = reader.next() {
            switch token {
            case .text(let range): text(range)
            case .start(let element): start(element)
            case .end(let element): close(element.name)
            }
        }
        while let name = open.popLast() { output.append(contentsOf: "</\(name)>".utf8) }
    }

    private mutating func text(_ range: Range<Int>) {
        let bytes = reader.bytes
        var index = range.lowerBound
        while index < range.upperBound {
            if bytes[index] == 0x26, let found = HTMLEntities.scalar(bytes, at: index, end: range.upperBound) {
                for byte in String(found.scalar).utf8 { HTMLEntities.append(byte, to: &output) }
                index = found.next
            } else {
                HTMLEntities.append(bytes[index], to: &output)
                index += 1
            }
        }
    }

    private mutating func start(_ element: HTMLElement) {
        guard element.traits.contains(.allowed) else { return }
        let name = element.name
        if name == "img" { return image() }
        if element.traits.contains(.void) {
            output.append(contentsOf: "<\(name)>".utf8)
            return
        }
        if name == "p" || name == "li" || name == "a" || name == "td" || name == "tr", open.last == name { close(name) }
        guard open.count < Self.depthLimit else { return }
        open.append(name)
        output.append(contentsOf: "<\(name)".utf8)
        attributes(of: name)
        output.append(0x3E)
    }

    private mutating func close(_ name: String) {
        guard open.contains(name) else { return }
        while let last = open.popLast() {
            output.append(contentsOf: "</\(last)>".utf8)
            if last == name { return }
        }
    }

    private mutating func attributes(of name: String) {
        if let value = reader.attribute("dir").map({ ASCII.lowercased($0) }), ["ltr", "rtl", "auto"].contains(value) { put("dir", value) }
        if let value = reader.attribute("align").map({ ASCII.lowercased($0) }), ["left", "right", "center", "justify"].contains(value) {
            put("align", value)
        }
        switch name {
        case "a":
            if let address = reader.attribute("href").flatMap(Self.link) { put("href", address) }
            output.append(contentsOf: " target=\"_blank\" rel=\"noopener noreferrer nofollow\"".utf8)
        case "td", "th":
            number("colspan", limit: 100)
            number("rowspan", limit: 100)
        case "ol": number("start", limit: 9_999)
        default: break
        }
    }

    private mutating func number(_ name: StaticString, limit: Int) {
        guard let value = reader.attribute(name).flatMap({ Int(ASCII.trimmed($0)) }), (0...limit).contains(value) else { return }
        put(name.description, String(value))
    }

    private mutating func put(_ name: String, _ value: String) {
        output.append(contentsOf: " \(name)=\"".utf8)
        for byte in value.utf8 { HTMLEntities.append(byte, to: &output) }
        output.append(0x22)
    }

    private mutating func image() {
        let source = reader.attribute("src", limit: 2 << 20).map { ASCII.trimmed($0) } ?? ""
        output.append(contentsOf: "<img".utf8)
        if let address = imageAddress(source) { put("src", address) }
        put("alt", reader.attribute("alt") ?? "")
        number("width", limit: 2_000)
        number("height", limit: 2_000)
        output.append(0x3E)
    }

    private mutating func imageAddress(_ source: String) -> String? {
        let start = ASCII.lowercased(source.prefix(32))
        if start.hasPrefix("cid:") { return cidURL(Self.unescaped(source.dropFirst(4))) }
        let types = ["png", "jpeg", "jpg", "gif", "webp"]
        if types.contains(where: { start.hasPrefix("data:image/\($0);base64,") }) { return Self.isPlain(source) ? source : nil }
        guard start.hasPrefix("http:") || start.hasPrefix("https:") || start.hasPrefix("//") else { return nil }
        if images == .allowed, start.hasPrefix("https://"), Self.isPlain(source) { return source }
        blockedImages += 1
        return nil
    }

    /// Links lead to the web, to a mailbox or to a telephone; anything that could be run is refused, however it is spelt.
    private static func link(_ address: String) -> String? {
        let text = ASCII.trimmed(address)
        let start = ASCII.lowercased(text.prefix(16))
        return isPlain(text) && ["https://", "http://", "mailto:", "tel:"].contains { start.hasPrefix($0) } ? text : nil
    }

    private static func isPlain(_ address: String) -> Bool { address.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F } }

    /// A Content-ID in a URL has its special characters percent-encoded (RFC 2392).
    private static func unescaped(_ text: Substring) -> String { text.removingPercentEncoding ?? String(text) }
}
