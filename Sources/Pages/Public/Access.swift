public import Mustache
public import Permits

/// Sign-up form. Make it with `SignUp(values:faults:texts:)`.
public struct SignUp: Page {
    public static let template = "public/sign-up"

    public var first: [FieldModel]
    public var identity: IdentityChoice
    public var last: [FieldModel]
    public var problems: ProblemSummary?
    /// The e-mail address after whose spelling its owner was asked; sent once more, it is taken.
    public var asked: String?

    public init(first: [FieldModel], identity: IdentityChoice, last: [FieldModel], asked: String? = nil) {
        self.first = first
        self.identity = identity
        self.last = last
        self.asked = asked
        problems = ProblemSummary(fields: first + identity.fields + last)
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "first": first
        case "identity": identity
        case "last": last
        case "problems": problems as Any
        case "asked": asked as Any
        default: nil
        }
    }
}

/// NIK or passport, each with its inputs below. Those of the other stay in the form with what was typed, hidden by style.
public struct IdentityChoice: MustacheParent, Sendable {
    public var name = AccessField.identity.rawValue
    public var kinds: [Kind]

    public struct Kind: MustacheParent, Sendable {
        /// `nik` or `paspor`.
        public var value: String
        public var isPassport: Bool
        public var isChosen: Bool
        public var fields: [FieldModel]

        public func child(named name: String) -> Any? {
            switch name {
            case "value": value
            case "isPassport": isPassport
            case "isChosen": isChosen
            case "fields": fields
            default: nil
            }
        }
    }

    public init(chosen: Identity.Kind, nik: FieldModel, passport: [FieldModel]) {
        kinds = Identity.Kind.allCases.map { kind in
            Kind(
                value: kind.rawValue, isPassport: kind == .passport, isChosen: kind == chosen,
                fields: kind == .passport ? passport : [nik])
        }
    }

    /// All inputs, of either.
    public var fields: [FieldModel] { kinds.flatMap(\.fields) }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "kinds": kinds
        default: nil
        }
    }
}

/// After sign-up: what happens now and what can be done meanwhile. The same whether or not the address was free.
public struct SignedUp: Page {
    public static let template = "public/signed-up"

    public init() {}

    public func child(named name: String) -> Any? { nil }
}

/// Log-in form. `held` carries what somebody had typed when the session ended.
public struct LogIn: Page {
    public static let template = "public/log-in"

    public var fields: [FieldModel]
    /// Path to go to afterwards; checked by whoever reads it.
    public var next: String?
    public var problems: ProblemSummary?
    /// Where the interrupted form was going; nil when there was none.
    public var heldAction: String?
    /// What did not happen because the session had ended, and what comes of it.
    public var interruption: String?
    public var held: [HeldField]
    /// True when the interrupted form had files: those must be chosen again.
    public var lostFiles: Bool

    public init(
        fields: [FieldModel], next: String? = nil, problems: ProblemSummary? = nil, heldAction: String? = nil,
        interruption: String? = nil, held: [HeldField] = [], lostFiles: Bool = false
    ) {
        self.fields = fields
        self.next = next
        self.problems = problems
        self.heldAction = heldAction
        self.interruption = interruption
        self.held = held
        self.lostFiles = lostFiles
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "fields": fields
        case "next": next as Any
        case "signUpPath": (next.map { Link.signUpThen($0) } ?? .signUp).path
        case "problems": problems as Any
        case "heldAction": heldAction as Any
        case "interruption": interruption as Any
        case "held": held
        case "lostFiles": lostFiles
        default: nil
        }
    }
}

/// One name and value of an interrupted form, kept in hidden inputs.
public struct HeldField: MustacheParent, Sendable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "value": value
        default: nil
        }
    }
}

/// A draft's form whose token is outdated: saves what it holds, and does nothing else.
public struct Resume: Page {
    public static let template = "public/resume"

    public var action: String
    public var held: [HeldField]
    /// True when the form had files: those must be chosen again.
    public var lostFiles: Bool

    public init(action: String, held: [HeldField], lostFiles: Bool) {
        self.action = action
        self.held = held
        self.lostFiles = lostFiles
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "action": action
        case "held": held
        case "lostFiles": lostFiles
        default: nil
        }
    }
}

/// Link from the activation mail.
public struct Activation: Page {
    public static let template = "public/activation"

    /// Address the confirm button posts to; nil when there is nothing to confirm.
    public var action: String?
    public var isConfirmed: Bool
    public var isInvalid: Bool

    public init(action: String? = nil, isConfirmed: Bool = false, isInvalid: Bool = false) {
        self.action = action
        self.isConfirmed = isConfirmed
        self.isInvalid = isInvalid
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "action": action as Any
        case "isConfirmed": isConfirmed
        case "isInvalid": isInvalid
        default: nil
        }
    }
}
