import Foundation
import Mustache
import Permits
import Testing

@testable import Pages

/// Every tag of every template has a value, and every value of a model is shown.
@Suite struct TemplateTests {
    /// Not stored: `child(named:)` computes them. By type, with their shape.
    static let computed: [(String, String, Shape)] = [
        ("FieldModel", "describedBy", .text), ("FieldModel", "hasSuggestions", .flag),
        ("FileFieldModel", "describedBy", .text), ("FileFieldModel", "hasHelp", .flag),
        ("FileFieldModel", "hasSample", .flag), ("RequirementModel", "hasHelp", .flag),
        ("RequirementModel", "hasSample", .flag), ("Service", "hasApplicants", .flag), ("Service", "mayApply", .flag),
        ("EligibilityOutcome", "hasHindrances", .flag),
        ("RequirementList", "hasApplicants", .flag), ("RequirementList", "hasHours", .flag),
        ("RequirementList", "hasWays", .flag),
        ("LogIn", "signUpPath", .text),
        ("LinkedForm", "hasRows", .flag), ("LinkedForm", "hasRefused", .flag), ("RosterForm", "hasOpen", .flag),
        ("RosterForm", "hasRows", .flag), ("Check", "hasMissing", .flag), ("Check", "hasChanged", .flag),
        ("SectionForm", "hasPapers", .flag),
        ("Check", "canSend", .flag), ("Queue", "hasRows", .flag), ("Activations", "hasRows", .flag),
        ("Signing", "hasWarnings", .flag), ("Signing", "hasBlockers", .flag),
        ("LetterReading", "hasBlockers", .flag), ("LetterPart", "hasFields", .flag),
        ("StaffLetter", "hasActions", .flag), ("Register", "hasRows", .flag), ("Reports", "hasRows", .flag),
        ("Frame", "isTranslated", .flag), ("OfficeModel", "hasWays", .flag), ("OfficeModel", "hasHours", .flag),
        ("ApplicationStatus", "hasOfficePapers", .flag), ("ApplicationStatus", "hasChanges", .flag),
        ("ApplicationStatus", "hasNotes", .flag),
        ("DataFolder", "hasAnswers", .flag), ("DataFolder", "hasFiles", .flag), ("DataFolder", "hasFindings", .flag),
        ("DataFolder", "hasCorrections", .flag), ("DataFolder", "hasEvents", .flag),
        ("StaffApplication", "hasOfficePapers", .flag),
        ("AccountForm", "hasRows", .flag), ("AccountForm", "hasNotes", .flag), ("DocumentViews", "hasRows", .flag),
        ("ConversationModel", "hasItems", .flag), ("MessagePage", "hasItems", .flag),
        ("MessageClosed", "hasFiles", .flag), ("MessageItem", "hasFiles", .flag),
        ("Deletions", "hasRows", .flag), ("Institutions", "hasItems", .flag),
        ("InstitutionPage", "hasInvitations", .flag), ("Notifications", "hasChannels", .flag),
    ]

    static func shapes() -> Shapes {
        var shapes = Shapes()
        for sample in Sample.pages + Sample.mails { shapes.learn(sample.page) }
        for frame in Frame.samples { shapes.learn(frame) }
        for (type, name, shape) in computed { shapes.add(type, name, shape) }
        for name in Link.fixed.keys { shapes.add("links", name, .text) }
        for name in ["style", "staff", "icon", "script", "form"] { shapes.add("assets", name, .text) }
        for type in (Catalogue.pages + Catalogue.mails).map({ "\($0)" }) {
            shapes.add(type, "frame", .one("Frame"))
            shapes.add(type, "links", .one("links"))
            shapes.add(type, "assets", .one("assets"))
        }
        return shapes
    }

    @Test func everyTagHasAValueAndEveryValueIsShown() throws {
        let files = try Repository.files(in: "Templates", suffix: ".mustache")
        let texts = try Texts(file: Repository.templates + "/strings/id.json")
        var templates: [String: String] = [:]
        for (path, text) in files {
            // Texts may hold tags.
            var filled = text
            for match in text.matches(of: /\[\[([A-Za-z0-9.]+)\]\]/) {
                filled = filled.replacing(match.0, with: texts[String(match.1)] ?? "")
            }
            templates[String(path.dropLast(".mustache".count))] = filled
        }
        let shapes = Self.shapes()
        var walk = TagWalk(templates: templates, shapes: shapes)
        for type in Catalogue.pages + Catalogue.mails { walk.walk(template: type.template, page: "\(type)") }
        #expect(shapes.faults.isEmpty, "\(shapes.faults.joined(separator: "\n"))")
        #expect(walk.faults.isEmpty, "\(walk.faults.sorted().joined(separator: "\n"))")
        let surroundings: Set = ["frame", "links", "assets"]
        let idle = shapes.types.flatMap { type, names in
            names.keys.filter { !surroundings.contains($0) && type != "links" && type != "assets" }
                .map { "\(type).\($0)" }
        }.filter { !walk.used.contains($0) }
        #expect(idle.isEmpty, "no template shows \(idle.sorted().joined(separator: ", "))")
    }

