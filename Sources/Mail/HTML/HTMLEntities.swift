/// Character references of HTML: all of HTML 4, the few of HTML 5 that mail programs write, and numbers.
enum HTMLEntities {
    /// The character written at `start`, where there is an ampersand, and where the text goes on; nil if it is just an ampersand.
    static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, end: Int) -> (scalar: Unicode.Scalar, next: Int)? {
        guard start + 1 < end else { return nil }
        if bytes[start + 1] == 0x23 { return numeric(bytes, at: start + 2, end: end) }
        guard ASCII.isLetter(bytes[start + 1]) else { return nil }
        var index = start + 1
        while index < end, index - start <= 8, ASCII.isLetter(bytes[index]) || ASCII.isDigit(bytes[index]) { index += 1 }
        let name = String(decoding: bytes[(start + 1)..<index], as: UTF8.self)
        guard let scalar = table[name] else { return nil }
        return (scalar, index < end && bytes[index] == 0x3B ? index + 1 : index)
    }

    private static func numeric(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, end: Int) -> (scalar: Unicode.Scalar, next: Int)? {
        var index = start
        let isHex = index < end && bytes[index] | 0x20 == 0x78
        if isHex { index += 1 }
        let digits = index
        var value: UInt32 = 0
        while index < end, let digit = ASCII.hexValue(bytes[index]), isHex || digit < 10 {
            value = min(value * (isHex ? 16 : 10) + UInt32(digit), 0x110000)
            index += 1
        }
        guard index > digits else { return nil }
        if index < end, bytes[index] == 0x3B { index += 1 }
        return (scalar(numbered: value), index)
    }

    /// Numbers 128 to 159 are meant in Windows-1252, as browsers know.
    private static func scalar(numbered value: UInt32) -> Unicode.Scalar {
        if value == 0 { return "\u{FFFD}" }
        if (0x80..<0xA0).contains(value) { return Charset.windows1252Scalar(UInt8(value)) }
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }

    /// An attribute's value with its references resolved.
    static func decoded(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String {
        guard bytes[range].contains(0x26) else { return String(decoding: bytes[range], as: UTF8.self) }
        var result: [UInt8] = []
        var index = range.lowerBound
        while index < range.upperBound {
            if bytes[index] == 0x26, let found = scalar(bytes, at: index, end: range.upperBound) {
                result += Array(String(found.scalar).utf8)
                index = found.next
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Text as it may stand between tags and in quoted attributes.
    static func escaped(_ text: String) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        for byte in text.utf8 { append(byte, to: &result) }
        return String(decoding: result, as: UTF8.self)
    }

    /// Appends one byte of text so that it cannot be markup; byte by byte, so that no combining mark can shield a quote.
    static func append(_ byte: UInt8, to output: inout [UInt8]) {
        switch byte {
        case 0x3C: output.append(contentsOf: "&lt;".utf8)
        case 0x3E: output.append(contentsOf: "&gt;".utf8)
        case 0x26: output.append(contentsOf: "&amp;".utf8)
        case 0x22: output.append(contentsOf: "&quot;".utf8)
        case 0x27: output.append(contentsOf: "&#39;".utf8)
        case 0x09, 0x0A: output.append(byte)
        case 0..<0x20, 0x7F: break
        default: output.append(byte)
        }
    }

    private static let table: [String: Unicode.Scalar] = {
        var table: [String: Unicode.Scalar] = [:]
        for (offset, name) in latin.split(separator: " ").enumerated() { table[String(name)] = Unicode.Scalar(UInt32(160 + offset)) }
        for pair in others.split(separator: " ") {
            let parts = pair.split(separator: ":")
            if parts.count == 2, let code = UInt32(parts[1]), let scalar = Unicode.Scalar(code) { table[String(parts[0])] = scalar }
        }
        return table
    }()

    /// U+00A0 to U+00FF in order.
    private static let latin = """
        nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot \
        cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml \
        Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig \
        agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute \
        ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml
        """

    private static let others = """
        amp:38 AMP:38 lt:60 LT:60 gt:62 GT:62 quot:34 QUOT:34 apos:39 Tab:9 NewLine:10 colon:58 sol:47 commat:64 lpar:40 rpar:41 \
        num:35 excl:33 quest:63 period:46 comma:44 semi:59 plus:43 equals:61 lowbar:95 hyphen:8208 dash:8208 OElig:338 oelig:339 \
        Scaron:352 scaron:353 Yuml:376 Zcaron:381 zcaron:382 Ccaron:268 ccaron:269 Cacute:262 cacute:263 Dstrok:272 dstrok:273 \
        Lstrok:321 lstrok:322 Aogon:260 aogon:261 Eogon:280 eogon:281 Sacute:346 sacute:347 Zacute:377 zacute:378 Zdot:379 zdot:380 \
        Nacute:323 nacute:324 Gbreve:286 gbreve:287 Idot:304 inodot:305 Scedil:350 scedil:351 Rcaron:344 rcaron:345 Ecaron:282 \
        ecaron:283 Uring:366 uring:367 Odblac:336 odblac:337 Udblac:368 udblac:369 fnof:402 circ:710 tilde:732 Alpha:913 Beta:914 \
        Gamma:915 Delta:916 Epsilon:917 Zeta:918 Eta:919 Theta:920 Iota:921 Kappa:922 Lambda:923 Mu:924 Nu:925 Xi:926 Omicron:927 \
        Pi:928 Rho:929 Sigma:931 Tau:932 Upsilon:933 Phi:934 Chi:935 Psi:936 Omega:937 alpha:945 beta:946 gamma:947 delta:948 \
        epsilon:949 zeta:950 eta:951 theta:952 iota:953 kappa:954 lambda:955 mu:956 nu:957 xi:958 omicron:959 pi:960 rho:961 \
        sigmaf:962 sigma:963 tau:964 upsilon:965 phi:966 chi:967 psi:968 omega:969 thetasym:977 upsih:978 piv:982 ensp:8194 emsp:8195 \
        thinsp:8201 zwnj:8204 zwj:8205 lrm:8206 rlm:8207 ndash:8211 mdash:8212 lsquo:8216 rsquo:8217 sbquo:8218 ldquo:8220 rdquo:8221 \
        bdquo:8222 dagger:8224 Dagger:8225 bull:8226 hellip:8230 permil:8240 prime:8242 Prime:8243 lsaquo:8249 rsaquo:8250 oline:8254 \
        frasl:8260 euro:8364 image:8465 weierp:8472 real:8476 trade:8482 alefsym:8501 larr:8592 uarr:8593 rarr:8594 darr:8595 \
        harr:8596 crarr:8629 lArr:8656 uArr:8657 rArr:8658 dArr:8659 hArr:8660 forall:8704 part:8706 exist:8707 empty:8709 nabla:8711 \
        isin:8712 notin:8713 ni:8715 prod:8719 sum:8721 minus:8722 lowast:8727 radic:8730 prop:8733 infin:8734 ang:8736 and:8743 \
        or:8744 cap:8745 cup:8746 int:8747 there4:8756 sim:8764 cong:8773 asymp:8776 ne:8800 equiv:8801 le:8804 ge:8805 sub:8834 \
        sup:8835 nsub:8836 sube:8838 supe:8839 oplus:8853 otimes:8855 perp:8869 sdot:8901 lceil:8968 rceil:8969 lfloor:8970 \
        rfloor:8971 lang:9001 rang:9002 loz:9674 spades:9824 clubs:9827 hearts:9829 diams:9830 check:10003 cross:10007 phone:9742
        """
}
