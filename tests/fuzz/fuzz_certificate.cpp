// A terminal certificate with any content, signed by the root, so that the reader is met behind the
// signature. What it takes can be issued again and says the same.
#include "offline/sealing/certificate.hpp"
#include "tests/fuzz/fixed_keys.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace offline;
    using namespace offline::sealing;
    if (size == 0) return 0;
    const auto& root = fuzz::root(fuzz::suite_of(data[0]));
    const PinnedRoot pinned{domain::Realm::training, root.public_key()};
    const base::ByteView file(data + 1, size - 1);
    if (TerminalCertificate::verify(file, pinned)) std::abort();  // nothing here is signed
    static_cast<void>(PinnedRoot::parse(file).has_value());
    const auto record = formats::record_from_json(file);
    if (!record) return 0;
    const auto with_signature = signed_record(*record, root, context::certificate).value();
    const auto read = TerminalCertificate::verify(formats::to_json(with_signature), pinned);
    if (!read) return 0;
    const auto again = TerminalCertificate::issue(root, read->realm, read->terminal, read->key);
    const auto reread = TerminalCertificate::verify(again.value().file, pinned);
    if (!reread || reread->terminal != read->terminal || reread->key != read->key) std::abort();
    return 0;
}
