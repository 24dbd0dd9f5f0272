/// Splits HTML into text and tags in one pass over its bytes; linear in time, without recursion, whatever the input.
///
/// Comments, scripts, styles and elements that the sender hides are left out. Where something is never closed (a comment, a tag, a
/// script), what follows is read as if it had not been opened, so that no text is lost.
struct HTMLReader {
    enum Token {
        /// Bytes of text with the entities still in it.
        case text(Range<Int>)
        /// A tag that begins an element; `attribute` tells its attributes until the next token is read.
        case start(HTMLElement)
        case end(HTMLElement)
    }

    let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0
    private var attributes: [(name: Range<Int>, value: Range<Int>)] = []
    /// Tags are no longer looked for: one of them never ended.
    private var isPlain = false
    private var commentsEnd = true
    private var unclosed: Set<String> = []
    private let skipsHidden: Bool
    /// Whether a hidden element was never closed; the reader's owner then starts anew with `skipsHidden` false.
    private(set) var hidTheRest = false
    private(set) var hidSomething = false
    /// Attributes beyond this are ignored.
    private static let attributeLimit = 60

    init(_ bytes: UnsafeBufferPointer<UInt8>, skipsHidden: Bool) {
        self.bytes = bytes
        self.skipsHidden = skipsHidden
    }

    mutating func next() -> Token? {
        while let token = nextTag() {
            guard skipsHidden, case .start(let element) = token, !attributes.isEmpty, isHidden else { return token }
            if !element.traits.contains(.void) { skipElement(element.name) }
        }
        return nil
    }

    /// The decoded value of an attribute of the tag just read; nil if absent or longer than `limit` bytes.
    func attribute(_ name: StaticString, limit: Int = 4_096) -> String? {
        guard let found = attributes.first(where: { isName($0.name, name) }), found.value.count <= limit else { return nil }
        return HTMLEntities.decoded(bytes, found.value)
    }

    private func isName(_ range: Range<Int>, _ name: StaticString) -> Bool {
        guard range.count == name.utf8CodeUnitCount else { return false }
        for offset in 0..<range.count where ASCII.lower(bytes[range.lowerBound + offset]) != name.utf8Start[offset] { return false }
        return true
    }

    private func at(_ position: Int) -> UInt8 { position < bytes.count ? bytes[position] : 0 }

    private mutating func nextTag() -> Token? {
        while index < bytes.count {
            guard bytes[index] == 0x3C, !isPlain else { return text() }
            let following = at(index + 1)
            if ASCII.isLetter(following) {
                if let token = startTag() { return token }
            } else if following == 0x2F, ASCII.isLetter(at(index + 2)) {
                if let token = endTag() { return token }
            } else if following == 0x21 || following == 0x3F || following == 0x2F {
                skipComment()
            } else {
                return text()
            }
        }
        return nil
    }

    /// Everything up to the next thing that may be a tag.
    private mutating func text() -> Token {
        let start = index
        index += 1
        while index < bytes.count, bytes[index] != 0x3C || isPlain { index += 1 }
        return .text(start..<index)
    }

    private mutating func skipComment() {
        let start = index
        let isLong = at(index + 1) == 0x21 && at(index + 2) == 0x2D && at(index + 3) == 0x2D
        guard isLong, commentsEnd else {
            while index < bytes.count, bytes[index] != 0x3E { index += 1 }
            index = min(index + 1, bytes.count)
            return
        }
        index += 4
        while index < bytes.count {
            // "-->", and "<!-->" as browsers read it.
            if bytes[index] == 0x3E, bytes[index - 1] == 0x2D, bytes[index - 2] == 0x2D || index <= start + 5 {
                index += 1
                return
            }
            index += 1
        }
        commentsEnd = false
        index = start + 4
    }

    private mutating func element() -> HTMLElement {
        let start = index
        while index < bytes.count, !ASCII.isSpace(bytes[index]), bytes[index] != 0x2F, bytes[index] != 0x3E { index += 1 }
        let length = min(index - start, HTMLElement.nameLimit)
        let name = String(unsafeUninitializedCapacity: length) { buffer in
            for offset in 0..<length { buffer[offset] = ASCII.lower(bytes[start + offset]) }
            return length
        }
        return HTMLElement.named(name)
    }

