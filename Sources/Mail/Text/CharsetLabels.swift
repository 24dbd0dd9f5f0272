extension Charset {
    /// The label iconv knows the charset by; nil for labels outside the families seen in mail, so that nobody can reach iconv's odder
    /// modules, and for those that say nothing ("x-unknown").
    static func normalised(_ label: String) -> String? {
        let bytes = label.utf8.map(ASCII.lower).filter { !ASCII.isSpace($0) && $0 != 0x22 && $0 != 0x27 }
        let text = String(decoding: bytes, as: UTF8.self)
        guard bytes.count <= 40, bytes.allSatisfy({ ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == 0x2D || $0 == 0x5F }) else {
            return nil
        }
        if let alias = aliases[text] { return alias }
        return families.contains { text.hasPrefix($0) } ? text : nil
    }

    private static let aliases = [
        "utf8": "utf-8", "utf-8": "utf-8", "unicode-1-1-utf-8": "utf-8", "utf-8mb4": "utf-8", "utf": "utf-8",
        "ascii": "us-ascii", "us-ascii": "us-ascii", "ansi": "iso-8859-1", "latin1": "iso-8859-1", "latin-1": "iso-8859-1",
        "l1": "iso-8859-1",
        "iso8859-1": "iso-8859-1", "iso88591": "iso-8859-1", "iso_8859-1": "iso-8859-1", "iso-8859-1": "iso-8859-1",
        "cp1252": "windows-1252", "cp-1252": "windows-1252", "windows1252": "windows-1252", "windows-1252": "windows-1252",
        "x-ansi": "windows-1252", "iso-8859-9": "windows-1254", "latin5": "windows-1254",
        "iso8859-15": "iso-8859-15", "iso_8859-15": "iso-8859-15", "latin9": "iso-8859-15", "latin-9": "iso-8859-15",
        "iso-8859-8-i": "iso-8859-8", "iso-8859-8-e": "iso-8859-8", "iso-8859-6-i": "iso-8859-6", "iso-8859-11": "windows-874",
        "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "hz-gb-2312": "hz",
        "unicode-1-1-utf-7": "utf-7", "csiso2022jp": "iso-2022-jp", "x-euc-jp": "euc-jp",
        "ks_c_5601-1987": "cp949", "ksc5601": "cp949", "euc-kr": "cp949", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932",
        "x-sjis": "cp932", "big5": "big5-hkscs", "unicode": "utf-16", "macintosh": "macintosh", "x-mac-roman": "macintosh",
        "mac": "macintosh",
    ]

    private static let families = [
        "utf-7", "utf-16", "utf-32", "iso-8859-", "windows-", "cp", "koi8-", "euc-", "big5", "iso-2022-jp", "iso-2022-kr", "tis-620",
        "ibm8", "ibm4",
    ]
}
