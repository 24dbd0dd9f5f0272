import Foundation
import Testing

@testable import Klartext

/// Domains as people type them. The pairs of Punycode are those of RFC 3492, section 7.1; the domains were encoded with the `idna` of Python's
/// standard library for comparison.
@Suite(.timeLimit(.minutes(1)))
struct DomainNameTests {
    @Test(arguments: [
        ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
        ("他們爲什麽不說中文", "ihqwctvzc91f659drss3x8bo0yb"),
        ("Pročprostěnemluvíčesky", "Proprostnemluvesky-uyb24dma41a"),
        ("PorquénopuedensimplementehablarenEspañol", "PorqunopuedensimplementehablarenEspaol-fmd56a"),
        ("TạisaohọkhôngthểchỉnóitiếngViệt", "TisaohkhngthchnitingVit-kjcr8268qyxafd2f1b9g"),
        ("3年B組金八先生", "3B-ww4c5e180e575a65lsy2b"),
        ("安室奈美恵-with-SUPER-MONKEYS", "-with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n"),
        ("Hello-Another-Way-それぞれの場所", "Hello-Another-Way--fc4qua05auwb3674vfr0b"),
        ("ひとつ屋根の下2", "2-u9tlzr9756bt3uc0v"),
        ("MajiでKoiする5秒前", "MajiKoi5-783gue6qz075azm5e"),
        ("パフィーdeルンバ", "de-jg4avhby1noc0d"),
        ("そのスピードで", "d9juau41awczczp"),
        ("-> $1.00 <-", "-> $1.00 <--"),
    ])
    func `the samples of RFC 3492 are encoded and decoded`(_ text: String, _ code: String) {
        let scalars = Array(text.unicodeScalars)
        #expect(Punycode.encode(scalars) == code)
        #expect(Punycode.decode(code) == scalars)
    }

