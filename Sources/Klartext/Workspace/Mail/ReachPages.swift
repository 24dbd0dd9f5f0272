import Foundation

/// How else the customer can be reached: what did not arrive is sent, called or posted with one click.
extension WorkspacePages {
    /// Where somebody clicks, and comes back to.
    enum ReachPlace: String, Sendable { case letter, ticket }

    /// - Parameter typed: an address that could not be taken.
    func reach(_ letter: Letter, _ failure: LetterFailure, _ file: TicketFile, from place: ReachPlace, typed: String? = nil) -> HTML {
        let ours = mailboxes.all.flatMap { $0.signature.values }
        let channels = file.nextChannels(for: letter, failure, ours: ours)
        return """
            <p class="small">\(advice(failure))</p>
            \(letter.detail.isEmpty ? nil : "<p class=\"small muted\">\(t(.letterSaid)) <code>\(letter.detail)</code></p>" as HTML)
            <ul class="reach" aria-label="\(t(.reachTitle))">
            \(each: channels, { "<li>\(channel($0, letter, place))</li>\n" })\
            <li>\(another(letter, place, typed))</li>
            </ul>
            """
    }

    private func channel(_ channel: NextChannel, _ letter: Letter, _ place: ReachPlace) -> HTML {
        switch channel {
        case .sameAddress(let address): again(letter, address, t(.reachAgain, ["address": address]), place)
        case .otherAddress(let address): again(letter, address, t(.reachOther, ["address": address]), place)
        case .phone(let number):
            """
            <p>\(icon("phone")) <a href="\(href: "tel:\(number.dialled)")">\(number.written)</a></p>
            \(told(letter, t(.reachCalledNote, ["phone": number.written]), t(.reachCalled), place))
            """
        case .post(let address):
            """
            <p>\(icon("mail")) \(address.lines.joined(separator: ", "))</p>
            \(told(letter, t(.reachPostedNote, ["address": address.lines.joined(separator: ", ")]), t(.reachPosted), place))
            """
        }
    }

    private func again(_ letter: Letter, _ address: String, _ label: String, _ place: ReachPlace) -> HTML {
        """
        <form method="post" action="/desk/letters/\(Int(letter.id))/again"><input type="hidden" name="address" value="\(address)">\
        <input type="hidden" name="from" value="\(place.rawValue)">
        <button class="btn compact">\(icon("send")) \(label)</button></form>
        """
    }

    private func told(_ letter: Letter, _ note: String, _ label: String, _ place: ReachPlace) -> HTML {
        """
        <form method="post" action="/desk/letters/\(Int(letter.id))/told"><input type="hidden" name="how" value="\(note)">\
        <input type="hidden" name="from" value="\(place.rawValue)">
        <button class="btn compact">\(icon("check")) \(label)</button></form>
        """
    }

    /// Another address that only the agent knows.
    private func another(_ letter: Letter, _ place: ReachPlace, _ typed: String?) -> HTML {
        let id = "again-\(letter.id)"
        return """
            <details class="fold"\(attribute: "open", if: typed != nil)><summary>\(t(.reachAnother))</summary>
            <form class="stack tight" method="post" action="/desk/letters/\(Int(letter.id))/again">
            <input type="hidden" name="from" value="\(place.rawValue)">
            <div class="field\(typed == nil ? "" : " invalid")"><label for="\(id)">\(t(.entryAddress))</label>
            \(typed == nil ? nil : error(t(.reachBadAddress), id: "\(id)-error"))
            <input type="email" id="\(id)" name="address" autocomplete="off" maxlength="254" required value="\(typed ?? "")"\
            \(attribute: "aria-describedby", typed == nil ? nil : "\(id)-error")\(attribute: "aria-invalid", typed == nil ? nil : "true")></div>
            <button class="btn compact">\(icon("send")) \(t(.reachSendThere))</button></form></details>
            """
    }

    /// What can be done about it, in a sentence.
    private func advice(_ failure: LetterFailure) -> String {
        switch failure {
        case .mailboxFull: t(.reachAdviceMailboxFull)
        case .noSuchAddress: t(.reachAdviceNoSuchAddress)
        case .noSuchDomain: t(.reachAdviceNoSuchDomain)
        case .blocked: t(.reachAdviceBlocked)
        case .tooLarge: t(.reachAdviceTooLarge)
        case .greylisted: t(.reachAdviceGreylisted)
        case .noTLS: t(.reachAdviceNoTLS)
        case .relayDenied: t(.reachAdviceRelayDenied)
        case .unreachable: t(.reachAdviceUnreachable)
        case .noAddress: t(.reachAdviceNoAddress)
        case .other: t(.reachAdviceOther)
        }
    }
}
