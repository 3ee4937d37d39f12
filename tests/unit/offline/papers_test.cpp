#include "domain/check_characters.hpp"
#include "offline/papers/hello.hpp"
#include "offline/papers/receipt_code.hpp"
#include "offline/papers/upload.hpp"
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

papers::Manifest sample_manifest() {
    papers::Manifest manifest;
    manifest.terminal = terminal_id;
    manifest.epoch = base::random_bytes<16>();
    manifest.seq = 7;
    manifest.sub_id = domain::SubId::draw();
    manifest.local_number = papers::local_number(terminal_id, 7);
    manifest.item_code = item;
    manifest.kept_at = manifest.captured_at = start;
    manifest.lane = papers::Lane::urgent;
    manifest.amends = domain::SubId::draw().text();
    manifest.kid = "0011223344556677";
    manifest.envelope_bytes = 1200;
    manifest.attachments = {
        {base::random_bytes<16>(), base::random_bytes<32>(), 65700, "id_copy"},
        {base::random_bytes<16>(), base::random_bytes<32>(), 1, "household-register.2"}};
    return manifest;
}

TEST(manifest, says_of_every_attachment_what_was_sealed) {
    const auto manifest = sample_manifest();
    EXPECT_EQ(papers::Manifest::parse(manifest.encode()).value(), manifest);
    auto full = manifest;
    full.attachments.clear();
    for (std::size_t i = 0; i < papers::attachments_max; ++i)
        full.attachments.push_back({base::random_bytes<16>(), base::random_bytes<32>(),
                                    papers::attachment_bytes_max, std::string(64, 'k')});
    EXPECT_LE(full.encode().size(), papers::manifest_bytes_max);
    EXPECT_EQ(papers::Manifest::parse(full.encode()).value(), full);
}

TEST(manifest, an_attachment_that_cannot_be_is_refused) {
    for (const auto& [length, kind] : {std::pair<std::int64_t, std::string>{0, "a"},
                                       {-1, "a"},
                                       {papers::attachment_bytes_max + 1, "a"},
                                       {1, ""},
                                       {1, "two words"},
                                       {1, std::string(65, 'k')},
                                       {1, "../../etc"}}) {
        auto wrong = sample_manifest();
        wrong.attachments.front().length = length;
        wrong.attachments.front().kind = kind;
        EXPECT_FALSE(papers::Manifest::parse(wrong.encode())) << length << kind;
    }
    auto twice = sample_manifest();
    twice.attachments.back().id = twice.attachments.front().id;
    EXPECT_FALSE(papers::Manifest::parse(twice.encode()));
    auto amends = sample_manifest();
    amends.amends = "somebody";
    EXPECT_FALSE(papers::Manifest::parse(amends.encode()));
}

TEST(hello, says_what_waits_and_what_is_complete) {
    const World world;
    papers::wire::HelloRequest asked;
    asked.certificate = world.certificate.file;
    asked.nonce = base::random_bytes<16>();
    asked.epoch = base::random_bytes<16>();
    asked.first_seq = 5;
    asked.next_seq = 40;
    asked.low = 12;
    asked.complete_above = {14, 39};
    asked.urgent = {2, 3000, start};
    asked.normal = {25, 60000, start};
    asked.software = "1.2.3";
    const auto read = papers::wire::hello_request(
                          papers::wire::encode(asked, world.terminal_key).value(), world.pinned)
                          .value()
                          .request;
    EXPECT_EQ(read.epoch, asked.epoch);
    EXPECT_EQ(read.complete_above, asked.complete_above);
    EXPECT_EQ(read.urgent, asked.urgent);
    EXPECT_EQ(read.normal, asked.normal);
    EXPECT_EQ(read.software, "1.2.3");
    for (const auto& above : {std::vector<std::int64_t>{12}, {40}, {20, 20}, {30, 20}}) {
        auto wrong = asked;
        wrong.complete_above = above;
        EXPECT_FALSE(papers::wire::hello_request(
            papers::wire::encode(wrong, world.terminal_key).value(), world.pinned));
    }
    EXPECT_FALSE(papers::wire::hello_request(
        papers::wire::encode(asked, World().terminal_key).value(), world.pinned));
}

TEST(hello, a_reply_to_another_question_is_refused) {
    const World world;
    papers::wire::HelloReply said;
    said.realm = world.realm;
    said.nonce = base::random_bytes<16>();
    said.server_time = start;
    said.come_back_in = base::Millis{30000};
    said.missing = {3, 17};
    const auto reply = papers::wire::encode(said, world.receipt_key()).value();
    const auto read = papers::wire::hello_reply(reply, world.keys(), said.nonce).value();
    EXPECT_EQ(read.come_back_in, said.come_back_in);
    EXPECT_EQ(read.missing, said.missing);
    EXPECT_FALSE(papers::wire::hello_reply(reply, world.keys(), base::random_bytes<16>()));
    EXPECT_FALSE(papers::wire::hello_reply(reply, World().keys(), said.nonce));
}

TEST(batch, items_and_answers_come_back_in_their_order) {
    const std::vector<base::Bytes> items{{1, 2, 3}, {}, base::Bytes(70000, 9)};
    EXPECT_EQ(papers::wire::batch(papers::wire::encode_batch(items)).value(), items);
    const std::vector<papers::wire::BatchAnswer> answers{{200, {1}}, {422, {}}, {503, {7, 8}}};
    EXPECT_EQ(papers::wire::batch_answers(papers::wire::encode_batch_answers(answers)).value(),
              answers);
    for (const char* cut : {"00000002ff", "ffffffff", "0000"})
        EXPECT_FALSE(papers::wire::batch(
            formats::to_cbor({{"v", std::int64_t{1}}, {"items", base::from_hex(cut).value()}})));
    EXPECT_FALSE(papers::wire::batch(
        formats::to_cbor({{"v", std::int64_t{1}},
                          {"items", base::Bytes(4 * (papers::wire::batch_items_max + 1))}})));
}

TEST(upload, an_offset_reads_back_and_nonsense_is_refused) {
    using namespace papers::upload;
    const Offset offset{65536, 131400, false};
    EXPECT_EQ(offset_in(headers_of(offset)).value(), offset);
    const Offset whole{131400, 131400, true};
    EXPECT_EQ(offset_in(headers_of(whole)).value(), whole);
    for (const auto& [name, value] : {std::pair{"upload-offset", "131401"},
                                      {"upload-offset", "-1"},
                                      {"upload-offset", "12a"},
                                      {"upload-offset", ""},
                                      {"upload-length", "99999999999999999999"},
                                      {"upload-complete", "1"},
                                      {"upload-complete", "?1"}}) {
        Headers wrong = headers_of(offset);
        wrong[name] = value;
        EXPECT_FALSE(offset_in(wrong)) << name << value;
    }
    EXPECT_FALSE(offset_in({}));
}

TEST(upload, a_slice_that_changed_on_the_way_is_noticed) {
    const base::Bytes slice(1000, 5);
    const auto headers = papers::upload::slice_headers(42, slice);
    EXPECT_EQ(papers::upload::slice_in(headers, slice).value(), 42);
    base::Bytes changed = slice;
    changed[999] ^= 1;
    EXPECT_FALSE(papers::upload::slice_in(headers, changed));
    EXPECT_FALSE(papers::upload::slice_in(headers, base::ByteView(slice).first(999)));
    // RFC 9530, appendix D: the digest of {"hello": "world"} and a line end.
    EXPECT_EQ(papers::upload::slice_headers(0, base::to_bytes("{\"hello\": \"world\"}\n"))
                  .at("content-digest"),
              "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:");
}

}  // namespace
