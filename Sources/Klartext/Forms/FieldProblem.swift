/// Why what somebody typed into a field cannot be taken, as a text with its values, so that the page can say it in the person's language.
struct FieldProblem: Error, Hashable, Sendable {
    var key: TextKey
    /// What stands in the text's placeholders.
    var values: [String: String] = [:]

    init(_ key: TextKey, _ values: [String: String] = [:]) { (self.key, self.values) = (key, values) }
}
