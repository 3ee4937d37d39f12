#include "offline/intake/enrolment_desk.hpp"

#include "base/secret.hpp"
#include "offline/sealing/tls/tls_requests.hpp"

#include <algorithm>

namespace offline::intake {

namespace {

using base::FaultCode;
namespace wire = papers::wire;

constexpr int free_errors = 5, errors_max = 15;
constexpr base::Millis longest_wait = std::chrono::hours(1);
constexpr std::size_t addresses_max = 4096;

int status_of(std::string_view outcome) {
    if (outcome == wire::refusal::expired) return 410;
    if (outcome == wire::refusal::locked) return 429;
    if (outcome == wire::refusal::wrong_code || outcome == wire::refusal::revoked) return 403;
    return 409;
}

}  // namespace

base::Millis Patience::wait(const std::string& address, base::Millis now) {
    std::lock_guard lock(mutex_);
    const auto found = errors_.find(address);
    if (found == errors_.end() || found->second.count < free_errors) return {};
    const int over = found->second.count - free_errors + 1;
    const base::Millis pause = found->second.count >= errors_max
                                   ? longest_wait
                                   : base::Millis{1000} * (std::int64_t{1} << over);
    const base::Millis until = found->second.last + pause;
    if (until > now) return until - now;
    if (found->second.count >= errors_max) errors_.erase(found);
    return {};
}

void Patience::wrong(const std::string& address, base::Millis now) {
    std::lock_guard lock(mutex_);
    if (errors_.size() >= addresses_max && !errors_.contains(address))
        errors_.erase(std::min_element(
            errors_.begin(), errors_.end(),
            [](const auto& a, const auto& b) { return a.second.last < b.second.last; }));
    auto& errors = errors_[address];
    ++errors.count;
    errors.last = now;
}

void Patience::good(const std::string& address) {
    std::lock_guard lock(mutex_);
    errors_.erase(address);
}

EnrolmentDesk::EnrolmentDesk(EnrolmentParts parts, std::shared_ptr<CaseStore> store,
                             const base::Clock& clock, base::EventLog& log)
    : parts_(std::move(parts)), store_(std::move(store)), clock_(clock), log_(log) {}

EnrolmentDesk::~EnrolmentDesk() {
    if (parts_.tls_authority) base::wipe(parts_.tls_authority->key);
}

Reply EnrolmentDesk::refuse(const std::string& terminal, std::string_view outcome) {
    log_.record(base::log::IntakeEnrolment{terminal, std::string(outcome)});
    return {status_of(outcome), wire::encode_refusal(std::string(outcome))};
}

Reply EnrolmentDesk::failed(const base::Fault& fault) const {
    log_.record(base::log::IntakeRefused{fault.code});
    switch (fault.code) {
        case FaultCode::BytesMalformed:
        case FaultCode::KeyAbsent:
            return {400, wire::encode_refusal("malformed")};
        case FaultCode::SignatureWrong:
        case FaultCode::RealmMismatch:
        case FaultCode::SuiteMismatch:
            return {403, wire::encode_refusal(std::string(base::name(fault.code)))};
        default:
            return {503, wire::encode_refusal(wire::refusal::later)};
    }
}

base::Result<RegisteredCertificate> EnrolmentDesk::certify(const TerminalPlace& place,
                                                           const sealing::PublicKey& key,
                                                           const base::Bytes& tls_request,
                                                           const wire::MachineFacts& facts) const {
    const base::Instant now = clock_.now();
    const auto made = TRY(sealing::TerminalCertificate::issue(
        parts_.issuer_key, parts_.issuer, place.terminal, key, {now, now + parts_.good_for}));
    RegisteredCertificate out;
    out.id = made.id();
    out.place = place;
    out.key = key;
    out.file = made.file;
    out.facts = facts;
    out.issued_at = now;
    out.not_after = made.not_after;
    if (parts_.tls_authority && !tls_request.empty())
        out.tls = TRY(sealing::tls::certify(*parts_.tls_authority, tls_request, place.terminal,
                                            {now - std::chrono::hours(1), made.not_after}));
    return out;
}

Reply EnrolmentDesk::answer(const RegisteredCertificate& made, const wire::Nonce& nonce,
                            std::string_view outcome) {
    const auto encoded = [&]() -> base::Result<base::Bytes> {
        wire::Enrolment out;
        out.nonce = nonce;
        out.server_time = clock_.now();
        out.root = sealing::root_file(parts_.root);
        out.issuer = parts_.issuer.file;
        out.certificate = made.file;
        out.key_set = TRY(parts_.key_set());
        out.tls_certificate = made.tls;
        if (!made.tls.empty()) out.tls_ca = parts_.tls_authority->certificate;
        out.division = made.place.division;
        out.point = made.place.point;
        out.profile = made.place.profile;
        const auto numbers = TRY(store_->book().unsent(made.place.terminal));
        out.above = std::clamp<std::int64_t>(numbers.highest, 0, papers::seq_max);
        return wire::encode(out, parts_.issuer_key);
    }();
    if (!encoded) return failed(encoded.error());
    log_.record(base::log::IntakeEnrolment{made.place.terminal, std::string(outcome)});
    return {200, *encoded};
}

Reply EnrolmentDesk::enrol(base::ByteView body, const std::string& address) {
    if (const base::Millis wait = patience_.wait(address, clock_.steady()); wait > base::Millis{0})
        return {429,
                wire::encode_refusal(wire::refusal::locked),
                {{"Retry-After", std::to_string(wait.count() / 1000 + 1)}}};
    const auto opened = wire::enrol_request(body);
    if (!opened) return failed(opened.error());
    const auto& request = opened->request;
    auto& book = store_->book();
    const auto invitation = book.invitation(request.invitation);
    if (!invitation) return failed(invitation.error());
    const bool known = invitation->has_value();
    if (known && (*invitation)->wrong >= wrong_codes_max)
        return refuse(request.terminal, wire::refusal::locked);
    if (!known || !opened->proves((*invitation)->key(request.key.suite))) {
        patience_.wrong(address, clock_.steady());
        if (known)
            if (const auto counted = book.count_wrong(request.invitation); !counted)
                return failed(counted.error());
        return refuse(request.terminal, wire::refusal::wrong_code);
    }
    patience_.good(address);
    // Nothing is used up by a machine that is set up as another one.
    if ((*invitation)->place.terminal != request.terminal)
        return refuse(request.terminal, wire::refusal::other_terminal);
    const auto outcome = book.enrol(
        request.invitation, request.key, clock_.now(), [&](const OpenInvitation& invited) {
            return certify(invited.place, request.key, request.tls_request, request.facts);
        });
    if (!outcome) return failed(outcome.error());
    if (!outcome->certificate) return refuse(request.terminal, word(outcome->is));
    return answer(*outcome->certificate, request.nonce, word(outcome->is));
}

Reply EnrolmentDesk::renew(base::ByteView body) {
    const auto opened = wire::renew_request(body, parts_.root);
    if (!opened) return failed(opened.error());
    const auto& request = opened->request;
    const auto& shown = opened->certificate;
    auto& book = store_->book();
    const auto registered = book.certificate(shown.id());
    if (!registered) return failed(registered.error());
    // What the root itself certified has no end to be moved.
    if (!*registered) {
        log_.record(base::log::IntakeEnrolment{shown.terminal, "unknown"});
        return {404, wire::encode_refusal(wire::refusal::unknown)};
    }
    const auto& before = **registered;
    if (before.ended == Ended::renewed) {
        // The answer was lost: the same one again, whatever else was asked.
        const auto present = book.present(shown.terminal);
        if (!present) return failed(present.error());
        if (*present && (*present)->key == shown.key)
            return answer(**present, request.nonce, "again");
    }
    if (before.ended != Ended::no) return refuse(shown.terminal, wire::refusal::revoked);
    const auto next = certify(before.place, shown.key, request.tls_request, request.facts);
    if (!next) return failed(next.error());
    const auto renewed = book.renew(before.id, *next, clock_.now());
    if (!renewed) return failed(renewed.error());
    return answer(*next, request.nonce, "renewed");
}

}  // namespace offline::intake
