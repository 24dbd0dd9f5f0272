/// How texts of ours are written into a command, so that nothing in them is taken for a command of its own.
enum IMAPText {
    /// A quoted string (RFC 9051 section 4.3); nil for what needs a literal: line breaks and NUL have no quoted form, and what is not ASCII only
    /// where the server said so.
    static func quoted(_ text: String) -> String? {
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }), text.utf8.count <= 1000 else { return nil }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted.unicodeScalars.append("\\") }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    /// A folder's name as it is sent: modified UTF-7 (RFC 3501 section 5.1.3), which every server takes that was not told otherwise.
    ///
    /// - Returns: the name in ASCII; `&` is `&-`, and what is not printable ASCII is base64 of UTF-16, with `,` for `/`.
    static func folderName(_ name: String) -> String {
        var result = ""
        var hidden: [UInt16] = []
        func reveal() -> String {
            guard !hidden.isEmpty else { return "" }
            let bytes = hidden.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
            let text = Base64.encode(bytes).filter { $0 != UInt8(ascii: "=") }.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: ",") : $0 }
            return "&" + String(decoding: text, as: UTF8.self) + "-"
        }
        for scalar in name.unicodeScalars {
            guard scalar.value >= 0x20, scalar.value < 0x7F else {
                hidden.append(contentsOf: Array(String(scalar).utf16))
                continue
            }
            result += reveal()
            hidden = []
            result += scalar == "&" ? "&-" : String(scalar)
        }
        return result + reveal()
    }
}
