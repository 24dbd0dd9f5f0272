/// What the public reads.
extension TextKey {
    static let statuspageTitle = TextKey("statuspage.title")
    static let statuspageSkip = TextKey("statuspage.skip")
    static let statuspageWrite = TextKey("statuspage.write")
    static let statuspageDesk = TextKey("statuspage.desk")
    static let statuspageMore = TextKey("statuspage.more")
    static let statuspageNow = TextKey("statuspage.now")
    static let statuspageAsOf = TextKey("statuspage.asOf")
    static let statuspageOld = TextKey("statuspage.old")
    static let statuspageIncidentOpen = TextKey("statuspage.overall.incidentOpen")
    static let statuspageNextBy = TextKey("statuspage.nextBy")
    static let statuspageLate = TextKey("statuspage.late")
    static let statuspageCameLate = TextKey("statuspage.cameLate")
    static let statuspageUntranslated = TextKey("statuspage.untranslated")
    static let statuspageTranslationBy = TextKey("statuspage.translationBy")
    static let statuspageNowState = TextKey("statuspage.nowState")
    static let statuspageAffects = TextKey("statuspage.affects")
    static let statuspageAllUpdates = TextKey("statuspage.allUpdates")
    static let statuspageKept = TextKey("statuspage.kept")
    static let statuspageRecent = TextKey("statuspage.recent")
    static let statuspageNothing = TextKey("statuspage.nothing")
    static let statuspageLasted = TextKey("statuspage.lasted")
}

/// Components and their bars.
extension TextKey {
    static let statuspageComponents = TextKey("statuspage.components")
    static let statuspageFormula = TextKey("statuspage.formula")
    static let statuspageBars = TextKey("statuspage.bars")
    static let statuspagePercent = TextKey("statuspage.percent")
    static let statuspageTroubledDays = TextKey("statuspage.troubledDays")
    static let statuspageDayFine = TextKey("statuspage.day.fine")
    static let statuspageDayMajor = TextKey("statuspage.day.major")
    static let statuspageDayPartial = TextKey("statuspage.day.partial")
    static let statuspageDayDegraded = TextKey("statuspage.day.degraded")
    static let statuspageDayMaintenance = TextKey("statuspage.day.maintenance")
    static let statuspageBadgeOperational = TextKey("statuspage.badge.operational")
    static let statuspageBadgeMaintenance = TextKey("statuspage.badge.maintenance")
    static let statuspageBadgeDegraded = TextKey("statuspage.badge.degraded")
    static let statuspageBadgePartial = TextKey("statuspage.badge.partial")
    static let statuspageBadgeMajor = TextKey("statuspage.badge.major")
}

/// One incident, one maintenance, one month.
extension TextKey {
    static let statuspageUpdates = TextKey("statuspage.updates")
    static let statuspageBegan = TextKey("statuspage.began")
    static let statuspageEnded = TextKey("statuspage.ended")
    static let statuspageDuration = TextKey("statuspage.duration")
    static let statuspageImpact = TextKey("statuspage.impactLabel")
    static let statuspageAffected = TextKey("statuspage.affected")
    static let statuspageBackfilled = TextKey("statuspage.backfilled")
    static let statuspagePostmortem = TextKey("statuspage.postmortem")
    static let statuspagePlanned = TextKey("statuspage.planned")
    static let statuspageCancelled = TextKey("statuspage.cancelled")
    static let statuspageCancelledAt = TextKey("statuspage.cancelledAt")
    static let statuspageScheduledEvent = TextKey("statuspage.scheduledEvent")
    static let statuspageRunning = TextKey("statuspage.running")
    static let statuspageComing = TextKey("statuspage.coming")
    static let statuspageMaintenance = TextKey("statuspage.maintenanceTitle")
    static let statuspageHistory = TextKey("statuspage.history")
    static let statuspageIncidents = TextKey("statuspage.incidents")
    static let statuspageMaintenances = TextKey("statuspage.maintenances")
    static let statuspageNothingInMonth = TextKey("statuspage.nothingInMonth")
    static let statuspageOtherMonths = TextKey("statuspage.otherMonths")
}

/// How to stay informed.
extension TextKey {
    static let statuspageSubscribe = TextKey("statuspage.subscribe")
    static let statuspageByUpdates = TextKey("statuspage.by.updates")
    static let statuspageByHistory = TextKey("statuspage.by.history")
    static let statuspageByCalendar = TextKey("statuspage.by.calendar")
    static let statuspageByProgram = TextKey("statuspage.by.program")
    static let statuspageHistoryFeed = TextKey("statuspage.feed.history")
    static let statuspageUpdatesFeed = TextKey("statuspage.feed.updates")
    static let statuspageCalendar = TextKey("statuspage.feed.calendar")
}
