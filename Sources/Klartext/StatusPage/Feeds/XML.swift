/// A piece of XML: literals are markup, everything interpolated is escaped by scalar, and what XML 1.0 forbids is dropped (section 2.2).
struct XML: ExpressibleByStringInterpolation, Sendable, Equatable {
    private(set) var bytes: [UInt8]

    init(stringLiteral markup: String) { bytes = Array(markup.utf8) }

    init(stringInterpolation: StringInterpolation) { bytes = stringInterpolation.bytes }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate(set) var bytes: [UInt8] = []

        init(literalCapacity: Int, interpolationCount: Int) { bytes.reserveCapacity(literalCapacity + interpolationCount * 32) }

        mutating func appendLiteral(_ markup: String) { bytes += markup.utf8 }

        mutating func appendInterpolation(_ text: String) {
            for scalar in text.unicodeScalars where XML.isAllowed(scalar) {
                switch scalar {
                case "<": bytes += "&lt;".utf8
                case ">": bytes += "&gt;".utf8
                case "&": bytes += "&amp;".utf8
                case "\"": bytes += "&quot;".utf8
                // a reader would make a line feed of it (section 2.11)
                case "\r": bytes += "&#13;".utf8
                default: bytes += UTF8.encode(scalar)?.map { $0 } ?? []
                }
            }
        }

        mutating func appendInterpolation(_ number: Int) { bytes += String(number).utf8 }

        mutating func appendInterpolation(_ piece: XML) { bytes += piece.bytes }

        /// One piece for each element.
        mutating func appendInterpolation<Elements: Sequence>(each elements: Elements, _ piece: (Elements.Element) -> XML) {
            for element in elements { bytes += piece(element).bytes }
        }
    }

    /// XML 1.0, production 2: most controls and two noncharacters can be in no document, not even escaped.
    static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}
