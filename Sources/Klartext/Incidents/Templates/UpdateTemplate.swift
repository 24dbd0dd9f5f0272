/// A draft for an update, by what there is to say. Each is made of whole sentences, of which those are left out that nobody has filled and nobody needs.
///
/// What must be said and is not known yet stands in square brackets; ``Wording`` finds what was left so.
enum UpdateTemplate: String, Sendable, CaseIterable {
    /// The first word, within minutes: what fails, since when, what still works.
    case first
    /// The cause is found.
    case cause
    /// Nothing new, said in time.
    case noNews
    /// Nothing new or little, said too late.
    case late
    case monitoring
    case resolved
    case maintenance

    /// What a draft is filled with; each is a text in the language of the draft.
    enum Field: String, Sendable, CaseIterable {
        case feature, symptom, since, works, next, affected, unaffected, workaround, minutes, news, until, at, duration, data, from, effect,
            before
    }

    struct Sentence: Sendable {
        var key: TextKey
        /// The fields without which it says nothing.
        var needs: [Field] = []
        /// Left out where a field is missing; else the field's name in brackets stands there.
        var isOptional = false
    }

    var sentences: [Sentence] {
        switch self {
        case .first:
            [
                Sentence(key: TextKey("template.first.fails"), needs: [.feature, .since, .symptom]),
                Sentence(key: TextKey("template.first.looking")), Self.works,
                Sentence(key: TextKey("template.first.noRetry")), Self.next,
            ]
        case .cause:
            [
                Sentence(key: TextKey("template.cause.found")), Self.affected,
                Sentence(key: TextKey("template.unaffected"), needs: [.unaffected], isOptional: true),
                Sentence(key: TextKey("template.cause.workaround"), needs: [.workaround], isOptional: true), Self.next,
            ]
        case .noNews: [Sentence(key: TextKey("template.noNews.still")), Self.next]
        case .late:
            [
                Sentence(key: TextKey("template.late.late"), needs: [.minutes]),
                Sentence(key: TextKey("template.late.news"), needs: [.news]), Self.next,
            ]
        case .monitoring:
            [
                Sentence(key: TextKey("template.monitoring.fixed"), needs: [.feature]),
                Sentence(key: TextKey("template.monitoring.until"), needs: [.until]), Self.next,
            ]
        case .resolved:
            [
                Sentence(key: TextKey("template.resolved.at"), needs: [.feature, .at]),
                Sentence(key: TextKey("template.resolved.duration"), needs: [.duration]), Self.affected,
                Sentence(key: TextKey("template.resolved.data"), needs: [.data]), Sentence(key: TextKey("template.resolved.ask")),
            ]
        case .maintenance:
            [
                Sentence(key: TextKey("template.maintenance.when"), needs: [.from, .until, .feature, .effect]),
                Sentence(key: TextKey("template.maintenance.before"), needs: [.before], isOptional: true), Self.works,
            ]
        }
    }

    private static let works = Sentence(key: TextKey("template.works"), needs: [.works], isOptional: true)
    private static let affected = Sentence(key: TextKey("template.affected"), needs: [.affected])
    private static let next = Sentence(key: TextKey("template.next"), needs: [.next])

    /// The draft in one language.
    func draft(_ fields: [Field: String], _ texts: Texts) -> String {
        let filled = fields.filter { !$0.value.isBlank }
        return sentences.compactMap { sentence -> String? in
            if sentence.isOptional, !sentence.needs.allSatisfy({ filled[$0] != nil }) { return nil }
            let values = sentence.needs.map { ($0.rawValue, filled[$0] ?? "[\(texts($0.gap))]") }
            return texts(sentence.key, filling: Dictionary(values, uniquingKeysWith: { first, _ in first }))
        }.joined(separator: " ")
    }
}

extension UpdateTemplate.Field {
    /// What stands in the brackets while nobody has filled it.
    var gap: TextKey {
        switch self {
        case .feature: TextKey("template.gap.feature")
        case .symptom: TextKey("template.gap.symptom")
        case .since: TextKey("template.gap.since")
        case .works: TextKey("template.gap.works")
        case .next: TextKey("template.gap.next")
        case .affected: TextKey("template.gap.affected")
        case .unaffected: TextKey("template.gap.unaffected")
        case .workaround: TextKey("template.gap.workaround")
        case .minutes: TextKey("template.gap.minutes")
        case .news: TextKey("template.gap.news")
        case .until: TextKey("template.gap.until")
        case .at: TextKey("template.gap.at")
        case .duration: TextKey("template.gap.duration")
        case .data: TextKey("template.gap.data")
        case .from: TextKey("template.gap.from")
        case .effect: TextKey("template.gap.effect")
        case .before: TextKey("template.gap.before")
        }
    }
}
