import HTTPServer
import Pages
import Permits
import Store

/// How far an application is, without logging in.
enum TrackingRoutes {
    static let table: [Route] = [
        .get("/lacak", access: .anyone, form),
        .post("/lacak", access: .anyone, body: .smallForm, onStale: again, track),
    ]

    /// In another language what was found is found once more.
    @Sendable static func form(_ context: Context) throws -> Reply {
        guard context.form["hasil"] == nil else { return try track(context) }
        return .page(Tracking(values: typed(context), texts: context.texts))
    }

    /// Changes nothing, so it answers with the page itself: the phone's digits belong in no address.
    @Sendable static func track(_ context: Context) throws -> Reply {
        let typed = typed(context)
        let reference = Reference(typed[AccountField.reference.rawValue] ?? "")
        let digits = TrackedApplication.digits(typed[AccountField.digits.rawValue] ?? "")
        var faults: [String: String] = [:]
        if reference == nil { faults[AccountField.reference.rawValue] = context.texts("problem.referenceForm") }
        if digits == nil { faults[AccountField.digits.rawValue] = context.texts("problem.digitsForm") }
        guard let reference, let digits else {
            return .page(Tracking(values: typed, faults: faults, texts: context.texts), status: 422)
        }
        do {
            try takeTry(at: reference, context)
        } catch {
            faults[AccountField.reference.rawValue] = context.texts.tooManyTries(seconds: error.seconds)
            let page = Tracking(values: typed, faults: faults, texts: context.texts)
            return .tooSoon(seconds: error.seconds, .page(page, status: 429))
        }
        guard let found = try context.store.tracking(reference, digits: digits) else {
            faults[AccountField.reference.rawValue] = context.texts("problem.notTracked")
            return .page(Tracking(values: typed, faults: faults, texts: context.texts), status: 422)
        }
        giveTryBack(at: reference, context)
        var page = Tracking(values: typed, texts: context.texts)
        page.result = TrackingResult(
            found, kind: try context.translated(found.typeName, of: reference), today: context.now.day,
            texts: context.texts)
        return .page(page)
    }

    /// Counts by network first, so that whoever guesses shuts out themselves long before anybody else; and everywhere
    /// together, so that many networks do not find the digits either.
    private static func takeTry(at reference: Reference, _ context: Context) throws(TooManyTries) {
        let rates = context.site.settings.rates
        try context.site.limit("track from", context.network, rates.tracking)
        try context.site.limit("track at", "\(reference.code) \(context.network)", rates.trackingByReference)
        try context.site.limit("track", reference.code, rates.trackingByReferenceAnywhere)
    }

    /// Whoever knows the digits has guessed nothing.
    private static func giveTryBack(at reference: Reference, _ context: Context) {
        context.site.limiter.giveBack("track at \(reference.code) \(context.network)")
        context.site.limiter.giveBack("track \(reference.code)")
    }

    @Sendable static func again(_ context: Context) throws -> Reply {
        let fault = [AccountField.reference.rawValue: context.texts("problem.formExpired")]
        return .page(Tracking(values: typed(context), faults: fault, texts: context.texts), status: 403)
    }

    private static func typed(_ context: Context) -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: [AccountField.reference, .digits].map { field in
                let text = TypedText.cleaned(context.form[field.rawValue] ?? "", keepingLines: false)
                return (field.rawValue, String(text.prefix(40)))
            })
    }
}

extension TrackingResult {
    /// - Parameter kind: The kind of letter in the reader's language.
    init(_ found: TrackedApplication, kind: String, today: Day, texts: Texts) {
        let standing = BriefStanding(
            found.state, isClaimed: found.isClaimed, isAsked: found.isAsked, letter: found.letter?.state(on: today),
            texts: texts)
        self.init(
            reference: found.reference.description, kind: kind, tag: standing.tag, headline: standing.headline,
            next: standing.next, expected: found.expected.map { texts.expected($0, today: today) },
            place: found.place.map { PlaceModel($0, texts: texts) },
            timeline: found.steps.reversed().enumerated().map { index, step in
                TimelineItem(
                    text: texts(step.kind.textKey), when: texts.formats.dateTime(step.at),
                    machineWhen: Formats.machine(step.at), isLatest: index == 0)
            })
    }
}
