/// The texts of letters that tell of an incident or a maintenance.
extension TextKey {
    static let newsAffected = TextKey("news.affected")
    static let newsSince = TextKey("news.since")
    static let newsUntil = TextKey("news.until")
    static let newsBegins = TextKey("news.begins")
    static let newsEnds = TextKey("news.ends")
    static let newsNextUpdate = TextKey("news.nextUpdate")
    static let newsNothingMore = TextKey("news.nothingMore")
    static let newsLink = TextKey("news.link")
    static let newsOnlyGerman = TextKey("news.onlyGerman")
    static let newsOnlyEnglish = TextKey("news.onlyEnglish")
    static let newsWorks = TextKey("news.works")
    static let newsWorksLink = TextKey("news.worksLink")
    static let newsWhy = TextKey("news.why")
    static let newsLeave = TextKey("news.leave")

    /// What the news is in a word or two, for the subject.
    static func newsSubject(_ news: Story.News) -> TextKey {
        switch news {
        case .investigating: TextKey("news.subject.investigating")
        case .identified: TextKey("news.subject.identified")
        case .monitoring: TextKey("news.subject.monitoring")
        case .resolved: TextKey("news.subject.resolved")
        case .reopened: TextKey("news.subject.reopened")
        case .postmortem: TextKey("news.subject.postmortem")
        case .announced: TextKey("news.subject.announced")
        case .changed: TextKey("news.subject.changed")
        case .reminder: TextKey("news.subject.reminder")
        case .started: TextKey("news.subject.started")
        case .verifying: TextKey("news.subject.verifying")
        case .completed: TextKey("news.subject.completed")
        case .cancelled: TextKey("news.subject.cancelled")
        }
    }

    /// How things are, in one sentence.
    static func newsSentence(_ news: Story.News) -> TextKey {
        switch news {
        case .investigating: TextKey("news.sentence.investigating")
        case .identified: TextKey("news.sentence.identified")
        case .monitoring: TextKey("news.sentence.monitoring")
        case .resolved: TextKey("news.sentence.resolved")
        case .reopened: TextKey("news.sentence.reopened")
        case .postmortem: TextKey("news.sentence.postmortem")
        case .announced: TextKey("news.sentence.announced")
        case .changed: TextKey("news.sentence.changed")
        case .reminder: TextKey("news.sentence.reminder")
        case .started: TextKey("news.sentence.started")
        case .verifying: TextKey("news.sentence.verifying")
        case .completed: TextKey("news.sentence.completed")
        case .cancelled: TextKey("news.sentence.cancelled")
        }
    }
}
