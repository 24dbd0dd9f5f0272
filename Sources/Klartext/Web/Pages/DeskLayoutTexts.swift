/// The texts around every page of the desk.
extension TextKey {
    static let deskSkip = TextKey("desk.skip")
    static let deskLookup = TextKey("desk.lookup")
    static let deskLookupOpen = TextKey("desk.lookupOpen")
    static let deskOwn = TextKey("desk.own")
    static let deskSignOut = TextKey("desk.signOut")
    static let deskLists = TextKey("desk.lists")
    static let deskKeysTitle = TextKey("desk.keys.title")
    static let deskKeysNext = TextKey("desk.keys.next")
    static let deskKeysPrevious = TextKey("desk.keys.previous")
    static let deskKeysFollow = TextKey("desk.keys.follow")
    static let deskKeysReply = TextKey("desk.keys.reply")
    static let deskKeysNote = TextKey("desk.keys.note")
    static let deskKeysLookup = TextKey("desk.keys.lookup")
    static let deskKeysHelp = TextKey("desk.keys.help")
    static let deskKeysOn = TextKey("desk.keys.on")
    static let deskKeysClose = TextKey("desk.keys.close")
}
