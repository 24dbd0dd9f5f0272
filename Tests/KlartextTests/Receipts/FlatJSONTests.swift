import Foundation
import Testing

@testable import Klartext

/// One object has one spelling, and one text has one meaning.
@Suite(.timeLimit(.minutes(1)))
struct FlatJSONTests {
    private func read(_ text: String) -> FlatJSON.Object? { FlatJSON.read(Array(text.utf8)) }

    @Test func `an object is written in the order of its names and without white space`() {
        let object: FlatJSON.Object = ["b": .number(0), "a": .text("ä/„“\u{7F}"), "aa": .number(FlatJSON.largestNumber), "B": .text("")]
        #expect(
            String(decoding: FlatJSON.canonical(object), as: UTF8.self) == #"{"B":"","a":"ä/„“"# + "\u{7F}"
                + #"","aa":9007199254740991,"b":0}"#)
        #expect(FlatJSON.canonical([:]) == Array("{}".utf8))
    }

    @Test func `a text is escaped only where it must be`() {
        let text = String(String.UnicodeScalarView((0..<0x24).compactMap(Unicode.Scalar.init))) + "\\/\u{2028}😀"
        let expected =
            #"{"a":"\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015"#
            + ##"\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f !\"#\\/"## + "\u{2028}😀" + #""}"#
        #expect(String(decoding: FlatJSON.canonical(["a": .text(text)]), as: UTF8.self) == expected)
        #expect(read(expected) == ["a": .text(text)])
    }

    @Test(arguments: [
        (" { \"b\" : 10 ,\r\n\t\"a\" : \"x\" } \n", ["a": FlatJSON.Value.text("x"), "b": .number(10)]),
        ("\u{FEFF}{\"a\":\"\\u00e4\\ud83D\\uDE00\\/\\b\"}", ["a": .text("ä😀/\u{08}")]),
        ("{}", [:]), ("{\"a\":0}", ["a": .number(0)]),
    ])
    func `white space and order do not matter`(text: String, object: FlatJSON.Object) {
        #expect(read(text) == object)
    }

    @Test func `what is equal to people's eyes stays two texts, since bytes are signed`() throws {
        let (one, two) = (try #require(read("{\"a\":\"e\\u0301\"}")), try #require(read("{\"a\":\"é\"}")))
        #expect(one == two && FlatJSON.canonical(one) != FlatJSON.canonical(two))
    }

    @Test(arguments: [
        "", " ", "[]", "\"a\"", "1", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1", "{\"a\":1,}", "{,}", "{\"a\":1}x", "{\"a\":1}{}", "{a:1}",
        "{'a':1}",
        "{\"a\":-1}", "{\"a\":1.0}", "{\"a\":1e3}", "{\"a\":01}", "{\"a\":9007199254740992}", "{\"a\":99999999999999999999}",
        "{\"a\":true}",
        "{\"a\":null}", "{\"a\":{}}", "{\"a\":[]}", "{\"a\":1,\"a\":1}", "{\"a\":\"\\ud800\"}", "{\"a\":\"\\ud800\\u0041\"}",
        "{\"a\":\"\\udc00\"}",
        "{\"a\":\"\\x\"}", "{\"a\":\"\\u00g0\"}", "{\"a\":\"\\u00", "{\"a\":\"\n\"}", "{\"a\":\"", "\u{FEFF}\u{FEFF}{}", "{\"a\" \"b\"}",
    ])
    func `what could mean two things is refused`(text: String) {
        #expect(read(text) == nil)
    }

    @Test func `bytes that are no UTF-8, and too many of them, are refused`() {
        #expect(FlatJSON.read(Array("{\"a\":\"".utf8) + [0xC3] + Array("\"}".utf8)) == nil)
        #expect(FlatJSON.read(Array("{\"a\":\"".utf8) + [0xED, 0xA0, 0x80] + Array("\"}".utf8)) == nil)
        #expect(FlatJSON.read([UInt8](repeating: 0x20, count: FlatJSON.mostBytes - 1) + Array("{}".utf8)) == nil)
        #expect(FlatJSON.read([UInt8](repeating: 0x20, count: FlatJSON.mostBytes - 2) + Array("{}".utf8)) == [:])
    }

    @Test func `whatever is written is read as the same again, however it was changed before`() {
        var random = SeededRandom(seed: 7)
        for _ in 0..<2000 {
            var object: FlatJSON.Object = [:]
            for _ in 0..<Int.random(in: 0...6, using: &random) {
                let name = String(
                    (0..<Int.random(in: 0...3, using: &random)).map { _ in
                        Character(Unicode.Scalar(UInt8.random(in: 97...99, using: &random)))
                    })
                let scalars = (0..<Int.random(in: 0...6, using: &random)).compactMap { _ in
                    Unicode.Scalar(UInt32.random(in: 0...0x1FFFF, using: &random))
                }
                object[name] =
                    Bool.random(using: &random)
                    ? .text(String(String.UnicodeScalarView(scalars))) : .number(Int.random(in: 0...FlatJSON.largestNumber, using: &random))
            }
            let bytes = FlatJSON.canonical(object)
            #expect(FlatJSON.read(bytes) == object)
            // whatever is broken in one place is refused or spelt anew, never a crash
            var broken = bytes
            broken[Int.random(in: 0..<broken.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            if let other = FlatJSON.read(broken) { #expect(FlatJSON.read(FlatJSON.canonical(other)) == other) }
        }
    }
}