    /// Nil after an element whose content was skipped, or when the tag never ends.
    private mutating func startTag() -> Token? {
        let start = index
        index += 1
        let element = element()
        attributes.removeAll(keepingCapacity: true)
        while index < bytes.count, bytes[index] != 0x3E { readAttribute() }
        guard index < bytes.count else {
            index = start
            isPlain = true
            return nil
        }
        index += 1
        if element.traits.contains(.skipped), skipContent(of: element.name) { return nil }
        return .start(element)
    }

    private mutating func readAttribute() {
        guard !ASCII.isSpace(bytes[index]), bytes[index] != 0x2F else {
            index += 1
            return
        }
        let start = index
        index += 1
        while index < bytes.count, !ASCII.isSpace(bytes[index]), ![0x3D, 0x3E, 0x2F].contains(bytes[index]) { index += 1 }
        let name = start..<index
        while index < bytes.count, ASCII.isSpace(bytes[index]) { index += 1 }
        var value = index..<index
        if at(index) == 0x3D {
            index += 1
            while index < bytes.count, ASCII.isSpace(bytes[index]) { index += 1 }
            value = attributeValue()
        }
        if attributes.count < Self.attributeLimit { attributes.append((name, value)) }
    }

    private mutating func attributeValue() -> Range<Int> {
        let quote = at(index)
        guard quote == 0x22 || quote == 0x27 else {
            let start = index
            while index < bytes.count, !ASCII.isSpace(bytes[index]), bytes[index] != 0x3E { index += 1 }
            return start..<index
        }
        let start = index + 1
        index = start
        while index < bytes.count, bytes[index] != quote { index += 1 }
        defer { index = min(index + 1, bytes.count) }
        return start..<min(index, bytes.count)
    }

    private mutating func endTag() -> Token? {
        let start = index
        index += 2
        let element = element()
        while index < bytes.count, bytes[index] != 0x3E { index += 1 }
        guard index < bytes.count else {
            index = start
            isPlain = true
            return nil
        }
        index += 1
        return .end(element)
    }

    /// Moves behind the matching end tag; false if there is none, which is remembered so that nobody looks again.
    private mutating func skipContent(of tag: String) -> Bool {
        guard !unclosed.contains(tag) else { return false }
        let name = Array(tag.utf8)
        var position = index
        while position < bytes.count {
            if bytes[position] == 0x3C, at(position + 1) == 0x2F, isEndTag(name, at: position + 2) {
                while position < bytes.count, bytes[position] != 0x3E { position += 1 }
                index = min(position + 1, bytes.count)
                return true
            }
            position += 1
        }
        unclosed.insert(tag)
        return false
    }

    private func isEndTag(_ name: [UInt8], at start: Int) -> Bool {
        guard start + name.count <= bytes.count else { return false }
        for offset in name.indices where ASCII.lower(bytes[start + offset]) != name[offset] { return false }
        return !ASCII.isLetter(at(start + name.count))
    }

    /// Reads on to the end of an element that is not displayed, such as the preview line of a newsletter.
    private mutating func skipElement(_ name: String) {
        hidSomething = true
        var depth = 1
        while let token = nextTag() {
            switch token {
            case .start(let element): depth += element.name == name ? 1 : 0
            case .end(let element): depth -= element.name == name ? 1 : 0
            case .text: break
            }
            if depth == 0 { return }
        }
        hidTheRest = true
    }

    private var isHidden: Bool {
        if attributes.contains(where: { isName($0.name, "hidden") }) { return true }
        guard let style = attribute("style") else { return false }
        let rules = String(decoding: style.utf8.lazy.filter { !ASCII.isSpace($0) }.map(ASCII.lower), as: UTF8.self)
        if rules.contains("display:none") || rules.contains("visibility:hidden") || rules.contains("mso-hide:all") { return true }
        return Self.isZero("opacity", in: rules) || (rules.contains("overflow:hidden") && Self.isZero("max-height", in: rules))
    }

    /// Whether the style sets a property to nothing: `0`, `0px`, `0.0`.
    private static func isZero(_ property: String, in rules: String) -> Bool {
        guard rules.contains(property) else { return false }
        return rules.split(separator: ";").contains { rule in
            guard rule.hasPrefix(property + ":") else { return false }
            let value = rule.utf8.dropFirst(property.utf8.count + 1)
            let number = value.prefix { ASCII.isDigit($0) || $0 == 0x2E }
            return !number.isEmpty && number.allSatisfy { $0 == 0x30 || $0 == 0x2E }
        }
    }
}
