#include "offline/papers/enrolment.hpp"

#include "offline/papers/local_number.hpp"
#include "offline/sealing/tls/tls_requests.hpp"

#include <algorithm>
#include <array>

namespace offline::papers::wire {

namespace {

using base::FaultCode;
using formats::Fields;
using formats::Record;

constexpr std::array<std::string_view, 5> profiles{"hall", "booth", "village", "station",
                                                   "portable"};
constexpr std::array<std::string_view, 2> key_stores{"file", "tpm"};
constexpr std::size_t short_text_max = 64;
constexpr std::size_t root_bytes_max = 1024, key_set_bytes_max = 64 << 10;

template <class Enum, std::size_t N>
base::Result<Enum> from_name(const std::array<std::string_view, N>& names, std::string_view text,
                             const char* what) {
    const auto* at = std::find(names.begin(), names.end(), text);
    if (at == names.end()) return base::fail(FaultCode::BytesMalformed, what);
    return static_cast<Enum>(at - names.begin());
}

bool is_hex16(std::string_view text) {
    return text.size() == 16 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

void put(Record& record, const MachineFacts& facts) {
    record["software"] = facts.software;
    record["model"] = facts.model;
    record["machine"] = facts.machine;
    record["key_store"] = std::string(name(facts.key_store));
}

base::Result<MachineFacts> facts_in(Fields& in) {
    MachineFacts out;
    out.software = TRY(in.text("software", 32));
    out.model = TRY(in.text("model", short_text_max));
    out.machine = TRY(in.text("machine", 16));
    const std::string kind = TRY(in.text("key_store", 8));
    out.key_store = TRY(key_store_from(kind));
    if (!is_short_text(out.software)) return in.wrong("software");
    if (!is_short_text(out.model)) return in.wrong("model");
    if (!is_hex16(out.machine)) return in.wrong("machine");
    return out;
}

base::Result<Enrolment> fields_of(Fields& in) {
    Enrolment out;
    out.nonce = TRY(in.array<16>("nonce"));
    out.server_time = base::Instant{base::Millis{TRY(in.integer("server_time", 0, no_limit))}};
    out.certificate = TRY(in.bytes("certificate", certificate_bytes_max));
    out.key_set = TRY(in.bytes("key_set", key_set_bytes_max));
    out.tls_certificate = TRY(in.bytes("tls_certificate", sealing::tls::certificate_pem_bytes_max));
    out.tls_ca = TRY(in.bytes("tls_ca", sealing::tls::certificate_pem_bytes_max));
    out.division = TRY(in.text("division", 12));
    out.point = TRY(in.text("point", short_text_max));
    const std::string profile = TRY(in.text("profile", 16));
    out.profile = TRY(profile_from(profile));
    out.above = TRY(in.integer("above", 0, seq_max));
    if (!is_short_text(out.point)) return in.wrong("point");
    return out;
}

}  // namespace

std::string_view name(Profile profile) {
    return profiles.at(static_cast<std::size_t>(profile));
}
base::Result<Profile> profile_from(std::string_view text) {
    return from_name<Profile>(profiles, text, "profile");
}
std::string_view name(KeyStoreKind kind) {
    return key_stores.at(static_cast<std::size_t>(kind));
}
base::Result<KeyStoreKind> key_store_from(std::string_view text) {
    return from_name<KeyStoreKind>(key_stores, text, "key store");
}

bool is_short_text(std::string_view text) {
    return !text.empty() && text.size() <= short_text_max && base::is_valid_utf8(text) &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '\x7f'; });
}

base::Result<base::Bytes> encode(const EnrolRequest& request, const InvitationCode& code,
                                 const sealing::Signer& terminal_key) {
    Record record{{"v", std::int64_t{1}},
                  {"kind", std::string("enrol")},
                  {"invitation", request.invitation},
                  {"nonce", as_bytes(request.nonce)},
                  {"terminal", request.terminal},
                  {"suite", std::string(domain::name(request.key.suite))},
                  {"key", request.key.bytes},
                  {"tls_request", request.tls_request}};
    put(record, request.facts);
    const auto invitation_key = TRY(code.key(request.key.suite));
    const auto proof =
        TRY(invitation_key.sign(sealing::context::invitation_proof, formats::to_json(record)));
    record["proof"] = as_bytes(proof);
    record = TRY(sealing::signed_record(std::move(record), terminal_key,
                                        sealing::context::enrolment_request));
    return formats::to_cbor(record);
}

