/// One text, cut at its placeholders once so that filling it is only appending.
struct TextTemplate: Sendable {
    enum Segment: Sendable, Equatable {
        case text(String)
        case placeholder(String)
    }

    let segments: [Segment]
    /// Whether a `{{` was never closed, or a placeholder has no name.
    let isMalformed: Bool

    /// From i18next's notation: `Hello {{name}}`.
    init(_ source: String) {
        var segments: [Segment] = []
        var isMalformed = false
        var rest = Substring(source).utf8[...]
        while let open = Self.index(of: UInt8(ascii: "{"), in: rest) {
            let inside = rest[rest.index(open, offsetBy: 2)...]
            guard let close = Self.index(of: UInt8(ascii: "}"), in: inside) else {
                isMalformed = true
                break
            }
            if open > rest.startIndex { segments.append(.text(String(Substring(rest[..<open])))) }
            let name = inside[..<close].filter { $0 != UInt8(ascii: " ") }
            isMalformed = isMalformed || name.isEmpty
            segments.append(.placeholder(String(decoding: name, as: UTF8.self)))
            rest = inside[inside.index(close, offsetBy: 2)...]
        }
        if !rest.isEmpty { segments.append(.text(String(Substring(rest)))) }
        self.segments = segments
        self.isMalformed = isMalformed
    }

    /// The placeholders' names.
    var placeholders: Set<String> {
        Set(segments.compactMap { if case .placeholder(let name) = $0 { name } else { nil } })
    }

    var isEmpty: Bool { segments.allSatisfy { $0 == .text("") } }

    /// Where `byte` stands twice in a row.
    private static func index(of byte: UInt8, in bytes: Substring.UTF8View.SubSequence) -> String.Index? {
        var at = bytes.startIndex
        while let found = bytes[at...].firstIndex(of: byte) {
            let next = bytes.index(after: found)
            if next < bytes.endIndex, bytes[next] == byte { return found }
            at = next
        }
        return nil
    }
}
