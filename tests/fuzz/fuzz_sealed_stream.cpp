// A genuine stream, changed on its way: the input's first byte chooses the suite, the second how
// large the pieces are, then come changes of four bytes each: what to do, where (two bytes), with
// what. Only the unchanged stream may open to its end. Without changes behind the third byte the
// rest of the input itself is taken for a stream.
#include "offline/sealing/streams/sealed_stream.hpp"
#include "tests/fuzz/fixed_keys.hpp"

namespace {

using namespace offline::sealing;

const StreamPlace place{};
const base::Bytes content(70'000, 0x5A);

const base::Bytes& genuine(SuiteId id) {
    const auto make = [](SuiteId of) {
        auto sealer =
            StreamSealer::begin(domain::Realm::training, fuzz::sealing_pair(of).public_key, place)
                .value();
        base::Bytes out = sealer.append(content).value();
        const base::Bytes end = sealer.finish().value();
        out.insert(out.end(), end.begin(), end.end());
        return out;
    };
    static const base::Bytes one = make(SuiteId::one), national = make(SuiteId::national);
    return id == SuiteId::one ? one : national;
}

// True when all of it opened and its end was there.
bool opens(SuiteId id, base::ByteView stream, std::size_t piece) {
    StreamOpener opener(
        domain::Realm::training, place,
        [id](std::string_view) -> base::Result<KeyPair> { return fuzz::sealing_pair(id); });
    base::Bytes out;
    while (!stream.empty()) {
        const auto part = stream.first(std::min(piece, stream.size()));
        const auto more = opener.append(part);
        if (!more) return false;
        out.insert(out.end(), more->begin(), more->end());
        stream = stream.subspan(part.size());
    }
    if (!opener.finish()) return false;
    if (out != content) std::abort();
    return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 3) return 0;
    const SuiteId id = fuzz::suite_of(data[0]);
    const std::size_t piece = 1 + std::size_t{data[1]} * 733;
    base::ByteView rest(data + 3, size - 3);
    if (data[2] == 0) {
        if (opens(id, rest, piece)) std::abort();  // nobody but us sealed anything
        return 0;
    }
    base::Bytes stream = genuine(id);
    const std::size_t longest = 3 * stream.size();
    for (; rest.size() >= 4 && stream.size() < longest; rest = rest.subspan(4)) {
        const std::size_t at = (std::size_t{rest[1]} << 8 | rest[2]) * 3 % stream.size();
        const auto there = stream.begin() + static_cast<std::ptrdiff_t>(at);
        switch (rest[0] % 4) {
            case 0:
                *there = rest[3];
                break;
            case 1:
                stream.insert(there, rest[3]);
                break;
            case 2:
                stream.erase(there, stream.end());
                break;
            case 3: {
                const base::Bytes repeated(there, stream.end());
                stream.insert(stream.end(), repeated.begin(), repeated.end());
                break;
            }
        }
        if (stream.empty()) break;
    }
    if (opens(id, stream, piece) != (stream == genuine(id))) std::abort();
    return 0;
}
