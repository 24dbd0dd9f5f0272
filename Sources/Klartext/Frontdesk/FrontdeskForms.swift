import Foundation

/// What stands between the forms and the tickets.
extension Frontdesk {
    /// The day on our clock, by which "in the past" is judged.
    var today: CivilTime { today(at: clock.now()) }

    private func today(at now: Date) -> CivilTime {
        let time = voices[voices.unknown].moments.civil(now)
        return CivilTime(year: time.year, month: time.month, day: time.day)
    }

    /// Judges one value while somebody types.
    /// - Returns: nil for a field that is not asked for.
    func check(_ typed: String, of field: String, in type: RequestType, _ language: Language) -> FieldVerdict? {
        guard let field = type.field(field), typed.utf8.count <= FieldVerdict.mostBytes else { return nil }
        let t = voices[language]
        do {
            guard let value = try field.read(typed, today: today) else { return FieldVerdict(ok: true, said: "") }
            return FieldVerdict(ok: true, said: value.remark(in: language).map { t.texts($0.key, filling: $0.values) } ?? "")
        } catch {
            return FieldVerdict(ok: false, said: t.texts(error.key, filling: error.values))
        }
    }
}

/// What is said of a value while it is typed; the same as when it is sent.
struct FieldVerdict: Encodable, Sendable, Equatable {
    var ok: Bool
    /// In the person's language; empty where there is nothing to say.
    var said: String

    /// Longer than any number, domain or amount.
    static let mostBytes = 2000
}

extension FilledForm {
    /// The values as they stand on a ticket, in the customer's words: the kind of request first. Nil where a type asks for nothing beside the text.
    func fields(of type: RequestType, _ t: Voice) -> FilledFields? {
        guard !type.fields.isEmpty else { return nil }
        let kind = FilledFields.Field(
            id: "form", type: "form", label: t(.requestKind), value: type.id, shown: type.title[t.language])
        let values = values.map { entry in
            FilledFields.Field(
                id: entry.field.id, type: entry.field.kind.name, label: entry.field.label[t.language], value: entry.value.stored,
                shown: entry.value.shown(in: t.language))
        }
        return FilledFields(form: type.id, fields: [kind] + values)
    }
}
