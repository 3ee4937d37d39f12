#include "offline/sealing/suites/openssl_library.hpp"

#include "base/assert.hpp"

#include <openssl/obj_mac.h>
#include <openssl/params.h>
#include <openssl/provider.h>

#include <string>

namespace offline::sealing::openssl {

const Library& library() {
    static const Library fetched = [] {
        Library out{};
        out.context = OSSL_LIB_CTX_new();
        KIOSK_ASSERT(out.context != nullptr);
        KIOSK_ASSERT(OSSL_PROVIDER_load(out.context, "default") != nullptr);
        out.sha256 = EVP_MD_fetch(out.context, "SHA256", nullptr);
        out.sm3 = EVP_MD_fetch(out.context, "SM3", nullptr);
        out.sm4_ctr = EVP_CIPHER_fetch(out.context, "SM4-CTR", nullptr);
        out.hmac = EVP_MAC_fetch(out.context, "HMAC", nullptr);
        out.curve = EC_GROUP_new_by_curve_name_ex(out.context, nullptr, NID_sm2);
        KIOSK_ASSERT(out.sha256 && out.sm3 && out.sm4_ctr && out.hmac && out.curve);
        return out;
    }();
    return fetched;
}

std::array<std::uint8_t, 32> hmac_sm3(base::ByteView key,
                                      std::initializer_list<base::ByteView> parts) {
    const MacContext context(EVP_MAC_CTX_new(library().hmac));
    KIOSK_ASSERT(context);
    std::string digest_name = "SM3";
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest_name.data(), 0),
        OSSL_PARAM_construct_end()};
    KIOSK_ASSERT(EVP_MAC_init(context.get(), key.data(), key.size(), parameters) == 1);
    for (const auto part : parts)
        KIOSK_ASSERT(EVP_MAC_update(context.get(), part.data(), part.size()) == 1);
    std::array<std::uint8_t, 32> out{};
    std::size_t size = 0;
    KIOSK_ASSERT(EVP_MAC_final(context.get(), out.data(), &size, out.size()) == 1 &&
                 size == out.size());
    return out;
}

Sm4Ctr::Sm4Ctr(base::ByteView key, base::ByteView counter) : context_(EVP_CIPHER_CTX_new()) {
    KIOSK_ASSERT(context_ && key.size() == 16 && counter.size() == 16);
    KIOSK_ASSERT(EVP_EncryptInit_ex2(context_.get(), library().sm4_ctr, key.data(), counter.data(),
                                     nullptr) == 1);
}

void Sm4Ctr::apply(base::ByteView in, std::uint8_t* out) {
    int written = 0;
    KIOSK_ASSERT(EVP_EncryptUpdate(context_.get(), out, &written, in.data(),
                                   static_cast<int>(in.size())) == 1);
    KIOSK_ASSERT(static_cast<std::size_t>(written) == in.size());
}

}  // namespace offline::sealing::openssl
