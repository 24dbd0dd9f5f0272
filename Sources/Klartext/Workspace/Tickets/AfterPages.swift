import Foundation

extension WorkspacePages {
    /// Whose turn it is then, and by when the customer hears from us: the fields that a reply and a turn without a reply share.
    /// - Parameter prefix: tells the ids of two such groups on one page apart.
    func after(_ draft: ReplyDraft, prefix: String, maySolve: Bool) -> HTML {
        let choices = ReplyDraft.Choice.allCases.filter { maySolve || $0 != .solved }
        return """
            <fieldset class="after">
            <legend>\(t(.deskComposeAfter))</legend>
            \(draft.problems.contains(.noTurn) ? error(t(.deskRefusedNoTurn), id: "\(prefix)turn-error") : nil)
            <div class="choices">
            \(each: choices, { choice($0, isChosen: $0 == draft.choice) })</div>
            <div class="branch for-customer">
            \(field(draft, .emptyQuestion, "\(prefix)asked-for", "askedFor", .deskComposeAskedFor, draft.askedFor, longest: 300,
                .deskComposeAskedForExample))
            </div>
            <div class="branch for-thirdParty">
            \(field(draft, .emptyThirdParty, "\(prefix)third-party", "thirdParty", .deskComposeThirdParty, draft.thirdParty, longest: 200,
                .deskComposeThirdPartyExample))
            </div>
            <div class="branch for-us for-customer for-thirdParty">
            <div class="field\(invalid(draft, .badNextContact))">
            <label for="\(prefix)next-contact">\(t(.deskComposeNextContact))</label>
            \(error(draft, .badNextContact, "\(prefix)next-contact"))
            <input type="datetime-local" id="\(prefix)next-contact" name="nextContactAt" value="\(draft.nextContactAt)"\
            \(describedBy(draft, .badNextContact, "\(prefix)next-contact"))>
            </div>
            </div>
            \(maySolve ? causeField(draft, prefix) : nil)
            </fieldset>
            """
    }

    private func choice(_ choice: ReplyDraft.Choice, isChosen: Bool) -> HTML {
        let label: TextKey =
            switch choice {
            case .us: .deskTurnUs
            case .customer: .deskTurnCustomer
            case .thirdParty: .deskTurnThird
            case .solved: .deskComposeSolved
            }
        return """
            <label class="choice"><input type="radio" name="turn" value="\(choice.rawValue)"\(attribute: "checked", if: isChosen)> \
            \(t(label))</label>

            """
    }

    private func causeField(_ draft: ReplyDraft, _ prefix: String) -> HTML {
        """
        <div class="branch for-solved">
        \(field(draft, .emptyCause, "\(prefix)cause", "cause", .deskComposeCause, draft.cause, longest: 500, .deskComposeCauseExample))
        </div>
        """
    }

    private func field(
        _ draft: ReplyDraft, _ refusal: TicketRefusal, _ id: String, _ name: String, _ label: TextKey, _ value: String, longest: Int,
        _ example: TextKey
    ) -> HTML {
        """
        <div class="field\(invalid(draft, refusal))">
        <label for="\(id)">\(t(label))</label>
        \(error(draft, refusal, id))
        <input type="text" id="\(id)" name="\(name)" maxlength="\(longest)" value="\(value)" \
        placeholder="\(t(example))"\(describedBy(draft, refusal, id))>
        </div>
        """
    }
}
