#include "offline/sealing/keys/trust.hpp"

#include <charconv>

namespace offline::sealing {

namespace {

std::int64_t floor_in(const std::string& path) {
    std::int64_t floor = 0;
    if (const auto bytes = base::read_file(path)) {
        const auto text = base::as_text(*bytes);
        std::from_chars(text.data(), text.data() + text.size(), floor);
    }
    return floor;
}

}  // namespace

base::Result<PinnedRoot> read_root(const std::string& path, domain::Realm realm) {
    const base::Bytes file = TRY(base::read_file(path));
    PinnedRoot root = TRY(PinnedRoot::parse(file));
    if (root.realm != realm) return base::fail(base::FaultCode::RealmMismatch, path);
    return root;
}

base::Result<Trust> read_trust(const TrustFiles& files, domain::Realm realm, SuiteId suite) {
    const PinnedRoot root = TRY(read_root(files.root, realm));
    const base::Bytes file = TRY(base::read_file(files.key_set));
    const std::int64_t floor = floor_in(files.floor);
    KeySet keys = TRY(KeySet::verify(file, root, {suite, floor}));
    base::Status kept;
    if (keys.version() > floor)
        kept = base::write_file(files.floor, base::to_bytes(std::to_string(keys.version())));
    return Trust{root, std::move(keys), std::move(kept)};
}

}  // namespace offline::sealing
