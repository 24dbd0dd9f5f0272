import Foundation

/// PLACEHOLDER
struct PromiseFinder: Sendable {
    var calendar: BusinessCalendar
    struct Found: Sendable, Equatable { var quote: String; var channel: PromiseChannel; var thirdParty: String?; var times: [Date]; var isCertain: Bool }
    func find(in text: String, language: Language, at now: Date) -> [Found] { [] }
}
