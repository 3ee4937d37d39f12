// What terminals and centre say of health, commands and service: a heartbeat with any content,
// signed or not; its answer; a command's file; a report's line; a bundle; a service record, how it
// is brought and what is answered. What is taken says the same when it is written again, and
// nothing of the corpus is signed by a key of ours.
#include "offline/papers/command.hpp"
#include "offline/papers/heartbeat.hpp"
#include "offline/papers/service_record.hpp"
#include "offline/papers/support_bundle.hpp"
#include "offline/sealing/opening.hpp"
#include "tests/fuzz/fixed_keys.hpp"

namespace {

using namespace offline;
using namespace offline::sealing;
namespace wire = papers::wire;

const SigningKey& root_key() {
    return fuzz::root(SuiteId::one);
}
PinnedRoot pinned() {
    return {domain::Realm::training, root_key().public_key()};
}

void heartbeat(base::ByteView body) {
    const auto said = wire::heartbeat(body);
    if (!said) return;
    const auto again = wire::encode(*said, root_key());
    if (!again) std::abort();
    const auto read = wire::heartbeat(*again);
    if (!read || *read != *said) std::abort();
    const auto content = wire::heartbeat_content(wire::encode(said->content));
    if (!content || *content != said->content) std::abort();
    if (papers::matter_of(*content) != papers::matter_of(said->content)) std::abort();
}

// Signed here by an issuer of the root, so that the reader is met behind the signature.
void command(base::ByteView file) {
    const std::string text(base::as_text(file));
    if (papers::Command::verify(text, pinned())) std::abort();
    auto record = formats::record_from_json(file);
    if (!record) return;
    static const Issuer issuer =
        Issuer::issue(root_key(), domain::Realm::training, root_key().public_key(), {}).value();
    (*record)["issuer"] = issuer.file;
    const auto with_signature = signed_record(*record, root_key(), context::command);
    if (!with_signature) return;
    const auto read =
        papers::Command::verify(base::as_text(formats::to_json(*with_signature)), pinned());
    if (!read) return;
    const auto again = papers::Command::verify(read->sign(root_key(), issuer).value(), pinned());
    if (!again || *again != *read) std::abort();
}

// The terminal and the root share a key here.
const TerminalCertificate& certificate() {
    static const auto made = TerminalCertificate::issue(root_key(), domain::Realm::training,
                                                        "000101001001001", root_key().public_key())
                                 .value();
    return made;
}
const KeySet& keys() {
    static const auto made = [] {
        KeySetContent content;
        content.realm = domain::Realm::training;
        content.keys.push_back({KeyPurpose::receipt, root_key().public_key(), {}, without_end});
        return KeySet::verify(content.issue(root_key()).value(), pinned()).value();
    }();
    return made;
}

void service_delivery(base::ByteView body) {
    const auto read = wire::service_delivery(body);
    if (!read) return;
    if (wire::service_delivery(wire::encode(*read)).value() != *read) std::abort();
    if (papers::ServiceRecord::verify(read->file, certificate())) std::abort();
}

void service_record(base::ByteView file) {
    if (const auto unsigned_one = papers::ServiceRecord::read(file))
        if (papers::ServiceRecord::verify(file, certificate())) std::abort();
    const auto record = formats::record_from_json(file);
    if (!record) return;
    const auto with_signature = signed_record(*record, root_key(), context::service_record);
    if (!with_signature) return;
    const auto read =
        papers::ServiceRecord::verify(formats::to_json(*with_signature), certificate());
    if (!read) return;
    const auto again = papers::ServiceRecord::verify(read->sign(root_key()).value(), certificate());
    if (!again || *again != *read) std::abort();
    const auto content = papers::service_content(papers::as_record(read->content));
    if (!content || *content != read->content) std::abort();
}

void service_kept(base::ByteView body) {
    if (wire::service_kept(body, keys())) std::abort();
    const auto record = formats::record_from_cbor(body);
    if (!record) return;
    const auto with_signature = signed_by_kid(*record, root_key(), context::service_record_kept);
    if (!with_signature) return;
    const auto read = wire::service_kept(formats::to_cbor(*with_signature), keys());
    if (!read) return;
    const auto again = wire::service_kept(wire::encode(*read, root_key()).value(), keys());
    if (!again || *again != *read) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const base::ByteView rest(data + 1, size - 1);
    switch (data[0]) {
        case '0':
            heartbeat(rest);
            break;
        case '1':
            command(rest);
            break;
        case '2':
            if (const auto line = papers::command_report(base::as_text(rest)))
                if (as_line(*line) != base::as_text(rest)) std::abort();
            break;
        case '3':
            if (wire::support_bundle(rest, pinned())) std::abort();
            break;
        case '5':
            service_delivery(rest);
            break;
        case '6':
            service_record(rest);
            break;
        case '7':
            service_kept(rest);
            break;
        default:
            if (const auto content = wire::heartbeat_content(rest))
                if (wire::heartbeat_content(wire::encode(*content)).value() != *content)
                    std::abort();
    }
    return 0;
}
