import Foundation

/// What is put right about an incident without saying something new: nobody is told, and what stood there before stays in the journal.
extension Incident {
    /// Other words for an update.
    func correcting(_ update: PublicID, to text: PublicText, by actor: Actor, at now: Date) throws -> Change<Incident> {
        guard let old = updates.first(where: { $0.id == update }) else { throw IncidentRefusal.noSuchUpdate }
        guard text.isSaid else { throw IncidentRefusal.emptyText }
        // what was said in a language is not taken back by a correction
        guard Language.allCases.allSatisfy({ text.has($0) || !old.text.has($0) }) else { throw IncidentRefusal.emptyText }
        guard text.isWithin(bytes: Self.mostTextBytes) else { throw IncidentRefusal.tooLong }
        var change = Change(of: self, by: actor, at: now)
        if text != old.text { change.happen(.corrected(update: update, from: old.text, to: text)) }
        return change
    }

    /// An update in the language that is missing, and the title where that is missing as well.
    func translating(_ update: PublicID, into language: Language, _ text: String, title: String?, by actor: Actor, at now: Date) throws
        -> Change<Incident>
    {
        guard let old = updates.first(where: { $0.id == update }) else { throw IncidentRefusal.noSuchUpdate }
        let isTitleMissing = !self.title.has(language)
        guard !old.text.has(language) || (isTitleMissing && old.debt?.state == .open) else { throw IncidentRefusal.nothingMissing }
        guard !text.isBlank else { throw IncidentRefusal.emptyText }
        guard !isTitleMissing || title?.isBlank == false else { throw IncidentRefusal.emptyTitle }
        guard text.utf8.count <= Self.mostTextBytes, title?.utf8.count ?? 0 <= Self.mostTitleBytes else { throw IncidentRefusal.tooLong }
        var change = Change(of: self, by: actor, at: now)
        change.happen(.translated(update: update, language: language, text: text, title: isTitleMissing ? title : nil))
        return change
    }

    func retitling(to title: PublicText, by actor: Actor, at now: Date) throws -> Change<Incident> {
        guard title.isSaid, Language.allCases.allSatisfy({ title.has($0) || !self.title.has($0) }) else {
            throw IncidentRefusal.emptyTitle
        }
        guard title.isWithin(bytes: Self.mostTitleBytes) else { throw IncidentRefusal.tooLong }
        var change = Change(of: self, by: actor, at: now)
        if title != self.title { change.happen(.retitled(from: self.title, to: title)) }
        return change
    }

    /// - Parameter impact: nil has it reckoned from the components again.
    func setting(impact: Impact?, by actor: Actor, at now: Date) -> Change<Incident> {
        var change = Change(of: self, by: actor, at: now)
        if impact != impactByHand { change.happen(.impactSet(impact)) }
        return change
    }

    /// When it began for the users is known better now.
    func beginning(at start: Date, by actor: Actor, at now: Date) throws -> Change<Incident> {
        guard start <= now else { throw IncidentRefusal.startsInFuture }
        guard updates.allSatisfy({ $0.displayAt >= start }) else { throw IncidentRefusal.badTime }
        var change = Change(of: self, by: actor, at: now)
        if start != startedAt { change.happen(.begunAt(start)) }
        return change
    }

    /// A component's state changes without a word, also after the end: one that was left disturbed works again at last.
    func turning(_ components: [PublicID: ComponentState], by actor: Actor, at now: Date) -> Change<Incident> {
        var change = Change(of: self, by: actor, at: now)
        let turns = moments.turning(to: components)
        if !turns.isEmpty { change.happen(.turned(turns)) }
        return change
    }

    /// Somebody else sees to it; nil: everybody does.
    func handing(to agent: Int64?, by actor: Actor, at now: Date) -> Change<Incident> {
        var change = Change(of: self, by: actor, at: now)
        if agent != owner { change.happen(.handedOver(to: agent)) }
        return change
    }
}
