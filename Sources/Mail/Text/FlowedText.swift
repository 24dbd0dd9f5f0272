/// Paragraphs that were broken for old screens, put together again (RFC 3676).
enum FlowedText {
    /// `deletesSpace` is the `delsp=yes` of languages that do without spaces. Lines end in "\n".
    static func unfolded(_ text: String, deletesSpace: Bool) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        /// How deep the open paragraph is quoted; nil if the last line ended one.
        var openDepth: Int?
        var isFirst = true
        for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            var content = line[...]
            let depth = content.prefix { $0 == 0x3E }.count
            content = content.dropFirst(depth)
            // A space put before "From", ">" or another space.
            if content.first == 0x20 { content = content.dropFirst() }
            let isSignature = content.elementsEqual("-- ".utf8)
            if openDepth != depth || isSignature || content.isEmpty {
                if !isFirst { result.append(0x0A) }
                if depth > 0 { result += [UInt8](repeating: 0x3E, count: depth) + (content.isEmpty ? [] : [0x20]) }
            }
            let flows = content.last == 0x20 && !isSignature
            result += flows && deletesSpace ? content.dropLast() : content
            openDepth = flows ? depth : nil
            isFirst = false
        }
        return String(decoding: result, as: UTF8.self)
    }
}
