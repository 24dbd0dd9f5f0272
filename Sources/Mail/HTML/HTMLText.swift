/// HTML mail as plain text: what a person would type who had to write the same without markup.
///
/// Quotations get "> " in front, as in plain mail, so that `Quoting` finds them; links show their address where the text does not; lists
/// have "- " or numbers; cells of a row are separated by tabs.
public enum HTMLText {
    /// Lines end in "\n"; never empty if the HTML held any visible text.
    public static func plain(from html: String) -> String {
        var html = html
        return html.withUTF8 { bytes in
            var writer = HTMLTextWriter(bytes, skipsHidden: true)
            var text = writer.run()
            if writer.hidTheRest || (text.isEmpty && writer.hidSomething) {
                writer = HTMLTextWriter(bytes, skipsHidden: false)
                text = writer.run()
            }
            return PlainText.clean(text)
        }
    }
}

private struct HTMLTextWriter {
    private var reader: HTMLReader
    private var output: [UInt8] = []
    private var newlines = 0
    private var wantsSpace = false
    private var wantsTab = false
    private var rowHasCell = false
    private var quoteDepth = 0
    /// The quote depth of the line being written.
    private var lineDepth = 0
    private var preformatted = 0
    /// For each open list the next number, nil for bullets.
    private var lists: [Int?] = []
    private var marker: String?
    private var link: (address: String, start: Int)?
    private var paragraphIsWord = false
    /// Deeper quotes and lists are shown at this depth: layout tables and hostile mail nest without end.
    private static let depthLimit = 12

    var hidTheRest: Bool { reader.hidTheRest }
    var hidSomething: Bool { reader.hidSomething }

    init(_ bytes: UnsafeBufferPointer<UInt8>, skipsHidden: Bool) {
        reader = HTMLReader(bytes, skipsHidden: skipsHidden)
        output.reserveCapacity(bytes.count / 2)
    }

    mutating func run() -> String {
        while let token = reader.next() {
            switch token {
            case .text(let range): text(range)
            case .start(let element): start(element)
            case .end(let element): end(element)
            }
        }
        endLink()
        trimLine()
        return String(decoding: output, as: UTF8.self)
    }

