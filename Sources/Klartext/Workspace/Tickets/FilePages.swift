import Foundation

extension WorkspacePages {
    /// The files of a message; those we received with their receipts.
    func files(_ attachments: [Attachment], _ file: TicketFile, isCopy: Bool) -> HTML? {
        guard !attachments.isEmpty else { return nil }
        return """
            <ul class="message-files">
            \(each: attachments, { line($0, isReceipted: file.receipted.contains($0.id), isCopy: isCopy) })</ul>
            """
    }

    private func line(_ file: Attachment, isReceipted: Bool, isCopy: Bool) -> HTML {
        let path = "/desk/files/\(file.id)"
        return """
            <li>\(icon("clip")) <span><a href="\(href: path)">\(file.name)</a> (\(t.moments.size(bytes: file.sizeBytes)))\
            \(isReceipted ? receipt(file, path, isCopy: isCopy) : nil)</span></li>

            """
    }

    /// That there is a receipt, and by what the file is known: enough of it to compare, and the whole of it to copy.
    private func receipt(_ file: Attachment, _ path: String, isCopy: Bool) -> HTML {
        let id = "digest-\(file.id)"
        let short = "\(file.digest.prefix(4)) \(file.digest.dropFirst(4).prefix(4)) …"
        let copy: HTML = """
             <button type="button" class="btn compact" hidden data-copy="\(id)" data-copy-text="\(file.digest)" \
            data-copied="\(t(.deskTicketCopied))">\(icon("copy")) \(t(.deskTicketCopy))<span class="vh">: SHA-256 \(file.name)</span></button>
            """
        return """
             · <a href="\(href: path)/receipt">\(t(.deskFileReceipt))<span class="vh">: \(file.name)</span></a> · SHA-256 \
            <code\(attribute: "id", isCopy ? nil : id) title="\(file.digest)">\(short)</code>\(isCopy ? nil : copy)
            """
    }
}

extension TextKey {
    static let deskFileReceipt = TextKey("desk.file.receipt")
}
