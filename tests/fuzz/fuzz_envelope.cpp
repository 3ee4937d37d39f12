// Whatever arrives as a sealed submission, at the post (its head) and at the intake (all of it).
// What opens was really sealed: everything of the corpus has the same content.
#include "offline/sealing/envelope.hpp"
#include "tests/fuzz/fixed_keys.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace offline::sealing;
    if (size == 0) return 0;
    const SuiteId id = fuzz::suite_of(data[0]);
    const base::ByteView sealed(data + 1, size - 1);
    const auto head = envelope::head_of(envelope::submission_magic, sealed);
    const auto opened = envelope::open(envelope::submission_magic, domain::Realm::training,
                                       fuzz::sealing_pair(id), base::Bytes(16, 1), sealed);
    if (opened && (!head || head->suite != id || base::as_text(*opened) != "kept")) std::abort();
    return 0;
}
