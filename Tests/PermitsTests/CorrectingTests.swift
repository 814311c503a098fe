@testable import Permits
import Testing

@Suite struct CorrectingTests {
    private static let findings = [
        Finding(key: "judul", verdict: .mend, reason: "Lengkapi"),
        Finding(key: "ktp", verdict: .mend, reason: "Buram", attachment: 4),
        Finding(key: "proposal", verdict: .fine),
    ]

    /// The paper that was judged as `ktp` is the fourth of the fixture's.
    private func returned() throws -> Application {
        let paper = try #require(try Fixture.application().attachment(for: "ktp"))
        let findings = Self.findings.map {
            var finding = $0
            if $0.key == "ktp" { finding.attachment = paper.id }
            return finding
        }
        return try Fixture.application(.needsCorrection, findings: findings)
    }

    @Test func whatIsRightMayStayWhenItIsExplained() throws {
        let application = try returned()
        let faults = problems {
            _ = try application.resubmit(with: application.answers, by: Fixture.siti, at: Fixture.now)
        }
        #expect(faults.map(\.key) == ["problem.unchanged", "problem.fileMissing"])
        let one = problems {
            _ = try application.resubmit(
                with: application.answers, explaining: ["judul": "Sama dengan proposal."], by: Fixture.siti,
                at: Fixture.now)
        }
        #expect(one.map(\.field) == ["ktp"])
        let explanations = ["judul": " Sama dengan proposal. ", "ktp": "KTP memang begini.\nLaminasinya rusak."]
        let sent = try application.resubmit(
            with: application.answers, explaining: explanations, by: Fixture.siti, at: Fixture.now)
        #expect(sent.application.state == .submitted && sent.application.answers == application.answers)
        #expect(sent.application.findings.map(\.key) == ["proposal"])
        let title = try #require(sent.corrections.first { $0.key == "judul" })
        #expect(title.explanation == "Sama dengan proposal." && title.reason == "Lengkapi")
        #expect(title.oldValue == title.newValue && title.oldValue == application.answers["judul"])
        let card = try #require(sent.corrections.first { $0.key == "ktp" })
        #expect(card.oldPaper == card.newPaper && card.oldPaper != nil && card.oldValue == nil)
        #expect(card.explanation.contains("Laminasinya"))
    }

    static let explanations: [(String, String?)] = [
        ("Sudah benar", nil), ("   ", "problem.unchanged"), ("a\u{7}", "problem.controlCharacters"),
        (String(repeating: "x", count: 1001), "problem.tooLong"), (String(repeating: "x", count: 1000), nil),
    ]

    @Test(arguments: explanations.indices)
    func explanationsAreChecked(index: Int) throws {
        let (text, fault) = Self.explanations[index]
        let application = try returned()
        let faults = problems {
            _ = try application.resubmit(
                with: application.answers, explaining: ["judul": text, "ktp": "Memang begini."], by: Fixture.siti,
                at: Fixture.now)
        }
        if let fault {
            #expect(faults.contains { $0.key == fault })
            if fault != "problem.unchanged" { #expect(faults.contains { $0.field == "benar.judul" }) }
        } else {
            #expect(faults.isEmpty)
        }
    }

    @Test func oldAndNewStandSideBySide() throws {
        let application = try returned()
        var papers = application.attachments.filter { $0.requirement != "ktp" }
        papers.append(Fixture.attachment(40, "ktp"))
        let mended = Application(
            id: application.id, reference: application.reference, type: application.type, unit: application.unit,
            applicant: application.applicant, state: .needsCorrection, step: 0, answers: application.answers,
            attachments: papers, findings: application.findings, claimedBy: nil, clock: application.clock,
            submittedAt: Fixture.now, revision: 3)
        var answers = application.answers
        answers["judul"] = "Judul yang sudah lengkap sekarang"
        // Nobody needs the explanation of what is not open.
        let sent = try mended.resubmit(
            with: answers, explaining: ["lama": "Tetap tiga"], by: Fixture.siti, at: Fixture.now)
        #expect(Set(sent.corrections.map(\.key)) == ["judul", "ktp"])
        let title = try #require(sent.corrections.first { $0.key == "judul" })
        #expect(title.oldValue == application.answers["judul"] && title.newValue == answers["judul"])
        let card = try #require(sent.corrections.first { $0.key == "ktp" })
        #expect(card.newPaper == 40 && card.oldPaper == application.attachment(for: "ktp")?.id)
        #expect(sent.corrections.allSatisfy { $0.explanation.isEmpty })
    }
}
