import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct OrderPatternTests {
    @Test(arguments: [
        ("NL-####-#####", "nl 2026 00417", "NL-2026-00417"), ("NL-####-#####", "NL202600417", "NL-2026-00417"),
        ("####-####", "2026-1187", "2026-1187"), ("#{6,8}", "1234567", "1234567"), ("@@#{2,4}-*{3}", "ab123x9z", "AB123-X9Z"),
        ("#{1,8}#{2}", "12345", "12345"), ("A#{0,3}B", "ab", "AB"),
    ])
    func `a number is read whatever stands between its parts`(_ pattern: String, _ typed: String, _ read: String) throws {
        #expect(try #require(OrderPattern(pattern)).reading(typed) == read)
    }

    @Test(arguments: [
        ("NL-####", "NL-123"), ("NL-####", "NL-12345"), ("NL-####", "XL-1234"), ("#{6,8}", "12345"), ("####", "12a4"), ("####", "1,234"),
        ("####", ""),
    ])
    func `another number is none`(_ pattern: String, _ typed: String) throws {
        #expect(try #require(OrderPattern(pattern)).reading(typed) == nil)
    }

    @Test(arguments: ["", "NL-", "#{", "#{x}", "#{3,2}", "#{0}", "#{1,99}", "ä##", "#{1,2,3}", String(repeating: "#", count: 41)])
    func `a pattern that says nothing is none`(_ pattern: String) { #expect(OrderPattern(pattern) == nil) }

    @Test(arguments: ["NL-####-#####", "####-####", "#{6,8}", "@@#{2,4}-*{3}", "A#{0,3}B"])
    func `a pattern's example is one of its numbers`(_ pattern: String) throws {
        let pattern = try #require(OrderPattern(pattern))
        #expect(pattern.reading(pattern.example) == pattern.example)
    }

    @Test func `a hostile number takes no longer than another`() throws {
        let pattern = try #require(OrderPattern(String(repeating: "#{1,40}", count: 20) + "@"))
        #expect(pattern.reading(String(repeating: "1", count: 40)) == nil)
    }
}
