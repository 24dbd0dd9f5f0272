/// The mail inside an opaque S/MIME signature (`smime.p7m`, RFC 8551 section 3.5.2), read without checking the signature.
///
/// Outlook can sign like this; without it such a mail would have no text at all.
enum SignedData {
    /// The signed MIME entity, or nil if the bytes are no signed data with content in them.
    static func content(of bytes: [UInt8]) -> [UInt8]? {
        // ContentInfo { signedData, [0] SignedData { version, digestAlgorithms, EncapsulatedContentInfo { data, [0] OCTET STRING } } }
        // (RFC 5652).
        guard var info = BERValue(bytes[...], depth: 0)?.children, info.count == 2, info[0].bytes.elementsEqual(signedDataType) else {
            return nil
        }
        guard let signed = info[1].children.first?.children, signed.count >= 3 else { return nil }
        info = signed[2].children
        guard info.count == 2, info[0].bytes.elementsEqual(dataType), let content = info[1].children.first else { return nil }
        return content.octets
    }

    /// Whether bytes, or the beginning of them, are signed data and not encrypted ones.
    static func isSigned(_ bytes: [UInt8]) -> Bool {
        // The type is the first value inside, behind a length of one to five bytes.
        guard bytes.count > 2, bytes[0] == 0x30 else { return false }
        let start = bytes[1] > 0x80 ? 2 + Int(bytes[1] & 0x7F) : 2
        return bytes.dropFirst(start).starts(with: [0x06, UInt8(signedDataType.count)] + signedDataType)
    }

    /// S/MIME that wraps the text, signed or encrypted (RFC 8551 section 3.2).
    static let types: Set = ["application/pkcs7-mime", "application/x-pkcs7-mime"]

    /// 1.2.840.113549.1.7.2 and 1.2.840.113549.1.7.1.
    private static let signedDataType: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02]
    private static let dataType: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01]
}

/// One value in the Basic Encoding Rules (X.690), with definite or indefinite length.
private struct BERValue {
    let isConstructed: Bool
    let bytes: ArraySlice<UInt8>
    /// Where the next value begins.
    let end: Int
    private let depth: Int
    /// Signed data with its content in chunks needs seven levels.
    private static let depthLimit = 12

    init?(_ source: ArraySlice<UInt8>, depth: Int) {
        guard depth < Self.depthLimit, source.count >= 2, let tag = source.first, tag & 0x1F != 0x1F else { return nil }
        var index = source.startIndex + 2
        let first = source[source.startIndex + 1]
        self.depth = depth
        isConstructed = tag & 0x20 != 0
        if first == 0x80 {
            guard isConstructed, let stop = Self.endOfContents(source[index...], depth: depth) else { return nil }
            bytes = source[index..<stop]
            end = stop + 2
            return
        }
        var length = Int(first)
        if first > 0x80 {
            let count = Int(first & 0x7F)
            guard count <= 4, index + count <= source.endIndex else { return nil }
            length = source[index..<(index + count)].reduce(0) { $0 << 8 | Int($1) }
            index += count
        }
        guard length <= source.endIndex - index else { return nil }
        bytes = source[index..<(index + length)]
        end = index + length
    }

    /// Where the two zero bytes stand that end a value of indefinite length.
    private static func endOfContents(_ source: ArraySlice<UInt8>, depth: Int) -> Int? {
        var rest = source
        while rest.count >= 2 {
            if rest[rest.startIndex] == 0, rest[rest.startIndex + 1] == 0 { return rest.startIndex }
            guard let value = BERValue(rest, depth: depth + 1) else { return nil }
            rest = source[value.end...]
        }
        return nil
    }

    /// Empty for a primitive value; what cannot be read ends the list.
    var children: [BERValue] {
        guard isConstructed else { return [] }
        var values: [BERValue] = []
        var rest = bytes
        while let value = BERValue(rest, depth: depth + 1) {
            values.append(value)
            rest = bytes[value.end...]
        }
        return values
    }

    /// A string, put together if it came in chunks.
    var octets: [UInt8] { isConstructed ? children.flatMap(\.octets) : Array(bytes) }
}
