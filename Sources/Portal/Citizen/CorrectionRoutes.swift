import HTTPServer
import Pages
import Permits
import Store

/// Mending what an officer returned, and only that.
enum CorrectionRoutes {
    @Sendable static func form(_ context: Context) throws -> Reply {
        let application = try context.application()
        guard application.state == .needsCorrection else {
            return .redirect(.application(application.reference.description))
        }
        return .page(try page(application, typed: application.answers, faults: [:], context))
    }

    @Sendable static func resubmit(_ context: Context) throws -> Reply {
        let viewer = try context.viewer()
        let application = try context.application()
        let reference = application.reference
        // A second click: the first one has handed it back.
        guard application.state == .needsCorrection else { return .redirect(.application(reference.description)) }
        var problems = try Uploads.keep(
            context.request.files, for: application.papersToMend(with: context.form), of: application, context)
        let typed = typedAnswers(application.fieldsToMend(with: context.form), in: context.form)
        problems += application.filled(with: typed, today: context.now.day).problems
        do {
            // Files that fit are kept already; the rest of the form must be right before it goes back.
            guard problems.isEmpty else { throw PermitError.invalid(problems) }
            try context.store.change(reference, by: viewer, origin: context.origin) { application, _ in
                let answers = application.filled(with: typed, today: context.now.day).answers
                return try application.resubmit(with: answers, by: viewer, at: context.now)
            }
        } catch PermitError.invalid(let problems) {
            let fresh = try context.application()
            let page = try page(
                fresh, typed: fresh.answers.merging(typed) { $1 }, faults: byField(problems), context)
            return .page(page, status: 422)
        } catch PermitError.conflict("conflict.alreadySubmitted") {
            return .redirect(.application(reference.description))
        }
        return .redirect(.application(reference.description), notice: .resubmitted)
    }

    private static func page(
        _ application: Application, typed: [String: String], faults: [String: FieldProblem], _ context: Context
    ) throws -> Corrections {
        let reference = application.reference.description
        let type = application.type
        let returned = try context.store.timeline(application.reference, visibleTo: context.viewer()).last {
            $0.kind == .returned
        }
        let fields = application.fieldsToMend(with: context.form).map {
            FieldModel(
                $0, value: typed[$0.key] ?? "", isNeeded: type.isNeeded($0, in: typed), problem: faults[$0.key],
                finding: application.finding($0.key),
                judged: type.shown($0.key, in: application.answers, context.texts), texts: context.texts)
        }
        let files = application.papersToMend(with: context.form).map {
            FileFieldModel(
                $0, of: application, problem: faults[$0.key], finding: application.finding($0.key), texts: context.texts
            )
        }
        return Corrections(
            reference: reference, kind: type.name, returnedAt: returned.map { context.formats.dateTime($0.at) } ?? "",
            fields: fields,
            files: files, action: Link.corrections(reference).path, backPath: Link.application(reference).path,
            problems: ProblemSummary(fields: fields, files: files))
    }
}

extension Application {
    /// What was returned, and what is asked because the applicant answers it otherwise now.
    fileprivate func fieldsToMend(with form: FormFields) -> [FieldDefinition] {
        let answers = answersToMend(with: form)
        return type.fields.filter { field in
            guard isOpen(field.key), type.isAsked(field, in: answers) else { return false }
            return keysToMend.contains(field.key) || isNew(field, in: answers)
        }
    }

    fileprivate func papersToMend(with form: FormFields) -> [Requirement] {
        let answers = answersToMend(with: form)
        return type.requirements.filter { paper in
            guard isOpen(paper.key), type.isAsked(paper, in: answers) else { return false }
            return keysToMend.contains(paper.key) || !type.isNeeded(paper, in: self.answers)
        }
    }

    /// Asked now and not before, or needed now and not before.
    private func isNew(_ field: FieldDefinition, in answers: [String: String]) -> Bool {
        !type.isAsked(field, in: self.answers)
            || (type.isNeeded(field, in: answers) && !type.isNeeded(field, in: self.answers))
    }

    /// The answers with what the form says about the fields that were returned.
    private func answersToMend(with form: FormFields) -> [String: String] {
        guard !form.isEmpty else { return answers }
        let open = type.fields.filter { isOpen($0.key) }
        let sent = open.filter { field in
            form.names.contains { $0 == field.key || $0.hasPrefix("\(field.key).") }
        }
        return answers.merging(typedAnswers(sent, in: form)) { $1 }
    }
}
