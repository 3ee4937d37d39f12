// Published test vectors of both suites, through the interface wherever it takes fixed values.
#include "offline/sealing/suites/openssl_library.hpp"
#include "offline/sealing/suites/sm2_cipher.hpp"
#include "offline/sealing/suites/sm2_keys.hpp"
#include "offline/sealing/suites/suite.hpp"

#include <gtest/gtest.h>

namespace {

using namespace offline;
using sealing::SuiteId;

const sealing::Suite& one = sealing::suite(SuiteId::one);
const sealing::Suite& national = sealing::suite(SuiteId::national);

base::Bytes hex(std::string_view text) {
    return base::from_hex(text).value();
}
sealing::SecretBytes secret(std::string_view text) {
    return sealing::SecretBytes(hex(text));
}

// RFC 8032, 7.1, tests 1 to 3.
TEST(vectors_of_both_suites, ed25519_signs_as_rfc_8032_says) {
    struct Vector {
        const char *seed, *key, *message, *signature;
    };
    for (const auto& vector :
         {Vector{"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                 "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
                 "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
                 "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
          Vector{"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                 "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
                 "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e"
                 "458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
          Vector{"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                 "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
                 "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290"
                 "ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"}}) {
        const auto pair = one.signing_pair(secret(vector.seed)).value();
        EXPECT_EQ(base::to_hex(pair.public_key.bytes), vector.key);
        EXPECT_EQ(base::to_hex(one.sign(pair, hex(vector.message)).value()), vector.signature);
        EXPECT_TRUE(one.verify(hex(vector.key), hex(vector.message), hex(vector.signature)));
    }
}

// draft-irtf-cfrg-xchacha-03, A.3.1.
TEST(vectors_of_both_suites, xchacha20_poly1305_opens_as_its_draft_says) {
    const auto sealed = hex(
        "404142434445464748494a4b4c4d4e4f5051525354555657"
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f"
        "4eda7e39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f"
        "76b2383565d3fff921f9664c97637da9768812f615c68b13b52e"
        "c0875924c1c7987947deafd8780acf49");
    const auto key = hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
    const auto opened = one.open(key, hex("50515253c0c1c2c3c4c5c6c7"), sealed).value();
    EXPECT_EQ(base::as_text(opened),
              "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
              "future, sunscreen would be it.");
    EXPECT_FALSE(one.open(key, hex("51515253c0c1c2c3c4c5c6c7"), sealed));
}

TEST(vectors_of_both_suites, digests_of_abc_are_the_published_ones) {
    const auto abc = base::to_bytes("abc");
    EXPECT_EQ(base::to_hex(one.digest(abc)),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    // GB/T 32905, A.1 and A.2.
    EXPECT_EQ(base::to_hex(national.digest(abc)),
              "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    const auto hasher = national.hasher();
    for (int i = 0; i < 16; ++i) hasher->update(base::to_bytes("abcd"));
    EXPECT_EQ(base::to_hex(hasher->finish()),
              "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
}

// GM/T 0042, D.3.
TEST(vectors_of_both_suites, hmac_sm3_is_as_the_standard_says) {
    const std::string half = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    const auto key = hex("0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20");
    EXPECT_EQ(base::to_hex(national.mac(key, base::to_bytes(half + half))),
              "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a");
}

// GB/T 32907, A.1: one block; in counter mode it is the key stream of that counter.
TEST(vectors_of_both_suites, sm4_enciphers_the_block_of_the_standard) {
    const auto block = hex("0123456789abcdeffedcba9876543210");
    base::Bytes stream(16);
    sealing::openssl::Sm4Ctr(block, block).apply(base::Bytes(16), stream.data());
    EXPECT_EQ(base::to_hex(stream), "681edf34d206965e86b3e94f536e4246");
}

// GB/T 32918.5, A.2 (signature) and A.3 (encryption), the recommended curve.
constexpr const char* sm2_secret =
    "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8";
constexpr const char* sm2_public =
    "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";

TEST(vectors_of_both_suites, sm2_verifies_the_signature_of_the_standard) {
    const auto pair = national.signing_pair(secret(sm2_secret)).value();
    EXPECT_EQ(base::to_hex(pair.public_key.bytes), sm2_public);
    const auto message = base::to_bytes("message digest");
    auto signature =
        hex("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
            "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");
    EXPECT_TRUE(national.verify(hex(sm2_public), message, signature));
    signature[40] ^= 1;
    EXPECT_FALSE(national.verify(hex(sm2_public), message, signature));
    // Its own differ every time, because the number inside is random, and all verify.
    const auto first = national.sign(pair, message).value();
    const auto second = national.sign(pair, message).value();
    EXPECT_NE(first, second);
    EXPECT_TRUE(national.verify(hex(sm2_public), message, first));
    EXPECT_TRUE(national.verify(hex(sm2_public), message, second));
}

TEST(vectors_of_both_suites, sm2_decrypts_the_ciphertext_of_the_standard) {
    const auto pair = national.sealing_pair(secret(sm2_secret)).value();
    const auto opened = sealing::sm2::decrypt(
        pair, hex("04ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73"
                  "e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0"
                  "59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766"
                  "21886ca989ca9c7d58087307ca93092d651efa"));
    ASSERT_TRUE(opened);
    EXPECT_EQ(base::as_text(**opened), "encryption standard");
}

TEST(vectors_of_both_suites, sm2_ciphertexts_have_the_same_content_in_both_spellings) {
    for (int i = 0; i < 40; ++i) {  // so that coordinates of 31 and 33 bytes come along
        const auto pair = national.new_sealing_pair().value();
        const auto data_key = national.new_data_key();
        const auto raw = national.wrap(pair.public_key.bytes, *data_key).value();
        EXPECT_EQ(raw.size(), national.wrapped_bytes());
        EXPECT_EQ(sealing::sm2_raw_from_der(sealing::sm2_der_from_raw(raw).value()).value(), raw);
        EXPECT_EQ(**national.unwrap(pair, raw), *data_key);
    }
    auto zeros = base::Bytes(sealing::sm2_raw_overhead + 48);
    EXPECT_EQ(sealing::sm2_raw_from_der(sealing::sm2_der_from_raw(zeros).value()).value(), zeros);
    zeros[0] = 0xFF;
    EXPECT_EQ(sealing::sm2_raw_from_der(sealing::sm2_der_from_raw(zeros).value()).value(), zeros);
}

TEST(vectors_of_both_suites, what_is_no_sm2_key_is_refused) {
    EXPECT_FALSE(national.signing_pair(sealing::SecretBytes(base::Bytes(32))));
    EXPECT_FALSE(national.signing_pair(sealing::SecretBytes(base::Bytes(32, 0xFF))));
    EXPECT_FALSE(national.signing_pair(sealing::SecretBytes(base::Bytes(31, 1))));
    // n - 1 is the first that is too large (GB/T 32918.1).
    EXPECT_FALSE(national.signing_pair(
        secret("fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54122")));
    EXPECT_TRUE(national.signing_pair(
        secret("fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54121")));
    auto off_the_curve = hex(sm2_public);
    off_the_curve[63] ^= 1;
    EXPECT_FALSE(national.wrap(off_the_curve, *national.new_data_key()));
    EXPECT_FALSE(national.verify(off_the_curve, {}, base::Bytes(64)));
    EXPECT_FALSE(national.wrap({}, *national.new_data_key()));
}

}  // namespace
