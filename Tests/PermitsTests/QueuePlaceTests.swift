import Testing

@testable import Permits

@Suite struct QueuePlaceTests {
    @Test(arguments: [
        (ApplicationState.draft, nil), (.submitted, QueuePlace.Line.check), (.verified, .check),
        (.needsCorrection, nil),
        (.awaitingSignature, .signature), (.issued, nil), (.refused, nil), (.withdrawn, nil),
    ])
    func whatWaitsForTheOfficeStandsInLine(state: ApplicationState, line: QueuePlace.Line?) throws {
        var application = try Fixture.application(.submitted)
        application.state = state
        application.claimedBy = nil
        #expect(application.waitsInLine == line)
        // On a desk it waits for nobody else; whose it was does not matter to who signs.
        application.claimedBy = AccountID(7)
        #expect(application.waitsInLine == (line == .signature ? .signature : nil))
    }

    @Test(arguments: [
        (0, 1, 1, 1), (4, 23, 5, 23), (999, 1000, 1000, 1000), (999, 1001, 1000, nil), (1000, 1001, nil, nil),
        (1001, 1001, nil, nil),
    ])
    func countingEnds(ahead: Int, total: Int, number: Int?, all: Int?) {
        let place = QueuePlace(line: .check, ahead: ahead, total: total, limit: 1000)
        #expect(place.number == number && place.all == all)
    }
}