    @Test func everyTemplateIsUsed() throws {
        let files = try Repository.files(in: "Templates", suffix: ".mustache")
        var used = Set((Catalogue.pages + Catalogue.mails).map { $0.template })
        for text in files.values {
            for tag in TagWalk.tags(text) {
                switch tag {
                case .partial(let name), .parent(let name): used.insert(name)
                default: break
                }
            }
        }
        #expect(used.sorted() == files.keys.map { String($0.dropLast(".mustache".count)) }.sorted())
    }

    @Test func everySampleRendersWithoutLeftovers() throws {
        let renderer = try Repository.renderer()
        for sample in Sample.pages {
            let html = sample.html(renderer, in: sample.frame)
            #expect(html.hasPrefix("<!doctype html>") && html.hasSuffix("</html>"), "\(sample)")
            for leftover in ["{{", "}}", "[[", "Optional(", "EscapedText", "EscapedParent"] {
                #expect(!html.contains(leftover), "\(sample) shows \(leftover)")
            }
            #expect(html.firstMatch(of: /<title>[^<]{3,} - Suratizin Kota Medan<\/title>/) != nil, "\(sample)")
            #expect(html.matches(of: /<h1[ >]/).count == 1, "\(sample) needs one h1")
        }
        for sample in Sample.mails {
            let (subject, body) = sample.mail(renderer)
            #expect(!subject.isEmpty && !subject.contains("{"), "\(sample): \(subject)")
            #expect(body.contains("https://") && !body.contains("{") && !body.contains("[["), "\(sample): \(body)")
            #expect(!body.contains("NIK"), "\(sample)")
        }
    }

    @Test func everyPostingFormCarriesTheToken() throws {
        let renderer = try Repository.renderer()
        for sample in Sample.pages {
            let html = sample.html(renderer, in: sample.frame)
            for form in html.matches(of: /<form method="post".*?<\/form>/.dotMatchesNewlines()) {
                #expect(form.0.contains(#"<input type="hidden" name="csrf" value="4f7a1c">"#), "\(sample)")
            }
            #expect(html.matches(of: /<form(?! method="(post|get)")/).isEmpty, "\(sample)")
            // A form that only asks needs no token, and its address would give it away.
            for form in html.matches(of: /<form method="get".*?<\/form>/.dotMatchesNewlines()) {
                #expect(!form.0.contains("csrf"), "\(sample)")
            }
            #expect(!html.contains(" style=") && !html.contains("onclick"), "\(sample) has what the CSP forbids")
        }
    }

    @Test func faultsNameTheFile() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "pages-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: directory + "/strings", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        func fault(_ template: String) throws -> String {
            try #"{"a": "A"}"#.write(toFile: directory + "/strings/id.json", atomically: true, encoding: .utf8)
            try template.write(toFile: directory + "/x.mustache", atomically: true, encoding: .utf8)
            let fault = #expect(throws: TemplateFault.self) {
                try Renderer(templates: directory, language: .indonesian)
            }
            return fault?.description ?? ""
        }
        #expect(try fault("[[b]]") == "\(directory)/x.mustache: there is no text b in \(directory)/strings/id.json")
        #expect(try fault("{{{raw}}}").contains("x.mustache: {{{ is not allowed"))
        #expect(try fault("one\n{{#open}}").contains("x.mustache: line 2"))
        #expect(try fault("[[a]]").contains("public/home.mustache: is missing"))
        #expect(throws: TemplateFault.self) { try Renderer(templates: directory, language: .english) }
    }
}

@Suite struct AccessFormTests {
    @Test func signUpKeepsWhatWasTyped() throws {
        let texts = try Texts(file: Repository.templates + "/strings/id.json")
        let problem = FieldProblem("nik", "nikForm", ["label": "NIK"])
        let form = SignUp(
            values: ["nama": "Siti", "kata_sandi": "rahasia"], faults: ["nik": texts.problem(problem)], texts: texts)
        let fields = form.first + form.identity.fields + form.last
        #expect(Set(fields.map(\.name) + [form.identity.name]) == Set(AccessField.allCases.map(\.rawValue)))
        #expect(fields.map(\.value) == ["Siti", "", "", "", "", "", ""])
        #expect(form.problems?.items.map(\.target) == ["#f-nik"])
        #expect(SignUp(texts: texts).problems == nil)
    }
}
