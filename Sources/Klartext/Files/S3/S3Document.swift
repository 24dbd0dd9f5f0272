/// Reads the flat XML that S3 answers with: elements that hold text, within elements that hold elements.
///
/// Not an XML parser: no DTD, no CDATA, no namespaces beyond a default one, none of which S3 sends. FoundationXML would link libxml2 into
/// the product for two small answers.
struct S3Document {
    /// An element without children: the names of those around it, from the outermost, and its text.
    struct Leaf: Equatable {
        var path: [String]
        var text: String
    }

    /// In the order of their end tags. Of a document that breaks off, what was whole before that.
    private(set) var leaves: [Leaf] = []

    /// Deeper is none of S3's answers.
    private static let mostDepth = 16

    init(_ bytes: [UInt8]) {
        var path: [String] = []
        var text: [UInt8] = []
        var isLeaf = false
        var rest = bytes[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
            text += rest[..<open]
            guard let close = rest[open...].firstIndex(of: UInt8(ascii: ">")) else { return }
            let tag = rest[(open + 1)..<close]
            rest = rest[(close + 1)...]
            // The declaration, and comments.
            if tag.first == UInt8(ascii: "?") || tag.first == UInt8(ascii: "!") { continue }
            if tag.first == UInt8(ascii: "/") {
                if isLeaf { leaves.append(Leaf(path: path, text: Self.unescaped(text))) }
                _ = path.popLast()
                isLeaf = false
            } else {
                path.append(Self.name(tag))
                guard path.count <= Self.mostDepth else { return }
                isLeaf = true
                if tag.last == UInt8(ascii: "/") {
                    leaves.append(Leaf(path: path, text: ""))
                    path.removeLast()
                    isLeaf = false
                }
            }
            text = []
        }
    }

    /// The text of the first element at a path.
    func text(_ path: String...) -> String? { leaves.first { $0.path == path }?.text }

    private static func name(_ tag: ArraySlice<UInt8>) -> String {
        let name = tag.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "/") && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
        return String(decoding: name, as: UTF8.self)
    }

    /// The five named entities and numbers (XML 1.0, section 4.6); anything else stays as it is.
    private static func unescaped(_ bytes: [UInt8]) -> String {
        guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
        var out: [UInt8] = []
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            // No entity that stands for one character is longer.
            if byte == UInt8(ascii: "&"), let end = rest.prefix(10).firstIndex(of: UInt8(ascii: ";")),
                let scalar = scalar(String(decoding: rest[..<end], as: UTF8.self))
            {
                out += Array(String(scalar).utf8)
                rest = rest[(end + 1)...]
            } else {
                out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func scalar(_ entity: String) -> Unicode.Scalar? {
        switch entity {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            if entity.hasPrefix("#x") { return UInt32(entity.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init) }
            return entity.hasPrefix("#") ? UInt32(entity.dropFirst()).flatMap(Unicode.Scalar.init) : nil
        }
    }
}
