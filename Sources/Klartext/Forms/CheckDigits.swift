/// The sums by which carriers find a mistyped digit. Each takes digits as numbers and says whether the last one is right.
enum CheckDigits {
    /// GS1 and the codes 2/5: from the right weights 3 and 1, the sum filled up to tens (GS1 General Specifications, 7.9).
    static func modulo10(_ digits: [Int]) -> Bool {
        guard let last = digits.last else { return false }
        let sum = digits.dropLast().reversed().enumerated().reduce(0) { $0 + $1.element * ($1.offset % 2 == 0 ? 3 : 1) }
        return (10 - sum % 10) % 10 == last
    }

    /// Deutsche Post's Identcode: from the left weights 4 and 9, the sum filled up to tens.
    static func identcode(_ digits: [Int]) -> Bool {
        guard let last = digits.last else { return false }
        let sum = digits.dropLast().enumerated().reduce(0) { $0 + $1.element * ($1.offset % 2 == 0 ? 4 : 9) }
        return (10 - sum % 10) % 10 == last
    }

    /// An air waybill: the number before the last digit modulo 7 (IATA Resolution 600a).
    static func modulo7(_ digits: [Int]) -> Bool {
        guard let last = digits.last else { return false }
        return digits.dropLast().reduce(0) { ($0 * 10 + $1) % 7 } == last
    }

    /// UPU S10-12, 6.2: eight digits with the weights 8 6 4 2 3 5 9 7, modulo 11.
    static func s10(_ digits: [Int]) -> Bool {
        guard digits.count == 9 else { return false }
        let sum = zip(digits, [8, 6, 4, 2, 3, 5, 9, 7]).reduce(0) { $0 + $1.0 * $1.1 }
        let check = 11 - sum % 11
        return (check == 10 ? 0 : check == 11 ? 5 : check) == digits[8]
    }

    /// FedEx Express: from the right weights 1, 3, 7, modulo 11, a ten as 0.
    static func fedEx(_ digits: [Int]) -> Bool {
        guard let last = digits.last else { return false }
        let weights = [1, 3, 7]
        let sum = digits.dropLast().reversed().enumerated().reduce(0) { $0 + $1.element * weights[$1.offset % 3] }
        return sum % 11 % 10 == last
    }

    /// UPS behind `1Z`: letters count as their place behind `?`, modulo 10; every second one is doubled, the sum filled up to tens.
    static func ups(_ characters: some Sequence<UInt8>) -> Bool {
        let values = characters.map { $0 < UInt8(ascii: "A") ? Int($0) - 48 : (Int($0) - 63) % 10 }
        guard let last = values.last else { return false }
        let sum = values.dropLast().enumerated().reduce(0) { $0 + $1.element * ($1.offset % 2 == 0 ? 1 : 2) }
        return (10 - sum % 10) % 10 == last
    }

    /// ISO 7064, MOD 37,36, over digits and capitals: DPD (Parcel Label Specification 2.4.1, 5.4).
    static func modulo37(_ characters: some Sequence<UInt8>) -> Bool {
        let values = characters.map { $0 < UInt8(ascii: "A") ? Int($0) - 48 : Int($0) - 55 }
        guard let last = values.last else { return false }
        let rest = values.dropLast().reduce(36) { rest, value in
            let sum = (rest + value) % 36
            return (sum == 0 ? 36 : sum) * 2 % 37
        }
        return (rest + last) % 36 == 1
    }
}
