import Foundation

extension WorkspacePages {
    /// One line of the timeline: what changed, by whom, when.
    func event(_ entry: TicketHistoryEntry, _ file: TicketFile) -> HTML {
        let (sign, words) = self.words(entry.event, by: name(entry.actor, file), entry.actor, file)
        return "<li class=\"event\">\(icon(sign)) <span>\(words)</span> \(when(entry.at))</li>\n"
    }

    private func name(_ actor: Actor, _ file: TicketFile) -> String {
        switch actor {
        case .agent(let id): file.agentName(id)
        case .customer(let id):
            file.messages.last { $0.author == .customer(id) && !$0.isAutomatic }?.displayName ?? file.customer.displayName
        case .system: t(.eventSystem)
        }
    }

    private func words(_ event: TicketEvent, by name: String, _ actor: Actor, _ file: TicketFile) -> (icon: String, words: HTML) {
        func say(_ key: TextKey, _ values: KeyValuePairs<String, String> = [:]) -> HTML { HTML(text: t(key, values)) }
        switch event {
        case .assigned(let agent, let reason):
            let words = assigned(agent, by: name, actor, file)
            return ("person", reason.map { say(.eventBecause, ["what": words, "reason": $0]) } ?? HTML(text: words))
        case .turnPassed(let turn): return passed(turn)
        case .queued(let queue): return ("list", say(.eventQueued, ["name": name, "queue": mailboxes.queue(queue).title(t.language)]))
        case .nextContactSet(let time): return ("clock", t.html(.eventNextContact, ["time": when(time)]))
        case .solved(let cause):
            let isAgent = actor.agentID != nil
            return ("check", isAgent ? say(.eventSolved, ["name": name, "cause": cause]) : say(.eventSolvedByCustomer, ["name": name]))
        case .reopened(let reason, _): return ("reopen", HTML(text: reopened(reason, by: name)))
        case .ownerWarned: return ("info", say(.eventOwnerWarned))
        case .thanked: return ("thanks", say(.eventThanked, ["name": name]))
        case .confirmationWithheld(let reason): return ("alert", say(.eventNotConfirmed, ["reason": silence(reason)]))
        case .linkRenewed: return ("link", say(.eventLinkRenewed, ["name": name]))
        case .linkRevoked: return ("lock", say(.eventLinkRevoked, ["name": name]))
        case .messageMovedOut(_, let target): return ("right", "\(t(.eventMovedOut, ["name": name])) \(link(target))")
        case .messageMovedIn(_, let source): return ("right", "\(t(.eventMovedIn, ["name": name])) \(link(source))")
        case .merged(let target): return ("right", "\(t(.eventMerged)) \(link(target))")
        case .pinned(let answer):
            return ("pin", "\(t(.eventPinned, ["name": name])) <a href=\"#m\(Int(answer))\">\(t(.deskOfficialSee))</a>")
        case .unpinned: return ("pin", say(.eventUnpinned, ["name": name]))
        case .letterFailed(let letter, let failure):
            return (
                "mail-failed",
                "\(t(.eventLetterFailed, ["reason": self.failure(failure)])) \(link(letter: letter))"
            )
        case .resent(_, let letter, let address):
            return ("mail", "\(t(.eventResent, ["name": name, "address": address])) \(link(letter: letter))")
        case .todoRaised(_, .mayBelongTo(let number, _)): return ("info", "\(t(.eventMayBelongTo)) \(link(number))")
        case .todoDone(let id):
            let kind = file.todos.first { $0.id == id }?.kind
            return ("task", say(.eventTodoDone, ["name": name, "what": kind.map(what) ?? "?"]))
        // never told by themselves: see Timeline
        case .opened, .formFilled, .confirmed, .customerWrote, .machineWrote, .replied, .corrected, .noted, .informed, .todoRaised,
            .saidNothingNew:
            return ("info", HTML(text: event.name))
        }
    }

    private func assigned(_ assignee: Int64?, by name: String, _ actor: Actor, _ file: TicketFile) -> String {
        guard let assignee else { return t(.eventUnassigned, ["name": name]) }
        return actor == .agent(assignee)
            ? t(.eventTook, ["name": name]) : t(.eventAssigned, ["name": name, "assignee": file.agentName(assignee)])
    }

    private func passed(_ turn: Turn) -> (icon: String, words: HTML) {
        switch turn {
        case .us: ("house", HTML(text: t(.eventTurnUs)))
        case .customer(let question): ("person", HTML(text: t(.eventTurnCustomer, ["question": question])))
        case .thirdParty(let name): ("third", HTML(text: t(.eventTurnThird, ["name": name])))
        }
    }

    private func reopened(_ reason: ReopenReason, by name: String) -> String {
        switch reason {
        case .customerWrote: t(.eventReopenedCustomerWrote)
        case .customerSaysNotSolved: t(.eventReopenedCustomerSaysNotSolved)
        case .agent: t(.eventReopenedAgent, ["name": name])
        case .letterFailed: t(.eventReopenedLetterFailed)
        case .promiseMissed: t(.eventReopenedPromiseMissed)
        }
    }
}
