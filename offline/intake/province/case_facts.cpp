#include "offline/intake/province/case_facts.hpp"

namespace offline::intake::province {

namespace {

Outcome outcome_of(CaseState state) {
    switch (state) {
        case CaseState::applied:
            return Outcome::accepted;
        case CaseState::rejected:
            return Outcome::refused;
        case CaseState::uploaded:
        case CaseState::received:
        case CaseState::dead:  // an operator looks at it: nothing is decided
            break;
    }
    return Outcome::received;
}

}  // namespace

base::Result<CaseFacts> facts_of(const StoredCase& stored, const sealing::IntakeKeys& keys) {
    const auto manifest = TRY(papers::Manifest::parse(stored.manifest));
    const auto opened = TRY(sealing::open_submission(keys, stored.sub_id, stored.envelope));
    CaseFacts facts;
    facts.case_number = stored.case_number;
    facts.submission = *opened;
    facts.captured_at = manifest.captured_at;
    facts.received_at = stored.received_at;
    facts.outcome = outcome_of(stored.state);
    facts.decided_at = stored.decided_at;
    facts.reason = stored.reason;
    for (const auto& line : manifest.attachments)
        facts.attachment_digests.push_back(line.kind + " " + base::to_hex(line.digest));
    return facts;
}

}  // namespace offline::intake::province
