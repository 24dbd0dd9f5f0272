import Foundation

/// As it is stored: the parts it was made of. What is read is checked as what is made.
extension BusinessCalendar: Codable {
    private enum CodingKeys: String, CodingKey { case timeZone, week, holidays, closings, exceptions }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let week = try values.decode([String: [OpenHours]].self, forKey: .week)
        let exceptions = try values.decodeIfPresent([String: [OpenHours]].self, forKey: .exceptions) ?? [:]
        try self.init(
            timeZone: values.decode(String.self, forKey: .timeZone),
            week: Self.keyed(week, values, .week) { name in Weekday.allCases.first { "\($0)" == name } },
            holidays: values.decodeIfPresent(HolidayPlan.self, forKey: .holidays),
            closings: values.decodeIfPresent([ClosingDays].self, forKey: .closings) ?? [],
            exceptions: Self.keyed(exceptions, values, .exceptions, LocalDay.init))
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(clock.timeZone.identifier, forKey: .timeZone)
        try values.encode(Dictionary(uniqueKeysWithValues: week.map { ("\($0.key)", $0.value) }), forKey: .week)
        try values.encodeIfPresent(holidays, forKey: .holidays)
        try values.encode(closings, forKey: .closings)
        try values.encode(Dictionary(uniqueKeysWithValues: exceptions.map { ($0.key.description, $0.value) }), forKey: .exceptions)
    }

    /// Keys read from their text; one that cannot be read is an error, not a day that is lost.
    private static func keyed<Key: Hashable>(
        _ values: [String: [OpenHours]], _ container: KeyedDecodingContainer<CodingKeys>, _ field: CodingKeys, _ read: (String) -> Key?
    ) throws -> [Key: [OpenHours]] {
        var keyed: [Key: [OpenHours]] = [:]
        for (name, hours) in values {
            guard let key = read(name) else {
                throw DecodingError.dataCorruptedError(forKey: field, in: container, debugDescription: "not a day: \(name)")
            }
            keyed[key] = hours
        }
        return keyed
    }
}