    private mutating func text(_ range: Range<Int>) {
        let bytes = reader.bytes
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            if byte == 0x26, let found = HTMLEntities.scalar(bytes, at: index, end: range.upperBound) {
                put(found.scalar)
                index = found.next
                continue
            }
            if byte == 0xC2, index + 1 < range.upperBound, bytes[index + 1] == 0xA0 {
                put("\u{A0}")
                index += 2
                continue
            }
            put(byte)
            index += 1
        }
    }

    private mutating func put(_ byte: UInt8) {
        guard ASCII.isSpace(byte) else {
            beginText()
            output.append(byte)
            return
        }
        if preformatted == 0 {
            wantsSpace = true
        } else if byte == 0x0A {
            breakLine()
        } else if byte != 0x0D {
            beginText()
            output.append(byte)
        }
    }

    private mutating func put(_ scalar: Unicode.Scalar) {
        if scalar == "\u{A0}" {
            beginText()
            output.append(0x20)
        } else if scalar.value < 0x80 {
            put(UInt8(scalar.value))
        } else if scalar.value != 0xAD {
            beginText()
            output.append(contentsOf: String(scalar).utf8)
        }
    }

    /// Writes the line ends, prefixes and space that were only noted so far.
    private mutating func beginText() {
        if output.isEmpty || newlines > 0 {
            beginLine()
        } else if wantsTab {
            output.append(0x09)
        } else if wantsSpace {
            output.append(0x20)
        }
        wantsSpace = false
        wantsTab = false
    }

    private mutating func beginLine() {
        if !output.isEmpty {
            trimLine()
            output.append(0x0A)
            for _ in 1..<max(newlines, 1) {
                output.append(contentsOf: repeatElement(0x3E, count: min(lineDepth, quoteDepth)))
                output.append(0x0A)
            }
        }
        newlines = 0
        lineDepth = quoteDepth
        if quoteDepth > 0 {
            output.append(contentsOf: repeatElement(0x3E, count: quoteDepth))
            output.append(0x20)
        }
        let indent = lists.count - (marker == nil ? 0 : 1)
        if indent > 0 { output.append(contentsOf: repeatElement(0x20, count: 2 * indent)) }
        if let marker { output.append(contentsOf: marker.utf8) }
        marker = nil
    }

    private mutating func trimLine() {
        while output.last == 0x20 || output.last == 0x09 { output.removeLast() }
    }

    private mutating func breakLine() {
        newlines = min(newlines + 1, 4)
        wantsSpace = false
        wantsTab = false
    }

    private mutating func separate(_ lines: Int) {
        newlines = max(newlines, lines)
        wantsSpace = false
        wantsTab = false
    }

    private mutating func separate(by element: HTMLElement, isWord: Bool) {
        guard element.traits.contains(.block) else { return }
        separate(element.traits.contains(.apart) && !isWord && lists.isEmpty ? 2 : 1)
    }

    private mutating func start(_ element: HTMLElement) {
        let name = element.name
        // Word gives its paragraphs no distance and puts empty ones between them.
        let isWord = name == "p" && reader.attribute("class").map { ASCII.lowercased($0).hasPrefix("mso") } == true
        separate(by: element, isWord: isWord)
        switch name {
        case "br": breakLine()
        case "hr":
            for _ in 0..<10 { put(0x2D) }
            separate(1)
        case "blockquote": quoteDepth = min(quoteDepth + 1, Self.depthLimit)
        case "pre": preformatted += 1
        case "ul", "ol":
            if lists.count < Self.depthLimit { lists.append(name == "ul" ? nil : 1) }
        case "li": beginItem()
        case "tr": rowHasCell = false
        case "td", "th":
            if rowHasCell { wantsTab = true }
            rowHasCell = true
        case "a":
            endLink()
            if let address = reader.attribute("href", limit: 2_000) { link = (ASCII.trimmed(address), output.count) }
        case "img": image()
        default: break
        }
        if isWord { paragraphIsWord = true }
    }

    private mutating func end(_ element: HTMLElement) {
        let name = element.name
        if name == "a" { endLink() }
        if name == "ul" || name == "ol" { _ = lists.popLast() }
        separate(by: element, isWord: name == "p" && paragraphIsWord)
        switch name {
        case "p": paragraphIsWord = false
        case "blockquote": quoteDepth = max(quoteDepth - 1, 0)
        case "pre": preformatted = max(preformatted - 1, 0)
        default: break
        }
    }

    private mutating func beginItem() {
        guard let last = lists.indices.last else {
            marker = "- "
            return
        }
        marker = lists[last].map { "\($0). " } ?? "- "
        lists[last] = lists[last].map { $0 + 1 }
    }

    /// What a picture stands for: an emoji as it is, words in brackets.
    private mutating func image() {
        guard let text = reader.attribute("alt", limit: 500).map({ ASCII.trimmed($0) }), !text.isEmpty else { return }
        let isWords = text.utf8.contains { ASCII.isLetter($0) || ASCII.isDigit($0) }
        beginText()
        output.append(contentsOf: (isWords ? "[\(text)]" : text).utf8)
    }

    private mutating func endLink() {
        guard let link else { return }
        self.link = nil
        let shown = output[min(link.start, output.count)...].map(ASCII.lower)
        guard shown.contains(where: { !ASCII.isSpace($0) && $0 != 0x3E }), let address = Self.visible(link.address) else { return }
        if !Self.contains(shown, Self.bare(address)) { output.append(contentsOf: " (\(address))".utf8) }
    }

    /// A web or mail address as people write it; nil for links that lead nowhere outside the mail.
    private static func visible(_ address: String) -> String? {
        let start = ASCII.lowercased(address.utf8.prefix(8))
        if start.hasPrefix("mailto:") { return String(address.dropFirst(7).prefix { $0 != "?" }) }
        return start.hasPrefix("https://") || start.hasPrefix("http://") ? address : nil
    }

    /// An address without what people leave out when they type it.
    private static func bare(_ address: String) -> [UInt8] {
        var text = address.utf8.map(ASCII.lower)[...]
        for prefix in ["https://", "http://", "www."] where text.starts(with: prefix.utf8) { text = text.dropFirst(prefix.utf8.count) }
        while text.last == 0x2F { text.removeLast() }
        return Array(text)
    }

    private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        guard let first = part.first, part.count <= text.count else { return part.isEmpty }
        return (0...(text.count - part.count)).contains { text[$0] == first && text[$0..<($0 + part.count)].elementsEqual(part) }
    }
}
