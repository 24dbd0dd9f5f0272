import Testing

/// Each law finds what it forbids, where it stands, and leaves alone what it allows.
@Suite(.timeLimit(.minutes(1)))
struct PlantedViolationTests {
    private func found(_ law: Law, _ files: [String: String], locales: [String: [String: String]] = [:]) -> [String] {
        law(SourceTree(files, locales: locales)).map(\.description)
    }

    // MARK: Imports

    @Test func `a forbidden import and an unknown folder are found`() {
        let found = found(
            ImportLaws.table,
            [
                "Sources/Storage/A.swift": "import Foundation\n@testable import Mail",
                "Sources/Mail/A.swift": "import NIOCore\nprivate import struct Storage.Row",
                "Sources/Klartext/Tickets/A.swift": "// import Mail\nimport Storage",
                "Sources/Klartext/Attic/A.swift": "",
                "Sources/Klartext/A.swift": "",
            ])
        #expect(
            found == [
                "Sources/Klartext/A.swift: the table of imports has no row for Klartext",
                "Sources/Klartext/Attic/A.swift: the table of imports has no row for Klartext/Attic",
                "Sources/Mail/A.swift:2: Mail may not import Storage",
                "Sources/Storage/A.swift:2: Storage may not import Mail",
            ])
    }

    @Test func `HTTP outside of its places is found`() {
        let text = "import Hummingbird"
        let found = found(
            ImportLaws.hummingbird,
            [
                "Sources/Klartext/Tickets/TicketRoutes.swift": text, "Sources/Klartext/Web/A.swift": text,
                "Sources/Klartext/App/A.swift": text, "Sources/Klartext/Tickets/Tickets.swift": text,
            ])
        #expect(found == ["Sources/Klartext/Tickets/Tickets.swift:1: Hummingbird outside of *Routes.swift, Web/ and App/"])
    }

    // MARK: Texts

    @Test(arguments: [
        "SELECT a FROM b", "INSERT INTO a VALUES (1)", "WITH x AS (SELECT 1) UPDATE a SET b = 1", "DELETE FROM a", "PRAGMA user_version",
    ])
    func `SQL text is found`(sql: String) {
        let text = "let a = \"\"\"\n    \(sql)\n    \"\"\""
        let path = "Sources/Klartext/Tickets/Tickets.swift"
        #expect(found(TextLaws.sql, [path: text]) == ["\(path):1: SQL text outside of *SQL.swift"])
        #expect(
            found(
                TextLaws.sql,
                [
                    "Sources/Klartext/Tickets/TicketSQL.swift": text, "Sources/Klartext/Schema/A.swift": text,
                    "Sources/Storage/A.swift": text,
                ]
            ).isEmpty)
    }

    @Test(arguments: ["Please select one from the list", "UPDATE: the parcel is here", "SELECT", "From INSERT to DELETE"])
    func `a sentence is no SQL`(text: String) {
        #expect(!TextLaws.isSQL(text))
    }

    @Test func `a text that one language lacks is found`() {
        let path = "Sources/Klartext/Web/A.swift"
        let found = found(
            TextLaws.keysExist, [path: "TextKey(\"a.b\")\nTextKey(\"c\")\nTextKey(\"d.\\(e)\") // TextKey(\"f\")"],
            locales: ["de": ["a.b": "", "c_one": "", "c_other": ""], "en": ["a.b": "", "c_one": ""]])
        #expect(
            found == [
                "\(path):2: the text c is missing in en.json", "\(path):3: the text d.? is missing in de.json",
                "\(path):3: the text d.? is missing in en.json",
            ])
    }

    @Test func `a text that nobody uses is found`() {
        let found = found(
            TextLaws.keysAreUsed, ["Sources/Klartext/Web/A.swift": "TextKey(\"a\"); TextKey(\"b\")"],
            locales: ["de": ["a": "", "b_one": "", "b_other": "", "c": ""]])
        #expect(found == ["Locales/de.json: nobody uses the text c"])
    }

    @Test func `different placeholders are found`() {
        let found = found(
            TextLaws.placeholdersAgree, [:],
            locales: ["de": ["a": "{{x}} und {{ y }}", "b": "{{x}}"], "en": ["a": "{{y}}, {{x}}", "b": "{{z}}"]])
        #expect(found == ["Locales/en.json: b has other placeholders than in de.json"])
    }

    @Test func `texts are flattened to their paths`() {
        #expect(SourceTree.flatten(["a": ["b": "1", "c": ["d": "2"]], "e": "3"], prefix: "") == ["a.b": "1", "a.c.d": "2", "e": "3"])
    }

    // MARK: Features

    @Test func `a rule that imports more than Foundation is found`() {
        let text = "import Foundation\nimport Storage"
        let found = found(
            FeatureLaws.ruleImports,
            [
                "Sources/Klartext/Tickets/Threading.swift": text, "Sources/Klartext/Tickets/Tickets.swift": text,
                "Sources/Klartext/Tickets/TicketSQL.swift": text, "Sources/Klartext/Mailroom/Sorting.swift": text + "\nimport Mail",
                "Sources/Klartext/Mailroom/Outbox.swift": text, "Sources/Klartext/Tickets/TicketsByMail.swift": text,
            ])
        #expect(
            found == [
                "Sources/Klartext/Mailroom/Sorting.swift:2: a rule imports Storage",
                "Sources/Klartext/Tickets/Threading.swift:2: a rule imports Storage",
            ])
    }

    @Test(arguments: ["Date()", "Date.now", "UUID( )", "Int.random(in: 0...1)", "Task { }", "x.shuffled()", "await x()"])
    func `an impure rule is found`(expression: String) {
        let path = "Sources/Klartext/Tickets/Ticket.swift"
        #expect(
            found(FeatureLaws.rulePurity, [path: "// Date()\nlet a = \(expression)"]).first?.hasPrefix("\(path):2: a rule says ") == true)
        #expect(found(FeatureLaws.rulePurity, ["Sources/Klartext/Tickets/TicketJobs.swift": "let a = \(expression)"]).isEmpty)
    }

    @Test func `a rule may speak of dates and be handed them`() {
        let text = "let due = Date(timeIntervalSince1970: 0)\nlet id: UUID\nlet taskName = \"Task Date()\""
        #expect(found(FeatureLaws.rulePurity, ["Sources/Klartext/Tickets/Ticket.swift": text]).isEmpty)
    }

    @Test func `a foundation that names a feature is found`() {
        let found = found(
            FeatureLaws.foundationsNameNoFeature,
            [
                "Sources/Klartext/Tickets/Ticket.swift": "struct Ticket { enum Kind {} }\nstruct Message {}",
                "Sources/Klartext/Web/A.swift": "// Ticket\nenum Kind {}\nlet a: Logger.Message\nlet b: [Ticket]",
                "Sources/Klartext/App/A.swift": "let a: Ticket",
            ])
        #expect(found == ["Sources/Klartext/Web/A.swift:4: Web names Ticket of Tickets"])
    }

    @Test func `a feature that names another feature is found`() {
        let found = found(
            FeatureLaws.featuresNameNeighboursAlone,
            [
                "Sources/Klartext/Tickets/Ticket.swift": "struct Ticket { var turn: Turn }",
                "Sources/Klartext/Status/Incident.swift": "struct Turn {}\nstruct Incident { let ticket: Ticket }",
            ])
        #expect(
            found == [
                "Sources/Klartext/Status/Incident.swift:2: Status names Ticket of Tickets",
                "Sources/Klartext/Tickets/Ticket.swift:1: Tickets names Turn of Status",
            ])
    }

    // MARK: Sizes

    @Test func `a file of 401 lines is found and one of 400 is not`() {
        let lines = String(repeating: "\n", count: 400)
        #expect(found(SizeLaws.files, ["Sources/Run/A.swift": lines]).isEmpty)
        #expect(found(SizeLaws.files, ["Tests/A.swift": lines + "a"]) == ["Tests/A.swift: 401 lines, more than 400"])
    }

    @Test func `a function of 71 lines is found and one of 70 is not`() {
        func text(lines: Int) -> String { "func a(b: () -> Void = { }) -> [Int] {" + String(repeating: "\n", count: lines - 1) + "}" }
        #expect(found(SizeLaws.functions, ["Sources/Run/A.swift": text(lines: 70)]).isEmpty)
        #expect(
            found(SizeLaws.functions, ["Sources/Run/A.swift": "\n" + text(lines: 71)])
                == ["Sources/Run/A.swift:2: a has 71 lines, more than 70"])
    }

    @Test func `a requirement without a body has no lines`() {
        let text = "protocol P {\n func a() throws -> Int\n init(b: Int)\n}\nstruct S: P {\n init(b: Int) {\n }\n}"
        let functions = SizeLaws.functions(in: SourceFile(path: "a.swift", text: text))
        #expect(functions.map(\.name) == ["init"])
        #expect(functions.map(\.lines) == [2])
    }

    // MARK: Names

    @Test(arguments: ["MailManager", "URLHelper", "StringUtils", "TicketService", "SenderImpl", "User", "UserName"])
    func `a type with an empty name is found`(name: String) {
        let path = "Sources/Klartext/Web/A.swift"
        #expect(found(NameLaws.types, [path: "\nfinal class \(name) {}"]).first?.hasPrefix("\(path):2: the type \(name) ") == true)
    }

    @Test func `a type of somebody else may have any name`() {
        #expect(found(NameLaws.types, ["Sources/Run/A.swift": "import struct A.Service\nlet a: Service\nstruct Utilization {}"]).isEmpty)
    }

    @Test(arguments: ["Sources/Mail/String+Mail.swift", "Sources/Klartext/Utils/A.swift", "Tests/Misc/A.swift"])
    func `a file without an idea is found`(path: String) {
        #expect(found(NameLaws.files, [path: ""]).count == 1)
    }

    @Test(arguments: ["try! a()", "a as! B", "fatalError(\"x\")"])
    func `a deliberate trap is found`(expression: String) {
        let path = "Sources/Storage/A.swift"
        #expect(found(NameLaws.traps, [path: "// \(expression)\n\(expression)"]).first?.hasPrefix("\(path):2: says ") == true)
        #expect(found(NameLaws.traps, ["Tests/A.swift": expression]).isEmpty)
        #expect(found(NameLaws.traps, [path: "let a = try !b()"]).isEmpty)
    }

    // MARK: Tests

    @Test func `a test without a time limit is found`() {
        let found = found(
            TestLaws.timeLimits,
            [
                "Tests/A.swift": "@Suite(.timeLimit(.minutes(1)))\nstruct A {\n @Test func a() {}\n}\nextension A { @Test func b() {} }",
                "Tests/B.swift": "@Suite struct B {\n @Test func a() {}\n}\nextension A { @Test func c() {} }",
                "Tests/C.swift":
                    "@Test(.timeLimit(.minutes(1))) func a() {}\n@Test func b() {}\nstruct D { struct E {\n@Test func c() {} } }",
            ])
        #expect(
            found == [
                "Tests/B.swift:2: a test without a time limit", "Tests/C.swift:2: a test without a time limit",
                "Tests/C.swift:4: a test without a time limit",
            ])
    }
}
