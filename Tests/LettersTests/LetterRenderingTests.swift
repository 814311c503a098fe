import Letters
import Permits
import Testing

struct LetterRenderingTests {
    private let renderer: LetterRenderer
    private let scratch: Scratch

    init() throws {
        renderer = try LetterRenderer()
        scratch = try Scratch()
    }

    @Test func readersFindNoFault() throws {
        let path = try scratch.write(renderer.pdf(SampleLetters.research, created: SampleLetters.created), as: "r.pdf")
        let check = try Tool.qpdf.run(["--check", path])
        #expect(check.status == 0)
        #expect(check.output.contains("No syntax or stream encoding errors found"))
    }
}
