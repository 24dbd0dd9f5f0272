import Foundation

/// The kinds of request, and the fields that one of them asks for.
extension FrontdeskPages {
    /// The way from one kind to another. What was typed into fields that both have goes along in the draft.
    func kinds(_ types: [RequestType], chosen: RequestType?, _ visit: Visit, _ t: Voice) -> HTML {
        """
        <nav class="kinds no-print" aria-label="\(t(.requestKinds))">
        <ul>
        \(each: types.enumerated(), { kind($0.element, isFirst: $0.offset == 0, isChosen: $0.element.id == chosen?.id, visit, t) })</ul>
        </nav>
        """
    }

    private func kind(_ type: RequestType, isFirst: Bool, isChosen: Bool, _ visit: Visit, _ t: Voice) -> HTML {
        let path = isFirst ? "/request" : "/request/\(type.id)"
        return """
            <li><a href="\(href: visit.link(path))"\(attribute: "aria-current", isChosen ? "page" : nil)>\(type.title[t.language])</a></li>

            """
    }

    /// A field with all that a person needs to fill it in. Where it depends on a choice, a script shows it only then; without the script its hint
    /// says so, and what does not apply is not read.
    func typedField(_ field: RequestField, of type: RequestType, _ form: RequestForm, _ problems: [FormProblem], _ t: Voice) -> HTML {
        let label: HTML =
            field.isRequired
            ? HTML(text: field.label[t.language]) : "\(field.label[t.language]) <span class=\"hint\">\(t(.requestOptional))</span>"
        let content = self.field(RequestForm.input(field.id), label, hint: field.help?[t.language], problems, t) { ties in
            "\(condition(field, of: type, t))\(input(field, form.typed[field.id] ?? "", ties, t))"
        }
        guard !field.conditions.isEmpty else { return content }
        let when = field.conditions.map { "\(RequestForm.input($0.field))=\($0.choice)" }.joined(separator: " ")
        return "<div data-when=\"\(when)\">\n\(content)\n</div>\n"
    }

    /// When the field is wanted, for whom no script hides it.
    private func condition(_ field: RequestField, of type: RequestType, _ t: Voice) -> HTML {
        let choices = field.conditions.compactMap { condition -> String? in
            guard case .choice(let choices)? = type.field(condition.field)?.kind else { return nil }
            return choices.first { $0.id == condition.choice }?.label[t.language]
        }
        guard !choices.isEmpty else { return HTML() }
        return "<p class=\"hint\" data-without-script>\(t(.requestOnlyIf, ["choice": choices.joined(separator: ", ")]))</p>\n"
    }

    private func input(_ field: RequestField, _ typed: String, _ ties: HTML, _ t: Voice) -> HTML {
        let id = RequestForm.input(field.id)
        // without a script a field that does not apply is there all the same, and must not stop anybody
        let required: HTML =
            field.isRequired ? (field.conditions.isEmpty ? " required" : " data-required") : HTML()
        switch field.kind {
        case .choice(let choices):
            return """
                <select id="\(id)" name="\(id)"\(required)\(ties)>
                <option value="">\(t(.requestChoose))</option>
                \(each: choices, { option($0, typed, t) })</select>
                """
        case .text(let limit, isLong: true):
            return """
                <textarea id="\(id)" name="\(id)" rows="3" maxlength="\(limit)"\(required)\(ties)>
                \(typed)</textarea>
                """
        case .text(let limit, isLong: false): return line(id, typed, limit: limit, "\(required)\(ties)")
        case .amount, .domain, .iban, .tracking, .order, .date:
            // where a script says how the value is read; announced, and empty until then
            return """
                \(line(id, typed, limit: 260, "\(required)\(ties)\(hints(field.kind)) data-check=\"\(id)-read\""))
                <p class="read" id="\(id)-read" aria-live="polite"></p>
                """
        }
    }

    /// What a telephone's keyboard should know.
    private func hints(_ kind: FieldKind) -> HTML {
        switch kind {
        case .amount: " inputmode=\"decimal\" autocomplete=\"off\""
        case .domain: " inputmode=\"url\" autocapitalize=\"none\" spellcheck=\"false\""
        case .iban, .tracking, .order: " autocapitalize=\"characters\" autocomplete=\"off\" spellcheck=\"false\""
        case .date: " autocomplete=\"off\""
        case .text, .choice: HTML()
        }
    }

    private func option(_ choice: FieldKind.Choice, _ typed: String, _ t: Voice) -> HTML {
        "<option value=\"\(choice.id)\"\(attribute: "selected", if: choice.id == typed)>\(choice.label[t.language])</option>\n"
    }

    private func line(_ id: String, _ typed: String, limit: Int, _ attributes: HTML) -> HTML {
        """
        <input type="text" id="\(id)" name="\(id)" maxlength="\(limit)"\(attributes)\(attribute: "value", typed.isEmpty ? nil : typed)>
        """
    }

    /// What was filled in, as both sides see it.
    func given(_ fields: [TicketField]) -> HTML {
        guard !fields.isEmpty else { return HTML() }
        return """
            <dl class="given">
            \(each: fields, { "<div><dt>\($0.label)</dt><dd class=\"prose\">\($0.shown)</dd></div>\n" })</dl>
            """
    }
}