base::Result<OpenedEnrolRequest> enrol_request(base::ByteView body) {
    OpenedEnrolRequest out;
    out.record = TRY(formats::record_from_cbor(body));
    Fields in(out.record, FaultCode::BytesMalformed, "enrol");
    TRY_STATUS(in.exactly("v", 1));
    TRY_STATUS(in.exactly("kind", "enrol"));
    auto& request = out.request;
    request.key = TRY(sealing::public_key_in(in, "key"));
    TRY_STATUS(
        sealing::verify_record(out.record, request.key, sealing::context::enrolment_request));
    request.invitation = TRY(in.text("invitation", 4));
    request.nonce = TRY(in.array<16>("nonce"));
    request.terminal = TRY(in.text("terminal", 15));
    request.tls_request = TRY(in.bytes("tls_request", sealing::tls::request_bytes_max));
    request.facts = TRY(facts_in(in));
    out.proof = TRY(in.bytes("proof", 64));
    TRY(in.bytes("signature", 64));
    TRY_STATUS(in.finish());
    if (!is_invitation_number(request.invitation)) return in.wrong("invitation");
    if (!sealing::is_terminal_id(request.terminal)) return in.wrong("terminal");
    out.record.erase("proof");
    out.record.erase("signature");
    return out;
}

bool OpenedEnrolRequest::proves(const sealing::PublicKey& invitation_key) const {
    return sealing::verify(invitation_key, sealing::context::invitation_proof,
                           formats::to_json(record), proof)
        .has_value();
}

base::Result<base::Bytes> encode(const RenewRequest& request, const sealing::Signer& terminal_key) {
    Record record{{"kind", std::string("renew")},
                  {"certificate", request.certificate},
                  {"nonce", as_bytes(request.nonce)},
                  {"tls_request", request.tls_request}};
    put(record, request.facts);
    return signed_request(std::move(record), terminal_key);
}

base::Result<FromTerminal<RenewRequest>> renew_request(base::ByteView body,
                                                       const sealing::PinnedRoot& root) {
    return open_request<RenewRequest>(
        body, root, "renew", [](Fields& in, RenewRequest& out) -> base::Status {
            out.nonce = TRY(in.array<16>("nonce"));
            out.tls_request = TRY(in.bytes("tls_request", sealing::tls::request_bytes_max));
            out.facts = TRY(facts_in(in));
            return {};
        });
}

base::Result<base::Bytes> encode(const Enrolment& enrolment, const sealing::Signer& issuer_key) {
    const Record record = TRY(sealing::signed_record(
        {{"v", std::int64_t{1}},
         {"kind", std::string("enrolment")},
         {"nonce", as_bytes(enrolment.nonce)},
         {"server_time", std::int64_t{enrolment.server_time.time_since_epoch().count()}},
         {"root", enrolment.root},
         {"issuer", enrolment.issuer},
         {"certificate", enrolment.certificate},
         {"key_set", enrolment.key_set},
         {"tls_certificate", enrolment.tls_certificate},
         {"tls_ca", enrolment.tls_ca},
         {"division", enrolment.division},
         {"point", enrolment.point},
         {"profile", std::string(name(enrolment.profile))},
         {"above", enrolment.above}},
        issuer_key, sealing::context::enrolment));
    return formats::to_cbor(record);
}

base::Result<Verified> enrolment(base::ByteView body, const Expected& expected) {
    const Record record = TRY(formats::record_from_cbor(body));
    Fields in(record, FaultCode::BytesMalformed, "enrolment");
    TRY_STATUS(in.exactly("v", 1));
    TRY_STATUS(in.exactly("kind", "enrolment"));
    const base::Bytes root_file = TRY(in.bytes("root", root_bytes_max));
    const auto root = TRY(sealing::PinnedRoot::parse(root_file));
    if (sealing::fingerprint(root) != expected.root)
        return base::fail(FaultCode::RootMismatch, "the centre's root is another one");
    if (root.realm != expected.realm) return base::fail(FaultCode::RealmMismatch, "root");
    const base::Bytes issuer_file = TRY(in.bytes("issuer", sealing::issuer_bytes_max));
    auto issuer = TRY(sealing::Issuer::verify(issuer_file, root));
    TRY_STATUS(sealing::verify_record(record, issuer.key, sealing::context::enrolment));
    auto content = TRY(fields_of(in));
    content.root = root_file;
    content.issuer = issuer_file;
    TRY(in.bytes("signature", 64));
    TRY_STATUS(in.finish());
    if (content.nonce != expected.nonce) return in.wrong("nonce");
    auto certificate = TRY(sealing::TerminalCertificate::verify(content.certificate, root));
    if (certificate.terminal != expected.terminal || certificate.key != expected.key)
        return in.wrong("certificate");
    if (content.division != expected.terminal.substr(0, 12)) return in.wrong("division");
    auto keys = TRY(sealing::KeySet::verify(content.key_set, root, {expected.key.suite, 0}));
    return Verified{std::move(content), root, std::move(issuer), std::move(certificate),
                    std::move(keys)};
}

}  // namespace offline::papers::wire
