import ArgumentParser

@main struct Suratizin: ParsableCommand {}
