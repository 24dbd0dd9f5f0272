import Foundation
import Testing

@testable import Klartext

/// The files that an operator writes.
@Suite(.timeLimit(.minutes(1)))
struct FormsReadingTests {
    private static let shipped = TestDesk.root + "/forms"

    @Test func `the shipped forms are read, the general question first`() throws {
        let types = try Forms(directory: Self.shipped).types
        #expect(types.map(\.id) == ["question", "lost-parcel", "fault", "complaint", "domain"])
        #expect(types[0].fields.isEmpty && types[0].subject == nil)
        for type in types {
            for text in [type.title, type.help, type.subject].compactMap({ $0 })
                + type.fields.flatMap({ [$0.label, $0.help].compactMap { $0 } })
            {
                #expect(!text.de.isEmpty && !text.en.isEmpty)
            }
        }
    }

    private static let head = "id: parcel\nposition: 5\ntitle: {de: Paket, en: Parcel}\n"

    private func complaints(_ yaml: String, named name: String = "parcel") -> [String] {
        do {
            _ = try FormsReading.type(yaml, file: "parcel.yaml", named: name, queues: ["general", "technik"])
            return []
        } catch {
            return (error as? FormsError)?.problems.map(\.description) ?? ["\(error)"]
        }
    }

    @Test(arguments: [
        ("", "parcel.yaml:1: it is empty."),
        ("id: [", "parcel.yaml:2: it is no YAML: did not find expected node content."),
        ("- a", "parcel.yaml:1: a form must be written as key: value."),
        ("id: parcel\nposition: 5\n", "parcel.yaml:1: title is missing."),
        (
            head + "queu: fast\n",
            "parcel.yaml:4: queu is not known here; known are id, position, title, help, queue, subject, message, fields."
        ),
        (head + "queue: fast\n", "parcel.yaml:4: there is no queue fast; there are general, technik."),
        (head + "queue: Fast Lane\n", "parcel.yaml:4: queue must be of small letters, digits and hyphens, at most 40."),
        ("id: parcel\nposition: first\ntitle: T\n", "parcel.yaml:2: position must be a whole number from 1 to 1000."),
        ("id: Parcel\nposition: 5\ntitle: T\n", "parcel.yaml:1: id must be of small letters, digits and hyphens, at most 40."),
        ("id: box\nposition: 5\ntitle: T\n", "parcel.yaml:1: the id is box, but the file is called parcel.yaml."),
        (head + "title: x\n", "parcel.yaml:3: title is said twice."),
        (head + "help: {de: Hilfe}\n", "parcel.yaml:4: help.en is missing."),
        (head + "subject: \"{{number}} fort\"\n", "parcel.yaml:4: the subject names the field number, which is not there."),
        (head + "fields: 3\n", "parcel.yaml:4: fields must be a list of at most 40 fields."),
        (head + "fields:\n  - {id: a, label: A}\n", "parcel.yaml:5: type is missing."),
        (
            head + "fields:\n  - id: a\n    label: A\n    type: traking\n",
            "parcel.yaml:7: traking is no type of field; known are text, choice, date, amount, domain, iban, tracking, order."
        ),
        (head + "fields:\n  - {id: a, label: A, type: iban, limit: 3}\n", "parcel.yaml:5: a field of the type iban has no limit."),
        (head + "fields:\n  - {id: a, label: A, type: iban, required: yes}\n", "parcel.yaml:5: required must be true or false."),
        (head + "fields:\n  - {id: a, label: A, type: choice}\n", "parcel.yaml:5: a choice needs choices, a list of 2 to 30."),
        (
            head + "fields:\n  - {id: a, label: A, type: choice, choices: [{id: x, label: X}, {id: x, label: Y}]}\n",
            "parcel.yaml:5: there are two choices x."
        ),
        (head + "fields:\n  - {id: a, label: A, type: date, only: soon}\n", "parcel.yaml:5: only must be one of any, past, future."),
        (
            head + "fields:\n  - {id: a, label: A, type: order, patterns: [\"NL\"]}\n",
            "parcel.yaml:5: a pattern is made of # for a digit, @ for a letter, * for either, {2,5} behind them, and what stands for itself."
        ),
        (
            head + "fields:\n  - {id: a, label: A, type: iban, when: {b: c}}\n",
            "parcel.yaml:5: when names b, which is no choice before this field."
        ),
        (
            head + "fields:\n  - {id: a, label: A, type: choice, choices: [{id: x, label: X}, {id: y, label: Y}]}\n"
                + "  - {id: b, label: B, type: iban, when: {a: z}}\n",
            "parcel.yaml:6: a has no choice z."
        ),
        (
            head + "fields:\n  - {id: a, label: A, type: iban}\n  - {id: a, label: B, type: iban}\n",
            "parcel.yaml:6: there are two fields a."
        ),
        (
            head + "fields:\n  - {id: a, label: A, type: iban}\nsubject: \"Konto {{a}}\"\n",
            "parcel.yaml:6: the subject names the account number a, which has no place in the subject of a mail."
        ),
    ])
    func `a mistake is named with its line and its reason`(_ yaml: String, _ complaint: String) {
        #expect(complaints(yaml).contains(complaint), "\(complaints(yaml))")
    }

    @Test func `a queue is judged only where it is known which there are`() throws {
        let type = try FormsReading.type(Self.head + "queue: technik\n", file: "parcel.yaml", named: "parcel")
        #expect(type.queue == "technik")
        #expect(complaints(Self.head + "queue: technik\n").isEmpty)
    }

    @Test func `all mistakes are shown at once`() {
        let all = complaints(
            "id: PARCEL\nposition: 0\nfields:\n  - {id: a, type: x, label: A}\n  - {id: b, type: text, label: B, limit: 0}\n")
        #expect(all.map { $0.prefix(13) } == ["parcel.yaml:1", "parcel.yaml:2", "parcel.yaml:1", "parcel.yaml:4", "parcel.yaml:5"])
    }

    @Test func `a directory that became wrong leaves what was offered before`() throws {
        try withTemporaryDirectory { directory in
            let file = directory + "/parcel.yaml"
            try Data((Self.head).utf8).write(to: URL(fileURLWithPath: file))
            let forms = try Forms(directory: directory)
            try Data("id: parcel\n  broken".utf8).write(to: URL(fileURLWithPath: file))
            #expect(throws: FormsError.self) { try forms.reload() }
            #expect(forms.types.first?.title.de == "Paket")
            try Data(Self.head.replacingOccurrences(of: "Paket", with: "Päckchen").utf8).write(to: URL(fileURLWithPath: file))
            try forms.reload()
            #expect(forms["parcel"]?.title.de == "Päckchen")
            try FileManager.default.removeItem(atPath: file)
            #expect(
                throws: FormsError(problems: [
                    .init(file: directory, line: nil, reason: "there is no *.yaml in it, and so nothing could be asked")
                ])
            ) {
                try forms.reload()
            }
            #expect(throws: FormsError.self) { try Forms(directory: directory + "/nowhere") }
        }
    }
}
