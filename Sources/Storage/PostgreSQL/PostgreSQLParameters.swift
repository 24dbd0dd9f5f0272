/// Values on their way to the server: texts as they are, numbers as text, bytes in binary.
enum PostgreSQLParameters {
    /// Lays all values out in one piece of memory, for the time of a call.
    ///
    /// - Throws: `StorageError.other` for a text with NUL, which PostgreSQL cannot store and libpq would cut.
    static func with<Result>(
        _ values: [SQLValue],
        _ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) throws -> Result
    ) throws -> Result {
        var arena: [UInt8] = []
        var starts: [Int] = []
        var lengths: [Int32] = []
        var formats: [Int32] = []
        for value in values {
            starts.append(arena.count)
            formats.append(0)
            switch value {
            case .null: starts[starts.count - 1] = -1
            case .int(let number): arena.append(contentsOf: String(number).utf8)
            case .real(let number): arena.append(contentsOf: String(number).utf8)
            case .text(let text):
                arena.append(contentsOf: text.utf8)
                if arena[starts[starts.count - 1]...].contains(0) { throw StorageError.other(code: 0, message: "a text contains NUL") }
            case .blob(let bytes):
                arena.append(contentsOf: bytes)
                formats[formats.count - 1] = 1
            }
            lengths.append(Int32(clamping: arena.count - max(starts[starts.count - 1], 0)))
            arena.append(0)
        }
        return try arena.withUnsafeBytes { bytes in
            let pointers = starts.map { start in
                start < 0 ? nil : bytes.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self)
            }
            return try body(Int32(values.count), pointers, lengths, formats)
        }
    }
}
