/// A `Content-Type` or `Content-Disposition` header, by bytes: `type/subtype; name=value; name="quoted value"` (RFC 9110, 8.3.1).
struct MediaType: Sendable {
    /// What stands before the first `;`, in lower case.
    let essence: String
    /// Names in lower case; the first of equal names counts.
    let parameters: [String: String]

    init(_ header: String) { self.init(Array(header.utf8)) }

    init(_ header: [UInt8]) {
        var rest = header[...]
        essence = String(decoding: Self.take(&rest, until: [UInt8(ascii: ";")]).map(lowercased), as: UTF8.self)
        var parameters: [String: String] = [:]
        // Eight parameters are four times what any header of ours has.
        while !rest.isEmpty, parameters.count < 8 {
            rest = rest.dropFirst()
            let name = Self.take(&rest, until: [UInt8(ascii: "="), UInt8(ascii: ";")]).map(lowercased)
            guard rest.first == UInt8(ascii: "=") else { continue }
            rest = rest.dropFirst().drop { $0 == UInt8(ascii: " ") }
            let value = rest.first == UInt8(ascii: "\"") ? Self.quoted(&rest) : Array(Self.take(&rest, until: [UInt8(ascii: ";")]))
            let key = String(decoding: name, as: UTF8.self)
            if parameters[key] == nil { parameters[key] = String(repairing: value) }
            _ = Self.take(&rest, until: [UInt8(ascii: ";")])
        }
        self.parameters = parameters
    }

    /// Up to one of the ends, without white space around.
    private static func take(_ rest: inout ArraySlice<UInt8>, until ends: [UInt8]) -> ArraySlice<UInt8> {
        let piece = rest.prefix { !ends.contains($0) }
        rest = rest.dropFirst(piece.count)
        func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        let start = piece.firstIndex { !isSpace($0) } ?? piece.endIndex
        let end = piece.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start
        return piece[start..<end]
    }

    /// A quoted string. Only `\"` is taken for an escape: browsers escape as `%22`, and old ones send a path with single backslashes.
    private static func quoted(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
        var value: [UInt8] = []
        rest = rest.dropFirst()
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
            if byte == UInt8(ascii: "\\"), rest.first == UInt8(ascii: "\"") {
                value.append(UInt8(ascii: "\""))
                rest = rest.dropFirst()
            } else {
                value.append(byte)
            }
        }
        return value
    }
}
