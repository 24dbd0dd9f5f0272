import Hummingbird

/// In which language a person walks through our pages, and whether the choice has to be carried from link to link.
///
/// A language chosen by `?lang=` is remembered in the addresses themselves: customers get no cookie for it.
struct Visit: Sendable, Equatable {
    var language: Language
    /// The address said so; otherwise the browser did, and will again.
    var isChosen: Bool

    init(language: Language, isChosen: Bool) { (self.language, self.isChosen) = (language, isChosen) }

    init(_ request: Request, _ context: WebContext) {
        let asked = URLEncoded.value("lang", in: request.uri.query).flatMap(Language.init(rawValue:))
        self.init(language: asked ?? context.language, isChosen: asked != nil)
    }

    /// A path of ours with the choice of language, if one was made; `path` has no fragment.
    func link(_ path: String) -> String { isChosen ? Self.link(path, in: language) : path }

    /// The same page in another language.
    static func link(_ path: String, in language: Language) -> String {
        "\(path)\(path.utf8.contains(UInt8(ascii: "?")) ? "&" : "?")lang=\(language.rawValue)"
    }
}
