import Foundation

extension WorkspacePages {
    /// What a form asked for, each value with a button that copies it as other programs want it.
    func given(_ fields: [TicketField], isCopy: Bool) -> HTML? {
        guard !fields.isEmpty else { return nil }
        return """
            <dl class="given">
            \(each: fields, { given($0, isCopy: isCopy) })</dl>
            """
    }

    private func given(_ field: TicketField, isCopy: Bool) -> HTML {
        let id = "given-\(field.message)-\(field.position)"
        return """
            <div><dt>\(field.label)</dt><dd><span class="prose"\(attribute: "id", isCopy ? nil : id)>\(field.shown)</span>\(technical(field))\
            \(isCopy ? nil : copyButton(field, id))</dd></div>

            """
    }

    /// A domain with letters of its own, as it stands in the DNS.
    private func technical(_ field: TicketField) -> HTML? {
        guard field.type == "domain", field.value != field.shown else { return nil }
        return " <code class=\"muted\">\(field.value)</code>"
    }

    private func copyButton(_ field: TicketField, _ id: String) -> HTML? {
        guard field.type != "form", field.type != "choice" else { return nil }
        // a day and an amount are wanted as they are read; everything else without spaces and names
        let isWritten = field.type == "date" || field.type == "amount"
        return """
             <button type="button" class="btn compact" hidden data-copy="\(id)" data-copy-text="\(isWritten ? field.shown : field.value)" \
            data-copied="\(t(.deskTicketCopied))">\(icon("copy")) \(t(.deskTicketCopy))<span class="vh">: \(field.label)</span></button>
            """
    }
}
