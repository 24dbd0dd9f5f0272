/// The standing cast: the same people in demo, tests, docs and screenshots.
///
/// Nordlicht Hosting, a hoster with a web shop and a publishing arm, and its customers. All names and addresses are made up; the domains are reserved
/// for examples (RFC 2606 and 6761).
enum DemoCast {
    struct Person: Sendable {
        var name: String
        var address: String
        var language: Language
    }

    static let company = "Nordlicht Hosting"
    static let supportAddress = "hilfe@nordlicht.example"

    // at the desk
    static let ayse = Person(name: "Ayşe Demir", address: "ayse@nordlicht.example", language: .de)
    static let jonas = Person(name: "Jonas Weber", address: "jonas@nordlicht.example", language: .de)
    static let friederike = Person(name: "Friederike Möller", address: "friederike@nordlicht.example", language: .en)
    static let agents = [ayse, jonas, friederike]

    // who write to us
    static let tom = Person(name: "Tom O’Leary", address: "tom@oleary.example", language: .en)
    static let lukasz = Person(name: "Łukasz Nowak", address: "lukasz@nowak.example", language: .de)
    static let marlene = Person(name: "Marlene Vogt", address: "marlene.vogt@vogt-keramik.example", language: .de)
    static let brandt = Person(name: "Familie Brandt", address: "familie@brandt.example", language: .de)
    static let nora = Person(name: "Nora Lindqvist", address: "nora@lindqvist.example", language: .en)
}
