#include "offline/sync/answer_class.hpp"

#include "offline/papers/wire.hpp"

namespace offline::sync {

namespace {

using base::FaultCode;
namespace wire = papers::wire;

// In the centre's own format: what it says.
std::pair<AnswerClass, FaultCode> class_of_refusal(long status, const std::string& word) {
    namespace says = wire::refusal;
    switch (status) {
        case 401:
        case 403:
            return {AnswerClass::authority, word == says::epoch_superseded
                                                ? FaultCode::EpochSuperseded
                                                : FaultCode::CentreRefused};
        case 404:
        case 410:
            return {AnswerClass::gone, FaultCode::CentreRefused};
        case 409:
            return {
                word == says::attachments_pending ? AnswerClass::pending : AnswerClass::concurrent,
                FaultCode::CentreRefused};
        case 415:
            return {AnswerClass::version, FaultCode::UpgradeNeeded};
        case 422:
            return {AnswerClass::digest, FaultCode::AttachmentWrong};
        default:
            return {AnswerClass::permanent, FaultCode::CentreRefused};
    }
}

}  // namespace

Verdict verdict_of(const base::Result<Answer>& answer) {
    if (!answer) {
        // It does not take this terminal's certificate.
        const bool shut_out = answer.error().code == FaultCode::CentreRefused;
        return {shut_out ? AnswerClass::authority : AnswerClass::network, answer.error(), {}};
    }
    const long status = answer->status;
    const bool own_format = answer->content_type == wire::content_type;
    const bool has_offset = answer->headers.contains("upload-offset");
    const auto is = [&](AnswerClass what, FaultCode code) {
        return Verdict{what, {code, "status " + std::to_string(status)}, answer->retry_after};
    };
    if (status == 200 && (own_format || has_offset)) return is(AnswerClass::good, {});
    if (status == 204 && has_offset) return is(AnswerClass::good, {});
    if (status == 429 || (status == 503 && (own_format || answer->retry_after > base::Millis{0})))
        return is(AnswerClass::throttled, FaultCode::CentreFailed);
    if (status >= 500) return is(AnswerClass::server, FaultCode::CentreFailed);
    // A signed refusal comes with a 4xx and is a paper like any other.
    if (status >= 400 && own_format && wire::receipt(answer->body))
        return is(AnswerClass::good, {});
    if (status == 409 && has_offset) return is(AnswerClass::offset, FaultCode::CentreRefused);
    if (status == 413) return is(AnswerClass::permanent, FaultCode::SubmissionTooLarge);
    if (status == 426) return is(AnswerClass::version, FaultCode::UpgradeNeeded);
    if (status >= 400 && own_format) {
        const auto word = wire::refusal_reason(answer->body);
        if (!word) return is(AnswerClass::network, FaultCode::CentreNonsense);
        const auto [what, code] = class_of_refusal(status, *word);
        return is(what, code);
    }
    return is(AnswerClass::network, FaultCode::CentreNonsense);
}

}  // namespace offline::sync
