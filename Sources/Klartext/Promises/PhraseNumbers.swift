import Foundation

/// Numbers and ordinals that are written as words, small and without umlauts, as tokens have them.
enum PhraseNumbers {
    /// 0 to 99, in German as one word: "achtundvierzig".
    static let german: [String: Int] = {
        let small = [
            "null", "ein", "zwei", "drei", "vier", "fuenf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwoelf", "dreizehn",
            "vierzehn",
            "fuenfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn",
        ]
        let tens = ["zwanzig", "dreissig", "vierzig", "fuenfzig", "sechzig", "siebzig", "achtzig", "neunzig"]
        var numbers = ["eine": 1, "einem": 1, "einen": 1, "einer": 1, "eines": 1, "eins": 1, "zwo": 2, "zweier": 2, "dreier": 3]
        for (value, word) in small.enumerated().dropFirst() { numbers[word] = value }
        for (index, word) in tens.enumerated() {
            numbers[word] = 10 * (index + 2)
            for one in 1...9 { numbers[small[one] + "und" + word] = 10 * (index + 2) + one }
        }
        return numbers
    }()

    /// 1 to 19 and the tens; "forty-eight" is three tokens.
    static let english: [String: Int] = {
        let small = [
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
            "fourteen",
            "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
        ]
        var numbers = ["a": 1, "an": 1]
        for (value, word) in small.enumerated().dropFirst() { numbers[word] = value }
        for (index, word) in englishTens.enumerated() { numbers[word] = 10 * (index + 2) }
        return numbers
    }()

    static let englishTens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

    /// "ersten" to "einunddreissigsten".
    static let germanOrdinals: [String: Int] = {
        let irregular = [1: "erst", 3: "dritt", 7: "siebt", 8: "acht"]
        var ordinals: [String: Int] = [:]
        for (word, value) in german
        where (1...31).contains(value) && !(value == 1 && word != "ein") && !["zwo", "zweier", "dreier"].contains(word) {
            let stem = irregular[value] ?? (value < 20 ? word + "t" : word + "st")
            for ending in ["e", "en", "er", "es", "em"] { ordinals[stem + ending] = value }
        }
        return ordinals
    }()

    /// "first" to "thirtieth"; "twenty-first" is three tokens.
    static let englishOrdinals: [String: Int] = [
        "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
        "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17,
        "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
    ]
}
