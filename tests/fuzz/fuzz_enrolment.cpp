// What comes to the centre from anybody, what comes to a machine from any centre, and what a camera
// reads off a sheet. Requests are also signed with keys of the fuzzer, so that the readers are met
// behind their signatures.
#include "offline/papers/enrolment.hpp"
#include "tests/fuzz/fixed_keys.hpp"

namespace {

using namespace offline;
namespace wire = papers::wire;

void as_invitation(const std::string& text) {
    if (const auto code = papers::InvitationCode::parse(text))
        if (papers::InvitationCode::parse(code->text())->plain() != code->plain()) std::abort();
    const auto invitation = papers::Invitation::parse(text);
    if (invitation && invitation->text() != text) std::abort();
}

void as_request(const formats::Record& record, const sealing::SigningKey& key) {
    auto signed_by_key = record;
    signed_by_key["suite"] = std::string(domain::name(key.public_key().suite));
    signed_by_key["key"] = key.public_key().bytes;
    const auto signature =
        sealing::signed_record(signed_by_key, key, sealing::context::enrolment_request);
    const auto opened = wire::enrol_request(formats::to_cbor(*signature));
    if (!opened) return;
    if (!papers::is_invitation_number(opened->request.invitation)) std::abort();
    // Nobody signed the proof.
    if (opened->proves(key.public_key())) std::abort();
}

void as_answer(const formats::Record& record, const sealing::SigningKey& root) {
    const sealing::PinnedRoot pinned{domain::Realm::training, root.public_key()};
    const auto issuer = sealing::Issuer::issue(root, pinned.realm, root.public_key(), {}).value();
    auto answer = record;
    answer["root"] = sealing::root_file(pinned);
    answer["issuer"] = issuer.file;
    const auto signature = sealing::signed_record(answer, root, sealing::context::enrolment);
    const auto read = wire::enrolment(
        formats::to_cbor(*signature),
        {pinned.realm, sealing::fingerprint(pinned), {}, "000101001001001", root.public_key()});
    // No certificate of the corpus is signed by this issuer.
    if (read && read->certificate.issuer != sealing::key_id(issuer.key)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto& key = fuzz::root(fuzz::suite_of(data[0]));
    const base::ByteView body(data + 1, size - 1);
    as_invitation(std::string(body.begin(), body.end()));
    if (wire::enrol_request(body)) std::abort();  // nothing here is signed
    const sealing::PinnedRoot pinned{domain::Realm::training, key.public_key()};
    if (wire::renew_request(body, pinned)) std::abort();
    if (sealing::Issuer::verify(body, pinned)) std::abort();
    if (const auto record = formats::record_from_cbor(body)) {
        as_request(*record, key);
        as_answer(*record, key);
    }
    return 0;
}
