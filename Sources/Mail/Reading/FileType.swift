/// Content types of the files people send, for senders that do not say.
enum FileType {
    /// The content type by the name's extension, `application/octet-stream` for others.
    static func guess(_ name: String) -> String {
        guard let dot = name.lastIndex(of: ".") else { return "application/octet-stream" }
        return types[ASCII.lowercased(name[name.index(after: dot)...])] ?? "application/octet-stream"
    }

    private static let types = [
        "pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
        "heic": "image/heic", "txt": "text/plain", "csv": "text/csv", "html": "text/html", "htm": "text/html", "ics": "text/calendar",
        "eml": "message/rfc822", "zip": "application/zip", "doc": "application/msword", "xls": "application/vnd.ms-excel",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "odt": "application/vnd.oasis.opendocument.text",
    ]
}
