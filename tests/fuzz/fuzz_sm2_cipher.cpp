// SM2 ciphertexts in both spellings: what reads has one spelling only, and what is decrypted of
// rubbish is nothing.
#include "offline/sealing/suites/sm2_cipher.hpp"
#include "offline/sealing/suites/sm2_keys.hpp"
#include "tests/fuzz/fixed_keys.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace offline::sealing;
    const base::ByteView bytes(data, size);
    if (const auto raw = sm2_raw_from_der(bytes)) {
        const auto der = sm2_der_from_raw(*raw);
        if (!der || !std::equal(bytes.begin(), bytes.end(), der->begin(), der->end())) std::abort();
    }
    if (const auto der = sm2_der_from_raw(bytes)) {
        const auto raw = sm2_raw_from_der(*der);
        if (!raw || !std::equal(bytes.begin(), bytes.end(), raw->begin(), raw->end())) std::abort();
        const auto opened = sm2::decrypt(fuzz::sealing_pair(SuiteId::national), bytes);
        if (opened && base::as_text(**opened) != "a data key of forty-eight bytes, as all of them.")
            std::abort();
    }
    return 0;
}
