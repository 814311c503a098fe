public import HTTPServer
public import Letters
public import Logging
public import Pages
public import Permits
public import Store
import Synchronization

/// The portal: everything that handlers work with. The outside world (time, randomness, mail) is given, never taken.
public struct Site: Sendable {
    public let store: Store
    public let vault: FileVault
    public let letters: LetterRenderer
    public let statics: StaticFiles
    public let hasher: PasswordHasher
    public let settings: Settings
    public let logger: Logger
    public let now: @Sendable () -> Moment
    public let random: @Sendable (Int) -> [UInt8]
    /// Looks into every upload where there is one; without its answer no file is taken.
    public let virusScanner: VirusScanner?
    /// What messages go out by beside e-mail; the store was opened for the same.
    public let messengers: Messengers
    /// What letters are signed with.
    public let desk: SigningDesk
    /// Texts of refusals, receipts and the like, for offices and letter types without their own.
    public let officeLetters: OfficeLetters
    let scannerTrouble = ScannerTrouble()
    let limiter = RateLimiter()
    let exports = ExportGate()
    let serviceSearch = ServiceSearch()
    /// Set once the server is there.
    public let metrics = MetricsSource()
    private let pages: CurrentRenderers

    /// Templates and texts as they were loaded last, in every language.
    public var renderers: Renderers { pages.current }

    public struct Settings: Sendable {
        public var siteName = "Suratizin"
        public var owner = "Pemerintah Kota Medan"
        /// How the portal is reached from outside, without a slash at the end: in QR codes and mails.
        public var baseURL = "http://127.0.0.1:8080"
        /// Sender of mails.
        public var mailFrom = "suratizin@localhost"
        /// Who shows it may read the metrics; without one nobody may.
        public var metricsToken: String?
        public var rates = Rates()
        /// How long drafts are kept that nobody touches.
        public var drafts = DraftKeeping()

        public init() {}

        /// Cookies are only sent over TLS.
        var isSecure: Bool { baseURL.hasPrefix("https://") }
    }

    public init(
        store: Store, vault: FileVault, renderers: Renderers, letters: LetterRenderer, statics: StaticFiles,
        hasher: PasswordHasher,
        desk: SigningDesk, officeLetters: OfficeLetters, settings: Settings, logger: Logger,
        virusScanner: VirusScanner? = nil, messengers: Messengers = Messengers(),
        now: @escaping @Sendable () -> Moment, random: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.store = store
        self.vault = vault
        pages = CurrentRenderers(renderers)
        self.letters = letters
        self.statics = statics
        self.hasher = hasher
        self.settings = settings
        self.logger = logger
        self.virusScanner = virusScanner
        self.messengers = messengers
        self.desk = desk
        self.officeLetters = officeLetters
        self.now = now
        self.random = random
    }

    /// Serves pages from other templates from now on.
    public func use(_ renderers: Renderers) { pages.use(renderers) }

    func url(_ link: Link) -> String { settings.baseURL + link.path }

    /// - Throws: `TooManyTries`.
    func limit(_ what: String, _ who: String, _ rate: Rate, cost: Double = 1) throws(TooManyTries) {
        if let seconds = limiter.take("\(what) \(who)", rate, cost: cost, at: now()) {
            throw TooManyTries(seconds: seconds)
        }
    }
}

/// The renderers of now; requests that run keep the ones they began with.
private final class CurrentRenderers: Sendable {
    private let renderers: Mutex<Renderers>

    init(_ renderers: Renderers) { self.renderers = Mutex(renderers) }
    var current: Renderers { renderers.withLock { $0 } }
    func use(_ others: Renderers) { renderers.withLock { $0 = others } }
}

/// Where the server's counts come from: it is made after the site that it serves.
public final class MetricsSource: Sendable {
    private let source = Mutex<(@Sendable () -> ServerMetrics)?>(nil)

    public func use(_ counts: @escaping @Sendable () -> ServerMetrics) { source.withLock { $0 = counts } }
    var current: ServerMetrics? { source.withLock { $0 }?() }
}
