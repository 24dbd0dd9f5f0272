import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct UpdateTemplateTests {
    private func texts(_ language: Language) throws -> Texts { try Texts.load(directory: "\(TestDesk.root)/Locales")[language] }

    private static let german: [UpdateTemplate.Field: String] = [
        .feature: "Anmeldung", .symptom: "Nach dem Passwort erscheint eine leere Seite", .since: "9:12 Uhr (MEZ)",
        .works: "Die Kartenzahlung",
        .next: "9:40 Uhr (MEZ)", .affected: "alle Kunden", .unaffected: "die App", .workaround: "die App benutzen", .minutes: "7",
        .news: "Die Behebung läuft", .until: "11:00 Uhr (MEZ)", .at: "10:12 Uhr (MEZ)", .duration: "1 Stunde",
        .data: "Daten sind nicht verloren gegangen",
        .from: "3. Dezember, 22:00 Uhr (MEZ)", .effect: "ist nicht erreichbar", .before: "eilige Überweisungen abschicken",
    ]
    private static let english: [UpdateTemplate.Field: String] = [
        .feature: "Sign-in", .symptom: "After the password an empty page appears", .since: "9:12 (CET)", .works: "Paying by card",
        .next: "9:40 (CET)", .affected: "all customers", .unaffected: "the app", .workaround: "use the app", .minutes: "7",
        .news: "The fix is being installed", .until: "11:00 (CET)", .at: "10:12 (CET)", .duration: "1 hour", .data: "No data was lost",
        .from: "3 December, 22:00 (CET)", .effect: "cannot be reached", .before: "send urgent transfers",
    ]

    @Test func `the first word says what fails, since when, what works, and when the next comes`() throws {
        let draft = UpdateTemplate.first.draft(Self.german, try texts(.de))
        #expect(
            draft == """
                Anmeldung: seit etwa 9:12 Uhr (MEZ) gestört. Nach dem Passwort erscheint eine leere Seite. Wir untersuchen das. \
                Die Kartenzahlung funktioniert weiter. Erneutes Versuchen hilft im Moment nicht. Nächste Meldung bis 9:40 Uhr (MEZ).
                """)
        let english = UpdateTemplate.first.draft(Self.english, try texts(.en))
        #expect(
            english.hasPrefix("Sign-in: failing since about 9:12 (CET). After the password an empty page appears. We are investigating."))
    }

    @Test(arguments: UpdateTemplate.allCases)
    func `a filled draft has nothing to remark upon`(template: UpdateTemplate) throws {
        let kind = Self.kind(of: template)
        for (language, fields) in [(Language.de, Self.german), (.en, Self.english)] {
            let draft = template.draft(fields, try texts(language))
            let findings = Wording.check(draft, .init(language: language, kind: kind, promisesNextUpdate: false))
            #expect(findings == [], "\(draft)")
        }
    }

    @Test(arguments: UpdateTemplate.allCases)
    func `what must be said and is not known stands in brackets, and is found there`(template: UpdateTemplate) throws {
        for language in Language.allCases {
            let draft = template.draft([.works: "  "], try texts(language))
            let required = template.sentences.filter { !$0.isOptional }.flatMap(\.needs).count
            let gaps = Wording.check(draft, .init(language: language, kind: Self.kind(of: template), promisesNextUpdate: true))
                .filter { $0.rule == .gap }
            #expect(gaps.count == required, "\(draft)")
            #expect(!draft.contains("{{"))
        }
    }

    private static func kind(of template: UpdateTemplate) -> Wording.Context.Kind {
        switch template {
        case .first, .noNews, .late: .incident(.investigating)
        case .cause: .incident(.identified)
        case .monitoring: .incident(.monitoring)
        case .resolved: .incident(.resolved)
        case .maintenance: .maintenance
        }
    }
}
