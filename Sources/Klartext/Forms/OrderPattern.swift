import Foundation

/// How an operator's own numbers look, such as `NL-####-#####`: `#` is a digit, `@` a letter, `*` either, `{2,5}` behind one of them says how many;
/// everything else stands for itself.
///
/// Not a regular expression: this one reads in linear time whatever is typed, and can show an example of itself.
struct OrderPattern: Equatable, Sendable {
    enum Element: Equatable, Sendable {
        case literal(UInt8)
        /// What stands between parts and may be left out when typing.
        case separator(Unicode.Scalar)
        case some(Kind, Int, Int)
    }

    enum Kind: Equatable, Sendable {
        case digit, letter, either

        func matches(_ byte: UInt8) -> Bool {
            let isDigit = byte < UInt8(ascii: "A")
            return switch self {
            case .digit: isDigit
            case .letter: !isDigit
            case .either: true
            }
        }
    }

    let text: String
    private let elements: [Element]

    static let mostElements = 40
    static let mostCharacters = 40

    /// - Returns: nil for a pattern that says nothing, or that nobody can read.
    init?(_ text: String) {
        var (elements, rest): ([Element], Substring.UnicodeScalarView) = ([], text.unicodeScalars[...])
        while let scalar = rest.popFirst() {
            switch scalar {
            case "#", "@", "*":
                guard let (least, most) = Self.count(&rest) else { return nil }
                elements.append(.some(scalar == "#" ? .digit : scalar == "@" ? .letter : .either, least, most))
            case "0"..."9", "A"..."Z": elements.append(.literal(UInt8(ascii: scalar)))
            case "a"..."z": elements.append(.literal(UInt8(ascii: scalar) - 32))
            case "-", "/", ".", " ", "_": elements.append(.separator(scalar))
            default: return nil
            }
        }
        let isSaying = elements.contains { if case .some = $0 { true } else { false } }
        guard isSaying, elements.count <= Self.mostElements else { return nil }
        (self.text, self.elements) = (text, elements)
    }

    /// `{3}`, `{2,5}`; one where there are no braces.
    private static func count(_ rest: inout Substring.UnicodeScalarView) -> (Int, Int)? {
        guard rest.first == "{" else { return (1, 1) }
        guard let end = rest.firstIndex(of: "}") else { return nil }
        let numbers = rest[rest.index(after: rest.startIndex)..<end].split(separator: ",", omittingEmptySubsequences: false).map {
            Int(String($0))
        }
        rest = rest[rest.index(after: end)...]
        guard let least = numbers.first ?? nil, let most = numbers.last ?? nil, numbers.count <= 2 else { return nil }
        return 0 <= least && least <= most && (1...mostCharacters).contains(most) ? (least, most) : nil
    }

    /// A number as the pattern writes it.
    var example: String {
        var (out, digit) = ("", 0)
        for element in elements {
            switch element {
            case .literal(let byte): out += String(decoding: [byte], as: UTF8.self)
            case .separator(let scalar): out.unicodeScalars.append(scalar)
            case .some(let kind, let least, let most):
                for _ in 0..<(max(1, least) + (most - least) / 2) where out.utf8.count < Self.mostCharacters {
                    digit = digit % 9 + 1
                    out += kind == .letter ? "A" : "\(digit)"
                }
            }
        }
        return out
    }

    /// The number as the pattern writes it, whatever stood between its parts and however large its letters were; nil where it is another one.
    func reading(_ text: String) -> String? {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9", "A"..."Z": bytes.append(UInt8(ascii: scalar))
            case "a"..."z": bytes.append(UInt8(ascii: scalar) - 32)
            case "-", "/", ".", "_", "\u{2010}"..."\u{2014}": continue
            case _ where scalar.properties.isWhitespace: continue
            default: return nil
            }
        }
        guard bytes.count <= Self.mostCharacters else { return nil }
        var dead: Set<[Int]> = []
        return match(0, bytes, 0, &dead).map { String(String.UnicodeScalarView($0)) }
    }

    /// Every place is tried once: what has failed is remembered, so that the time is bounded by the product of both lengths.
    private func match(_ element: Int, _ bytes: [UInt8], _ position: Int, _ dead: inout Set<[Int]>) -> [Unicode.Scalar]? {
        guard element < elements.count else { return position == bytes.count ? [] : nil }
        guard !dead.contains([element, position]) else { return nil }
        if let rest = step(element, bytes, position, &dead) { return rest }
        dead.insert([element, position])
        return nil
    }

    private func step(_ element: Int, _ bytes: [UInt8], _ position: Int, _ dead: inout Set<[Int]>) -> [Unicode.Scalar]? {
        switch elements[element] {
        case .separator(let scalar): return match(element + 1, bytes, position, &dead).map { [scalar] + $0 }
        case .literal(let byte):
            guard position < bytes.count, bytes[position] == byte else { return nil }
            return match(element + 1, bytes, position + 1, &dead).map { [Unicode.Scalar(byte)] + $0 }
        case .some(let kind, let least, let most):
            let fitting = bytes[position...].prefix(most).prefix(while: kind.matches).count
            guard fitting >= least else { return nil }
            for count in stride(from: fitting, through: least, by: -1) {
                if let rest = match(element + 1, bytes, position + count, &dead) {
                    return bytes[position..<position + count].map { Unicode.Scalar($0) } + rest
                }
            }
            return nil
        }
    }
}
