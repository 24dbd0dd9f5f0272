import Yams

/// One field of a form's file.
extension FormsFile {
    private static let common = ["id", "type", "label", "help", "required", "when"]

    mutating func field(_ node: Node, after fields: [RequestField]) -> RequestField? {
        let own = ["limit", "long", "choices", "only", "currency", "patterns"]
        guard let entry = mapping(node, "a field", keys: Self.common + own) else { return nil }
        let id = word(entry["id"], "id", in: node)
        guard let name = string(entry["type"], "type", in: node) else { return nil }
        guard let kind = kind(name, entry, in: node) else { return nil }
        guard let id, let label = local(entry["label"], "label", in: node) else { return nil }
        return RequestField(
            id: id, kind: kind, label: label, help: entry["help"].flatMap { local($0, "help", in: node) },
            isRequired: entry["required"].map { truth($0, "required") } ?? false,
            conditions: entry["when"].map { conditions($0, fields) } ?? [])
    }

    private mutating func kind(_ name: String, _ entry: [String: Node], in node: Node) -> FieldKind? {
        let own: [String: [String]] = [
            "text": ["limit", "long"], "choice": ["choices"], "date": ["only"], "amount": ["currency"], "order": ["patterns"],
        ]
        guard FieldKind.names.contains(name) else {
            complain(entry["type"], "\(name) is no type of field; known are \(FieldKind.names.joined(separator: ", "))")
            return nil
        }
        for key in entry.keys.sorted() where !Self.common.contains(key) && own[name]?.contains(key) != true {
            complain(entry[key], "a field of the type \(name) has no \(key)")
        }
        switch name {
        case "text":
            let limit = entry["limit"].flatMap { number($0, "limit", 1...5000, in: node) } ?? 200
            return .text(limit: limit, isLong: entry["long"].map { truth($0, "long") } ?? false)
        case "choice": return choices(entry["choices"], in: node).map(FieldKind.choice)
        case "date": return oneOf(entry["only"], "only", or: FieldKind.DateRange.any, in: node).map(FieldKind.date)
        case "amount": return oneOf(entry["currency"], "currency", or: MoneyAmount.Currency.eur, in: node).map(FieldKind.amount)
        case "domain": return .domain
        case "iban": return .iban
        case "tracking": return .tracking
        default: return patterns(entry["patterns"], in: node).map(FieldKind.order)
        }
    }

    private mutating func oneOf<Value: CaseIterable & RawRepresentable<String>>(
        _ node: Node?, _ key: String, or standard: Value, in parent: Node
    ) -> Value? {
        guard let node else { return standard }
        guard let value = node.scalar.flatMap({ Value(rawValue: $0.string) }) else {
            complain(node, "\(key) must be one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
            return nil
        }
        return value
    }

    private mutating func choices(_ node: Node?, in parent: Node) -> [FieldKind.Choice]? {
        guard let entries = node?.sequence, (2...30).contains(entries.count) else {
            complain(node ?? parent, "a choice needs choices, a list of 2 to 30")
            return nil
        }
        var choices: [FieldKind.Choice] = []
        for node in entries {
            guard let entry = mapping(node, "a choice", keys: ["id", "label"]), let id = word(entry["id"], "id", in: node),
                let label = local(entry["label"], "label", in: node)
            else { continue }
            if choices.contains(where: { $0.id == id }) { complain(node, "there are two choices \(id)") }
            choices.append(.init(id: id, label: label))
        }
        return choices
    }

    private mutating func patterns(_ node: Node?, in parent: Node) -> [OrderPattern]? {
        guard let entries = node?.sequence, (1...10).contains(entries.count) else {
            complain(node ?? parent, "an order number needs patterns, a list of 1 to 10 such as \"NL-####-#####\"")
            return nil
        }
        return entries.compactMap { entry in
            guard let text = entry.scalar?.string, let pattern = OrderPattern(text) else {
                complain(
                    entry, "a pattern is made of # for a digit, @ for a letter, * for either, {2,5} behind them, and what stands for itself"
                )
                return nil
            }
            return pattern
        }
    }

    /// `when: {field: choice}`: a choice of a field before this one, since whoever fills in reads from top to bottom.
    private mutating func conditions(_ node: Node, _ fields: [RequestField]) -> [RequestField.Condition] {
        guard let mapping = node.mapping else {
            complain(node, "when must be written as {field: choice}")
            return []
        }
        return mapping.compactMap { key, value in
            let (field, choice) = (key.scalar?.string ?? "", value.scalar?.string ?? "")
            guard case .choice(let choices)? = fields.first(where: { $0.id == field })?.kind else {
                complain(key, "when names \(field), which is no choice before this field")
                return nil
            }
            guard choices.contains(where: { $0.id == choice }) else {
                complain(value, "\(field) has no choice \(choice)")
                return nil
            }
            return .init(field: field, choice: choice)
        }
    }
}