    @Test(arguments: ["-ä", "99999999", "a-9999999", "ab-\u{e4}", "zzzzzzzzzzzzzz", String(repeating: "9", count: 63)])
    func `what no encoder writes is not decoded`(_ code: String) { #expect(Punycode.decode(code) == nil) }

    @Test func `whatever can be encoded comes back`() {
        var random = Seeded(5)
        for _ in 0..<2000 {
            let scalars = (0..<Int.random(in: 1...20, using: &random)).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 0...0xFFFF, using: &random))
            }
            guard let code = Punycode.encode(scalars), code.utf8.count <= Punycode.mostScalars else { continue }
            #expect(Punycode.decode(code) == scalars)
        }
    }

    @Test(
        arguments: [
            ("nordlicht.example", "nordlicht.example", "nordlicht.example"),
            ("  WWW.Nordlicht.EXAMPLE. ", "www.nordlicht.example", "www.nordlicht.example"),
            ("mühlenbäckerei.example", "xn--mhlenbckerei-lcb44a.example", "mühlenbäckerei.example"),
            ("MU\u{308}HLENBA\u{308}CKEREI.example", "xn--mhlenbckerei-lcb44a.example", "mühlenbäckerei.example"),
            ("xn--mhlenbckerei-lcb44a.example", "xn--mhlenbckerei-lcb44a.example", "mühlenbäckerei.example"),
            ("XN--MHLENBCKEREI-LCB44A.example", "xn--mhlenbckerei-lcb44a.example", "mühlenbäckerei.example"),
            // ß is a letter of its own since 2010 (RFC 5894, 7.2)
            ("faß.example", "xn--fa-hia.example", "faß.example"),
            ("bücher。example", "xn--bcher-kva.example", "bücher.example"),
            ("ｂücher.example", "xn--bcher-kva.example", "bücher.example"),
            ("例え.example", "xn--r8jz45g.example", "例え.example"),
            ("1und1.example", "1und1.example", "1und1.example"),
            ("a-b--c.example", "a-b--c.example", "a-b--c.example"),
            ("_", nil, nil),
        ] as [(String, String?, String?)])
    func `a domain is made one, however it is written`(_ typed: String, _ ascii: String?, _ unicode: String?) throws {
        let domain = try? DomainName(typed)
        #expect(domain?.ascii == ascii)
        #expect(domain?.unicode == unicode)
    }

    @Test(arguments: [
        ("https://nordlicht.example/kontakt", FieldProblem(.fieldDomainLink, ["domain": "nordlicht.example"])),
        ("nordlicht.example/kontakt", FieldProblem(.fieldDomainLink, ["domain": "nordlicht.example"])),
        ("nordlicht.example:8443", FieldProblem(.fieldDomainLink, ["domain": "nordlicht.example"])),
        ("tom@nordlicht.example", FieldProblem(.fieldDomainMail, ["domain": "nordlicht.example"])),
        ("nordlicht example", FieldProblem(.fieldDomainSpace)),
        ("nordlicht", FieldProblem(.fieldDomainDot)),
        ("nordlicht..example", FieldProblem(.fieldDomainDots)),
        (".example", FieldProblem(.fieldDomainDots)),
        ("-nordlicht.example", FieldProblem(.fieldDomainHyphen, ["label": "-nordlicht"])),
        ("nordlicht-.example", FieldProblem(.fieldDomainHyphen, ["label": "nordlicht-"])),
        ("ab--cd.example", FieldProblem(.fieldDomainHyphen, ["label": "ab--cd"])),
        ("nord_licht.example", FieldProblem(.fieldDomainCharacter, ["character": "_"])),
        ("nordlicht,example.de", FieldProblem(.fieldDomainCharacter, ["character": ","])),
        ("☃.example", FieldProblem(.fieldDomainCharacter, ["character": "☃"])),
        ("xn--zzzzzzzzzzzzzz.example", FieldProblem(.fieldDomainBroken, ["label": "xn--zzzzzzzzzzzzzz"])),
        ("xn--nordlicht-.example", FieldProblem(.fieldDomainHyphen, ["label": "xn--nordlicht-"])),
        ("192.0.2.1", FieldProblem(.fieldDomainNumbers)),
    ])
    func `what is no domain is told what it is`(_ typed: String, _ problem: FieldProblem) {
        #expect(throws: problem) { try DomainName(typed) }
    }

    @Test func `a label has 63 bytes at most, and the whole 253`() throws {
        let label = String(repeating: "a", count: 63)
        #expect(throws: FieldProblem(.fieldDomainLabelLong, ["label": label + "a"])) { try DomainName(label + "a.example") }
        let longest = [label, label, label, String(repeating: "b", count: 61)].joined(separator: ".")
        #expect(try DomainName(longest).ascii.utf8.count == 253)
        #expect(throws: FieldProblem(.fieldDomainLong)) { try DomainName(longest + "b") }
        // what counts is what it becomes
        #expect(throws: FieldProblem.self) { try DomainName(String(repeating: "ü", count: 60) + ".example") }
    }

    /// RFC 5892, appendix A, and RFC 5891, section 4.2.3.
    @Test(arguments: [
        ("l·l.example", true), ("a·a.example", false), ("\u{301}a.example", false), ("שלום.example", true), ("1שלום.example", false),
        ("ש\u{5F3}.example", true), ("a\u{5F3}.example", false), ("क्\u{200D}ष.example", true), ("a\u{200D}b.example", false),
        ("٣٤ب.example", false), ("ب٣٤.example", true), ("ب٣۴.example", false), ("α\u{375}β.example", true), ("a\u{375}b.example", false),
    ])
    func `letters that need their neighbours have them`(_ typed: String, _ isAllowed: Bool) {
        #expect(((try? DomainName(typed)) != nil) == isAllowed)
    }

    @Test func `whatever is taken is taken again, as itself and as it stands in the DNS`() throws {
        var random = Seeded(8)
        let letters = Array("abcäöüßéłøñ0129-яжλ例え".unicodeScalars)
        var taken = 0
        for _ in 0..<3000 {
            let label = (0..<Int.random(in: 1...12, using: &random)).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] }
            guard let domain = try? DomainName(String(String.UnicodeScalarView(label)) + ".example") else { continue }
            taken += 1
            #expect(try DomainName(domain.ascii) == domain)
            #expect(try DomainName(domain.unicode) == domain)
            #expect(domain.ascii.utf8.allSatisfy { $0 < 0x80 })
        }
        #expect(taken > 1000)
    }
}

/// The same numbers in each run (SplitMix64).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
