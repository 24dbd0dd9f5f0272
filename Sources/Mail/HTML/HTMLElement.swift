/// What is known of an HTML element; elements not listed are passed through: their tags vanish, their content stays.
struct HTMLElement: Sendable {
    let name: String
    let traits: Traits

    struct Traits: OptionSet, Sendable {
        let rawValue: UInt8
        /// Begins and ends a line.
        static let block = Traits(rawValue: 1)
        /// Stands apart from its neighbours by an empty line.
        static let apart = Traits(rawValue: 2)
        /// Has no content and no end tag.
        static let void = Traits(rawValue: 4)
        /// Its content is not for people.
        static let skipped = Traits(rawValue: 8)
        /// May appear in cleaned HTML.
        static let allowed = Traits(rawValue: 16)
    }

    /// No element has a longer name; more of an unknown one need not be kept.
    static let nameLimit = 15

    static func named(_ name: String) -> HTMLElement { table[name] ?? HTMLElement(name: name, traits: []) }

    private static let table: [String: HTMLElement] = {
        let groups: [(String, Traits)] = [
            ("a b big center code del em font i ins kbd mark s samp small span strike strong sub sup tt u var caption", .allowed),
            ("tbody td tfoot th thead", .allowed),
            ("div li dd dt tr", [.allowed, .block]),
            ("blockquote h1 h2 h3 h4 h5 h6 ol p pre table ul dl", [.allowed, .block, .apart]),
            ("br", [.allowed, .void]), ("hr", [.allowed, .void, .block]), ("img", [.allowed, .void]), ("wbr", [.allowed, .void]),
            ("address article aside body details figure footer form header main nav section fieldset center", .block),
            ("area base col embed input link meta param source track", .void),
            ("script style title iframe noembed noframes object applet template", .skipped),
        ]
        var table: [String: HTMLElement] = [:]
        for (names, traits) in groups {
            for name in names.split(separator: " ").map(String.init) where table[name] == nil {
                table[name] = HTMLElement(name: name, traits: traits)
            }
        }
        return table
    }()
}
