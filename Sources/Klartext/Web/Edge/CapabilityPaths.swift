/// Paths such as `/t/TOKEN`, in which knowing the address is the permission: no log, no search engine and no other site may learn them.
struct CapabilityPaths: Sendable {
    /// Each begins and ends with a slash.
    var prefixes = ["/t/", "/s/", "/hooks/calls/"]

    func contains(_ path: String) -> Bool { prefix(of: path) != nil }

    /// The path as a log may show it: `/t/…`. Anything else that looks like a token is masked too, wherever it stands: mistyped addresses
    /// end in the log as 404.
    func masked(_ path: String) -> String {
        if let prefix = prefix(of: path) { return "\(prefix)…" }
        // 200 bytes tell what was asked for; more only fills the disk.
        let segments = path.utf8.prefix(200).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        // The shortest token of ours is 22 characters: 128 bits in base64url.
        return segments.map { $0.count >= 20 ? "…" : String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
    }

    private func prefix(of path: String) -> String? { prefixes.first { path.utf8.starts(with: $0.utf8) } }
}
