/// A small picture of the state for other sites: SVG, light and dark, read out by its title.
///
/// No width of a text is guessed: the letters are those of a typewriter, each as wide as the other, and `textLength` holds them to the room that is there
/// whatever the reader's font makes of them.
struct StatusBadge: Sendable {
    let status: PublishedStatus
    let voice: Voice

    /// Units for each letter, of the font size of 11: typewriter fonts are about 0.6 em wide.
    private static let letter = 6.6
    private static let (padding, sign, height) = (9.0, 18.0, 22.0)
    /// A longer name is cut: a badge is no page.
    private static let mostLetters = 40

    var image: XML {
        let label = Self.shortened(status.page.name)
        let word = Self.shortened(voice(status.badgeKey))
        let left = Self.width(label) + 2 * Self.padding
        let right = Self.sign + Self.width(word) + 2 * Self.padding - 2
        let title = "\(status.page.name): \(voice(status.sentenceKey))"
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.number(left + right)) 22" width="\(Self.number(left + right))" height="22" \
            role="img" aria-labelledby="t" lang="\(voice.language.rawValue)">
            <title id="t">\(title)</title>
            <style>
            .a{fill:#fff}.b{fill:#f5f7f6}.n{fill:#13211f}.l{stroke:#788986;fill:none}\(Self.tone(status.worst, isDark: false))
            @media (prefers-color-scheme:dark){.a{fill:#161f1e}.b{fill:#1e2927}.n{fill:#e7efed}.l{stroke:#7a8c88}\(Self.tone(status.worst, isDark: true))}
            text{font:600 11px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}
            </style>
            <path class="b" d="M4 0h\(Self.number(left - 4))v22H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4z"/>
            <path class="a" d="M\(Self.number(left)) 0h\(Self.number(right - 4))a4 4 0 0 1 4 4v14a4 4 0 0 1-4 4h-\(Self.number(right - 4))z"/>
            <rect class="l" x=".5" y=".5" width="\(Self.number(left + right - 1))" height="21" rx="3.5"/>
            <text class="n" x="\(Self.number(Self.padding))" y="15" textLength="\(Self.number(Self.width(label)))" \
            lengthAdjust="spacingAndGlyphs">\(label)</text>
            <g class="t" transform="translate(\(Self.number(left + Self.padding - 2)) 4)">\(StateSign.xml(status.worst))</g>
            <text class="t" x="\(Self.number(left + Self.padding + Self.sign - 2))" y="15" textLength="\(Self.number(Self.width(word)))" \
            lengthAdjust="spacingAndGlyphs">\(word)</text>
            </svg>

            """
    }

    private static func tone(_ state: ComponentState, isDark: Bool) -> XML {
        switch (state, isDark) {
        case (.operational, false): ".t{fill:#1a6732}"
        case (.operational, true): ".t{fill:#82cf97}"
        case (.underMaintenance, false): ".t{fill:#514a9d}"
        case (.underMaintenance, true): ".t{fill:#b9b3f5}"
        case (.degradedPerformance, false), (.partialOutage, false): ".t{fill:#834d00}"
        case (.degradedPerformance, true), (.partialOutage, true): ".t{fill:#ebb765}"
        case (.majorOutage, false): ".t{fill:#ae2419}"
        case (.majorOutage, true): ".t{fill:#ff9d92}"
        }
    }

    private static func shortened(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard scalars.count > mostLetters else { return text }
        return String(String.UnicodeScalarView(scalars.prefix(mostLetters - 1))) + "…"
    }

    private static func width(_ text: String) -> Double { Double(text.unicodeScalars.count) * letter }

    /// With one decimal place at most.
    private static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
    }
}

extension PublishedStatus {
    /// The worst state of any component; where all are well but an incident is open, at least that something is the matter.
    var worst: ComponentState {
        let worst = components.filter { !$0.isGroup }.map(\.state).max() ?? .operational
        return openIncidents.isEmpty ? worst : max(worst, .degradedPerformance)
    }

    /// The sentence at the top. Nobody is told that all is well while we work on an incident.
    var sentenceKey: TextKey {
        overall == .operational && !openIncidents.isEmpty ? .statuspageIncidentOpen : overall.textKey
    }

    /// The same in a word or two.
    var badgeKey: TextKey {
        switch worst {
        case .operational: .statuspageBadgeOperational
        case .underMaintenance: .statuspageBadgeMaintenance
        case .degradedPerformance: .statuspageBadgeDegraded
        case .partialOutage: .statuspageBadgePartial
        case .majorOutage: .statuspageBadgeMajor
        }
    }
}
