import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct LanguageTests {
    @Test(arguments: [
        ("de", Language.de), ("en-GB,en;q=0.9,de;q=0.8", .en), ("fr;q=1, de;q=0.3, en;q=0.2", .de), ("EN-us", .en), ("de-AT", .de),
        ("en;q=0.5, de;q=0.5", .en), ("en;q=0, de;q=0.001", .de), ("*;q=0.9, en;q=0.1", .en), (" de ; q=0.4 , en ; q=0.45", .en),
        ("en;q=0.1239, de;q=0.124", .de),
    ])
    func `the browser's preferred language is chosen`(_ header: String, _ language: Language) {
        #expect(Language(acceptLanguage: header) == language)
    }

    @Test(arguments: ["", "fr", "*", "de;q=0", "deutsch", ";;;,,,", "q=1", "d\u{301}e"])
    func `who asks for none of ours gets the default`(_ header: String) {
        #expect(Language(acceptLanguage: header) == nil)
    }

    @Test func `an endless header costs nothing`() {
        #expect(Language(acceptLanguage: String(repeating: "fr,", count: 100_000) + "de") == nil)
    }
}
