import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1))) struct LanguageGuessTests {
    @Test(arguments: [
        ("Guten Tag, mein Paket ist nicht angekommen.", Language.de), ("Hello, my parcel has not arrived.", .en),
        ("Rechnung 4711 bitte noch einmal senden", .de), ("please send invoice 4711 again", .en), ("4711", nil), ("", nil),
        ("Paket parcel", nil),
    ])
    func `the commonest words tell the language`(_ text: String, _ language: Language?) { #expect(LanguageGuess.guess(text) == language) }
}
