import Mail

extension EmailPart {
    /// The bytes of a mail that was read from memory.
    var bytes: [UInt8] { (try? content.bytes()) ?? [] }
}
