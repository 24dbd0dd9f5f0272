import Testing

/// The laws of docs/architecture.md and STYLE.md, held against the sources of this package. Each is proved to find what
/// it forbids in `PlantedViolationTests`.
@Suite(.timeLimit(.minutes(2)))
struct ArchitectureTests {
    private func hold(_ law: Law, _ location: SourceLocation = #_sourceLocation) throws {
        let violations = law(try SourceTree.package.get())
        guard !violations.isEmpty else { return }
        let list = violations.map(\.description).joined(separator: "\n")
        Issue.record("\(violations.count) violations:\n\(list)", sourceLocation: location)
    }

    @Test func `the sources are found`() throws {
        let tree = try SourceTree.package.get()
        #expect(tree.sources.count > 5)
        #expect(tree.tests.contains { $0.path == "Tests/KlartextTests/ArchitectureTests.swift" })
        #expect(Set(tree.locales.keys) == ["de", "en"])
    }

    @Test func `each folder imports only what the table allows`() throws { try hold(ImportLaws.table) }
    @Test func `HTTP is known only to routes, Web and App`() throws { try hold(ImportLaws.hummingbird) }

    @Test func `SQL text stands only where the database is spoken to`() throws { try hold(TextLaws.sql) }
    @Test func `each text that the code names exists in both languages`() throws { try hold(TextLaws.keysExist) }
    @Test func `each text of the languages is used`() throws { try hold(TextLaws.keysAreUsed) }
    @Test func `both languages fill in the same placeholders`() throws { try hold(TextLaws.placeholdersAgree) }

    @Test func `rules import Foundation alone`() throws { try hold(FeatureLaws.ruleImports) }
    @Test func `rules are handed the clock and randomness and start nothing`() throws { try hold(FeatureLaws.rulePurity) }
    @Test func `foundations never name a feature`() throws { try hold(FeatureLaws.foundationsNameNoFeature) }
    @Test func `features name one another only where the table allows it`() throws {
        try hold(FeatureLaws.featuresNameNeighboursAlone)
    }

    @Test func `no two features need each other`() {
        for (feature, others) in FeatureLaws.neighbours {
            var reached = others
            for _ in FeatureLaws.neighbours { for other in reached { reached.formUnion(FeatureLaws.neighbours[other] ?? []) } }
            #expect(!reached.contains(feature))
        }
    }

    @Test func `no file is above 400 lines`() throws { try hold(SizeLaws.files) }
    @Test func `no function is above 70 lines`() throws { try hold(SizeLaws.functions) }

    @Test func `types are named after what they are`() throws { try hold(NameLaws.types) }
    @Test func `files are named after one idea`() throws { try hold(NameLaws.files) }
    @Test func `nothing in the product traps on purpose`() throws { try hold(NameLaws.traps) }

    @Test func `each test has a time limit`() throws { try hold(TestLaws.timeLimits) }
}
