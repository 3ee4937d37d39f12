// What terminals and centre say of health and commands: a heartbeat with any content, signed or
// not; its answer; a command's file; a report's line; a bundle. What is taken says the same when it
// is written again, and nothing of the corpus is signed by a key of ours.
#include "offline/papers/command.hpp"
#include "offline/papers/heartbeat.hpp"
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
        default:
            if (const auto content = wire::heartbeat_content(rest))
                if (wire::heartbeat_content(wire::encode(*content)).value() != *content)
                    std::abort();
    }
    return 0;
}
