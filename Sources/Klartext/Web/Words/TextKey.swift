/// Names one text of `Locales/`, such as `request.title`.
///
/// Features declare theirs beside their pages: `extension TextKey { static let requestTitle = TextKey("request.title") }`.
struct TextKey: Hashable, Sendable {
    let name: String

    init(_ name: String) { self.name = name }
}
