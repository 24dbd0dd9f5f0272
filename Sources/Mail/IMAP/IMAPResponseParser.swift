/// Puts responses together from whatever pieces the network delivers.
///
/// Both lines and literals have a limit, and what goes beyond it ends the conversation: after that nobody can say what belongs to what.
struct IMAPResponseParser {
    private let limits: IMAPLimits
    private var pieces: [IMAPResponse.Piece] = []
    private var line: [UInt8] = []
    private var lineBytes = 0
    private var literal: [UInt8] = []
    private var literalBytes = 0
    /// How many bytes of a literal are still to come.
    private var missing = 0

    init(limits: IMAPLimits) { self.limits = limits }

    /// Nothing is half read. Asked before TLS starts: what arrived in the clear must not be taken for part of the first secure response.
    var isEmpty: Bool { line.isEmpty && pieces.isEmpty && missing == 0 }

    /// Takes in some bytes and hands over each response as soon as it is complete, also those before something malformed.
    mutating func feed(_ bytes: [UInt8], each take: (IMAPResponse) -> Void) throws(IMAPFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            if missing > 0 {
                let part = rest.prefix(missing)
                literal.append(contentsOf: part)
                missing -= part.count
                rest = rest.dropFirst(part.count)
                if missing == 0 { endOfLiteral() }
                continue
            }
            let end = rest.firstIndex(of: 0x0A)
            let part = rest[..<(end ?? rest.endIndex)]
            lineBytes += part.count
            guard lineBytes <= limits.lineBytes else { throw .malformed("a line of more than \(limits.lineBytes) bytes") }
            line.append(contentsOf: part)
            guard let end else { return }
            rest = rest[(end + 1)...]
            if let response = try endOfLine() { take(response) }
        }
    }

    private mutating func endOfLiteral() {
        pieces.append(.literal(literal))
        literal = []
    }

    private mutating func endOfLine() throws(IMAPFailure) -> IMAPResponse? {
        if line.last == 0x0D { line.removeLast() }
        defer { line.removeAll(keepingCapacity: line.count < 4096) }
        if let (start, size) = Self.announcement(line) {
            guard size <= limits.literalBytes - literalBytes else { throw .tooLarge(size) }
            pieces.append(.text(Array(line[..<start])))
            literalBytes += size
            missing = size
            // Memory that nothing is written to costs nothing, whatever was announced.
            literal.reserveCapacity(size)
            if size == 0 { endOfLiteral() }
            return nil
        }
        pieces.append(.text(line))
        defer { (pieces, lineBytes, literalBytes) = ([], 0, 0) }
        return IMAPResponse(pieces)
    }

    /// The `{n}` or `~{n}` (RFC 9051: literal8) at the end of a line: where it begins and what it announces. A number that does not fit is as
    /// large as numbers get.
    private static func announcement(_ line: [UInt8]) -> (start: Int, size: Int)? {
        guard line.last == UInt8(ascii: "}"), let open = line.lastIndex(of: UInt8(ascii: "{")) else { return nil }
        let digits = line[(open + 1)..<(line.count - 1)]
        guard !digits.isEmpty, digits.allSatisfy(ASCII.isDigit) else { return nil }
        let isBinary = open > 0 && line[open - 1] == UInt8(ascii: "~")
        return (isBinary ? open - 1 : open, Int(String(decoding: digits, as: UTF8.self)) ?? .max)
    }
}
