/// What a feature, a foundation and a rule are, and what each may know.
enum FeatureLaws {
    /// Folders that know nothing of any feature.
    static let foundations: Set = ["Journal", "Jobs", "People", "Mailroom", "Files", "Search", "Web", "Schema"]
    /// Folders that know every feature: the wiring, and the story told through the actions.
    static let knowAll: Set = ["App", "Demo"]
    /// Which feature may name which other one, never in a circle. Each entry is a decision: it makes two rooms one house.
    static let neighbours: [String: Set<String>] = [
        // What customers and what agents see of tickets.
        "Frontdesk": ["Tickets", "Promises", "Receipts", "Forms", "Calendars"],
        "Workspace": ["Tickets", "Promises", "Calendars", "Calls"],
        // What was promised about a ticket, the hours in which that is due, and a receipt signed in the commit that files a customer's file.
        "Tickets": ["Promises", "Calendars", "Receipts"],
        // A promise is due in the business time of its queue.
        "Promises": ["Calendars"],
        // What is published is said in the words of incidents and components.
        "StatusPage": ["Incidents", "Calendars"],
        // Days and maintenances that come again, by the clock on the wall.
        "Incidents": ["Calendars"],
        // What is told to those who asked for it is what was said of incidents and maintenances.
        "Subscriptions": ["Incidents"],
    ]

    /// The endings of the files in a feature folder that are no rules, beside the actions, whose names begin with the
    /// folder's: `Tickets`, `TicketsByMail`. `Reading` is what can be read without a change, `Links` what holds a secret, `Keys` what signs.
    static let roles = ["SQL", "Jobs", "Mails", "Routes", "Pages", "Texts", "Reading", "Links", "Keys"]
    /// Rules that live in a foundation.
    static let rulesOfFoundations: Set = [
        "Mailroom/Sorting.swift", "Mailroom/LetterFate.swift", "Jobs/Watch.swift", "Search/SearchText.swift", "Search/SearchFolding.swift",
        "Search/Stem.swift",
        "Search/Slips.swift", "Search/SearchQuery.swift", "Search/SearchMatch.swift", "Search/SearchExcerpt.swift",
    ]
    /// Rules that judge a parsed mail or an address, and so need their types. `Mail` is values and bytes; what talks to servers there is async
    /// and cannot be called from a rule, which may not wait.
    static let rulesOverMail: Set = [
        "Mailroom/Sorting.swift", "Mailroom/LetterFate.swift", "Tickets/Threading.swift", "Frontdesk/RequestForm.swift",
    ]

    static func isFeature(_ folder: String) -> Bool {
        !folder.isEmpty && !foundations.contains(folder) && !knowAll.contains(folder)
    }

    /// Whether the file is pure by its place and name: values in, values out.
    static func isRule(_ file: SourceFile) -> Bool {
        if rulesOfFoundations.contains("\(file.folder)/\(file.name)") { return true }
        guard isFeature(file.folder), !file.stem.hasPrefix(file.folder) else { return false }
        return !roles.contains { file.stem.hasSuffix($0) }
    }

    /// A rule imports Foundation alone, or Mail beside it where ``rulesOverMail`` says so.
    static func ruleImports(_ tree: SourceTree) -> [Violation] {
        tree.sources.filter(isRule).flatMap { file -> [Violation] in
            let allowed: Set = rulesOverMail.contains("\(file.folder)/\(file.name)") ? ["Foundation", "Mail"] : ["Foundation"]
            return file.imports.filter { !allowed.contains($0.module) }.map {
                Violation(path: file.path, line: $0.line, what: "a rule imports \($0.module)")
            }
        }
    }

    /// A rule is handed the clock and its randomness as values, and starts nothing.
    static func rulePurity(_ tree: SourceTree) -> [Violation] {
        let impure: [[String]] = [
            ["Date", "(", ")"], ["Date", ".", "now"], ["UUID", "(", ")"], [".", "random"], [".", "randomElement"], [".", "shuffled"],
            ["Task"], ["SystemRandomNumberGenerator"], ["ContinuousClock"], ["ProcessInfo"], ["FileManager"], ["await"],
        ]
        return tree.sources.filter(isRule).flatMap { file in
            impure.flatMap { words in
                file.lines(of: words).map { Violation(path: file.path, line: $0, what: "a rule says \(words.joined())") }
            }
        }
    }

    /// A foundation never names a type of a feature.
    static func foundationsNameNoFeature(_ tree: SourceTree) -> [Violation] {
        strangers(in: tree) { folder, _ in foundations.contains(folder) }
    }

    /// A feature names a type of another feature only if ``neighbours`` says so.
    static func featuresNameNeighboursAlone(_ tree: SourceTree) -> [Violation] {
        strangers(in: tree) { folder, owner in
            isFeature(folder) && folder != owner && neighbours[folder]?.contains(owner) != true
        }
    }

    /// The places where a file names a type that a feature folder declares at the top level.
    ///
    /// A word behind a full stop belongs to something else, `Logger.Message`; so does a name that the file's own folder
    /// declares itself.
    private static func strangers(in tree: SourceTree, where isForbidden: (_ folder: String, _ owner: String) -> Bool) -> [Violation] {
        var owners: [String: String] = [:]
        for feature in tree.sources where isFeature(feature.folder) {
            for type in feature.types where type.depth == 0 { owners[type.text] = feature.folder }
        }
        let own = Dictionary(grouping: tree.sources, by: \.folder).mapValues { Set($0.flatMap { $0.types.map(\.text) }) }
        return tree.sources.flatMap { file in
            file.words.indices.compactMap { index in
                let word = file.words[index]
                guard let owner = owners[word.text], isForbidden(file.folder, owner), own[file.folder]?.contains(word.text) != true,
                    index == 0 || file.words[index - 1].text != "."
                else { return nil }
                return Violation(path: file.path, line: word.line, what: "\(file.folder) names \(word.text) of \(owner)")
            }
        }
    }
}
