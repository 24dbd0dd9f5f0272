import Foundation
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct TextsTests {
    private func catalog(_ de: String, _ en: String) throws -> TextCatalog {
        try TextCatalog(json: [.de: Data(de.utf8), .en: Data(en.utf8)])
    }

    @Test func `nested keys are found and filled`() throws {
        let texts = try catalog(
            #"{"mail": {"hello": "Guten Tag {{name}}, Nr. {{ number }}."}}"#, #"{"mail": {"hello": "Hello {{name}}, no. {{number}}."}}"#)
        #expect(texts[.de](TextKey("mail.hello"), ["name": "Anna", "number": "12"]) == "Guten Tag Anna, Nr. 12.")
        #expect(texts[.en](TextKey("mail.hello"), ["name": "{{number}}", "number": "12"]) == "Hello {{number}}, no. 12.")
        #expect(texts.missing.isEmpty && texts.problems().isEmpty)
    }

    @Test(arguments: [(0, "0 Dateien"), (1, "eine Datei"), (2, "2 Dateien"), (21, "21 Dateien")])
    func `a number chooses its form`(_ count: Int, _ text: String) throws {
        let texts = try catalog(
            #"{"files_one": "eine Datei", "files_other": "{{count}} Dateien"}"#,
            #"{"files_one": "one file", "files_other": "{{count}} files"}"#)
        #expect(texts[.de](TextKey("files"), count: count) == text)
        #expect(texts.problems().isEmpty)
    }

    @Test func `markup goes into placeholders and the text is escaped`() throws {
        let texts = try catalog(#"{"see": "Lies <das> & {{link}}"}"#, #"{"see": "Read {{link}}"}"#)
        let page = texts[.de].html(TextKey("see"), ["link": "<a href=\"/\">\("<hier>")</a>"])
        #expect(page.string == "Lies &lt;das&gt; &amp; <a href=\"/\">&lt;hier&gt;</a>")
    }

    @Test func `a missing text is taken from the other language and recorded`() throws {
        let texts = try catalog(#"{"a": "nur hier"}"#, #"{}"#)
        #expect(texts[.en](TextKey("a")) == "nur hier")
        #expect(texts.missing == ["en: a"])
    }

    @Test func `a text missing everywhere shows its key and is recorded`() throws {
        let texts = try catalog("{}", "{}")
        #expect(texts[.de](TextKey("no.such")) == "no.such")
        #expect(texts[.de].html(TextKey("no.<such")).string == "no.&lt;such")
        #expect(texts.missing == ["de: no.<such", "de: no.such"])
    }

    @Test func `a placeholder without a value stays visible and is recorded`() throws {
        let texts = try catalog(#"{"a": "Hallo {{name}}"}"#, #"{"a": "Hi {{name}}"}"#)
        #expect(texts[.de](TextKey("a")) == "Hallo {{name}}")
        #expect(texts.missing == ["de: a without {{name}}"])
    }

    @Test func `what a translator must mend is listed`() throws {
        let texts = try catalog(
            #"{"only": "x", "ph": "{{a}}", "empty": "", "one_one": "1", "open": "{{a", "both": "x", "both_one": "1", "both_other": "n"}"#,
            #"{"ph": "{{b}}", "empty": "e", "one_one": "1", "one_other": "n", "open": "a", "both_one": "1", "both_other": "n"}"#)
        #expect(
            texts.problems() == [
                "both is both a text and a plural in de", "empty is empty in de", "one has only one plural form in de",
                "one is a plural in one language only", "only is missing in en", "open has unclosed braces in de",
                "ph has different placeholders",
            ])
    }

    @Test func `the record of missing texts has an end`() throws {
        let texts = try catalog("{}", "{}")
        for number in 0..<1000 { _ = texts[.de](TextKey("k\(number)")) }
        #expect(texts.missing.count == 100)
    }

    @Test func `something that is no text is refused`() {
        #expect(throws: (any Error).self) { try catalog(#"{"a": 1}"#, "{}") }
        #expect(throws: (any Error).self) { try catalog(String(repeating: #"{"a":"#, count: 20) + "1", "{}") }
    }

    @Test func `two files of a directory are read`() throws {
        try withTemporaryDirectory { directory in
            for language in Language.allCases {
                try Data(#"{"a": "\#(language.endonym)"}"#.utf8).write(to: URL(fileURLWithPath: "\(directory)/\(language.rawValue).json"))
            }
            let texts = try Texts.load(directory: directory)
            #expect(texts[.en](TextKey("a")) == "English")
        }
    }
}
