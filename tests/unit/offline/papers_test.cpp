#include "domain/check_characters.hpp"
#include "offline/papers/receipt_code.hpp"
#include "offline/papers/wire.hpp"
#include "tests/unit/offline/offline_fixture.hpp"

#include <gtest/gtest.h>

#include <set>

namespace {

using namespace offline_test;

papers::ReceiptCode sample_code(const World& world) {
    papers::ReceiptCode code;
    code.realm = world.realm;
    code.clock_trust = domain::ClockTrust::ntp;
    code.kept_at = start;
    code.local_number = papers::local_number(terminal_id, 7);
    code.token = base::random_bytes<5>();
    code.manifest_digest = base::random_bytes<16>();
    code.certificate_id = base::random_bytes<8>();
    return code;
}

TEST(local_number, is_sixteen_unambiguous_characters_that_check_and_never_repeat) {
    std::set<std::string> seen;
    for (std::int64_t seq = 1; seq <= 5000; ++seq) {
        const std::string number = papers::local_number(terminal_id, seq);
        ASSERT_EQ(number.size(), 16u);
        ASSERT_EQ(number.find_first_of("01IO"), std::string::npos) << number;
        ASSERT_EQ(number.back(), domain::mod_37_36(number.substr(0, 15)));
        ASSERT_TRUE(papers::is_local_number(number));
        ASSERT_TRUE(seen.insert(number).second) << number;
    }
    EXPECT_NE(papers::local_number("000101001001002", 1), papers::local_number(terminal_id, 1));
    EXPECT_TRUE(papers::is_local_number(papers::local_number("999999999999999", papers::seq_max)));
}

TEST(local_number, one_wrong_character_or_two_swapped_ones_are_noticed) {
    const std::string number = papers::local_number(terminal_id, 4711);
    for (std::size_t i = 0; i < number.size(); ++i) {
        for (const char c : papers::number_alphabet) {
            std::string wrong = number;
            wrong[i] = c;
            EXPECT_EQ(papers::is_local_number(wrong), wrong == number);
        }
        if (i + 1 < number.size() && number[i] != number[i + 1]) {
            std::string swapped = number;
            std::swap(swapped[i], swapped[i + 1]);
            EXPECT_FALSE(papers::is_local_number(swapped));
        }
    }
}

TEST(local_number, a_token_reads_back_as_it_was_written) {
    for (int i = 0; i < 200; ++i) {
        const auto token = base::random_bytes<5>();
        EXPECT_EQ(papers::token_from(papers::token_text(token)).value(), token);
    }
    EXPECT_FALSE(papers::token_from("00000000"));
    EXPECT_EQ(papers::without_grouping("abcd-EF 23"), "ABCDEF23");
}

TEST(receipt_code, reads_back_and_is_short_enough_for_a_slip) {
    const World world;
    const auto code = sample_code(world);
    const std::string text = papers::make_receipt_code(code, world.terminal_key).value();
    EXPECT_LE(text.size(), 400u);
    EXPECT_EQ(papers::verify_receipt_code(text, world.terminal_key.public_key()).value(), code);
}

TEST(receipt_code, any_changed_character_is_refused) {
    const World world;
    const std::string text =
        papers::make_receipt_code(sample_code(world), world.terminal_key).value();
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string changed = text;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(papers::verify_receipt_code(changed, world.terminal_key.public_key())) << i;
    }
    EXPECT_FALSE(papers::verify_receipt_code(text + "A", world.terminal_key.public_key()));
    EXPECT_FALSE(papers::verify_receipt_code(text, World().terminal_key.public_key()));
}

TEST(receipt_code, what_is_no_code_is_refused_without_a_crash) {
    for (const std::string text : {"", "CW1.", "CW1.AAAA", "CW2.AAAA", "https://example.org/pay"})
        EXPECT_EQ(papers::parse_receipt_code(text).error().code, FaultCode::BytesMalformed) << text;
    EXPECT_FALSE(papers::parse_receipt_code("CW1." + std::string(160, 'A')));
}

TEST(record, one_content_has_one_spelling) {
    const formats::Record record{{"n", std::int64_t{-5}},
                                 {"t", std::string("文\"\n")},
                                 {"b", base::Bytes{0, 255}},
                                 {"l", formats::Texts{"a", ""}}};
    EXPECT_EQ(formats::record_from_cbor(formats::to_cbor(record)).value(), record);
    EXPECT_TRUE(formats::record_from_json(formats::to_json(record)));
    for (const char* other :
         {R"({"a": 1})", R"({"a":1,"a":1})", R"({"b":1,"a":1})", R"({"a":1.0})", R"({"a":{"b":1}})",
          R"({"a":[["b"]]})", R"({"a":null})", R"([])", "", R"({"a":"\u0041"})",
          R"({"a":18446744073709551615})", "{\"a\":1}\n\n"})
        EXPECT_FALSE(formats::record_from_json(base::to_bytes(other))) << other;
}

TEST(record, nesting_without_end_ends_at_once) {
    EXPECT_FALSE(formats::record_from_cbor(base::Bytes(1'000'000, 0x81)));
    EXPECT_FALSE(formats::record_from_cbor(base::Bytes(1'000'000, 0xA1)));
    EXPECT_FALSE(formats::record_from_json(base::Bytes(1'000'000, '[')));
    // An array that claims to have 2^63 elements.
    EXPECT_FALSE(formats::record_from_cbor(base::from_hex("a161619b7fffffffffffffff").value()));
}

TEST(wire, a_hello_reply_to_another_question_is_refused) {
    const World world;
    const papers::wire::Nonce asked = base::random_bytes<16>();
    const auto reply =
        papers::wire::encode({world.realm, asked, start}, world.receipt_key()).value();
    EXPECT_TRUE(papers::wire::hello_reply(reply, world.keys(), asked));
    EXPECT_FALSE(papers::wire::hello_reply(reply, world.keys(), base::random_bytes<16>()));
    EXPECT_FALSE(papers::wire::hello_reply(reply, World().keys(), asked));
}

}  // namespace
