#include "drivers/id_card/codec/card_frames.hpp"

#include "drivers/id_card/codec/card_content.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace drivers::id_card {
namespace {

base::Bytes hex(std::string text) {
    std::erase(text, ' ');
    return *base::from_hex(text);
}

TEST(card_frames, commands_are_the_published_vectors) {
    EXPECT_EQ(encode(reset_sam), hex("AA AA AA 96 69 00 03 10 FF EC"));
    EXPECT_EQ(encode(sam_status), hex("AA AA AA 96 69 00 03 11 FF ED"));
    EXPECT_EQ(encode(read_sam_id), hex("AA AA AA 96 69 00 03 12 FF EE"));
    EXPECT_EQ(encode(find_card), hex("AA AA AA 96 69 00 03 20 01 22"));
    EXPECT_EQ(encode(select_card), hex("AA AA AA 96 69 00 03 20 02 21"));
    EXPECT_EQ(encode(read_text_and_photo), hex("AA AA AA 96 69 00 03 30 01 32"));
    EXPECT_EQ(encode(read_text_photo_and_fingerprints), hex("AA AA AA 96 69 00 03 30 10 23"));
    EXPECT_EQ(encode(read_newest_address), hex("AA AA AA 96 69 00 03 30 03 30"));
    EXPECT_EQ(encode(read_card_management_number), hex("AA AA AA 96 69 00 03 30 05 36"));
    const base::Bytes eighty{0x50};
    EXPECT_EQ(encode(set_largest_radio_frame, eighty), hex("AA AA AA 96 69 00 04 61 FF 50 CA"));
    EXPECT_EQ(encode(set_serial_speed(4)), hex("AA AA AA 96 69 00 03 60 04 67"));
    EXPECT_EQ(encode(read_appended_information), hex("AA AA AA 96 69 00 03 30 02 31"));
    EXPECT_EQ(*decode_command(hex("AA AA AA 96 69 00 03 20 01 22")), find_card);
}

TEST(card_frames, replies_are_the_published_vectors) {
    EXPECT_EQ(*decode_reply(hex("AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97")),
              (Reply{0, 0, 0x9F, base::Bytes(4)}));
    EXPECT_EQ(*decode_reply(hex("AA AA AA 96 69 00 0C 00 00 90 00 00 00 00 00 00 00 00 9C")),
              (Reply{0, 0, 0x90, base::Bytes(8)}));
    for (const auto& [frame, sw3] : {std::pair{"AA AA AA 96 69 00 04 00 00 80 84", 0x80},
                                     std::pair{"AA AA AA 96 69 00 04 00 00 81 85", 0x81},
                                     std::pair{"AA AA AA 96 69 00 04 00 00 41 45", 0x41},
                                     std::pair{"AA AA AA 96 69 00 04 00 00 32 36", 0x32},
                                     std::pair{"AA AA AA 96 69 00 04 00 00 91 95", 0x91}}) {
        EXPECT_EQ(decode_reply(hex(frame))->sw3, sw3);
        EXPECT_EQ(encode(Reply{0, 0, static_cast<std::uint8_t>(sw3), {}}), hex(frame));
    }
}

TEST(card_frames, a_reply_that_lost_its_first_byte_or_has_noise_before_it_is_understood) {
    const auto whole = encode(Reply{0, 0, 0x90, {1, 2, 3}});
    const base::Bytes lost(whole.begin() + 1, whole.end());
    base::Bytes noisy{0x00, 0xFF};
    noisy.insert(noisy.end(), whole.begin(), whole.end());
    EXPECT_EQ(*decode_reply(lost), *decode_reply(whole));
    EXPECT_EQ(*decode_reply(noisy), *decode_reply(whole));
}

TEST(card_frames, any_single_flipped_bit_is_detected_or_changes_nothing) {
    const auto good = encode(Reply{0, 0, 0x90, base::Bytes(40, 0x5A)});
    const auto meant = *decode_reply(good);
    for (std::size_t i = 0; i < good.size() * 8; ++i) {
        auto bad = good;
        bad[i / 8] = static_cast<std::uint8_t>(bad[i / 8] ^ (1u << (i % 8)));
        const auto decoded = decode_reply(bad);
        if (decoded) {
            EXPECT_EQ(*decoded, meant) << "bit " << i;
        } else {
            EXPECT_EQ(decoded.error().code, base::FaultCode::CardFrameGarbled);
        }
    }
}

TEST(card_frames, every_cut_of_a_reply_is_a_fault_and_says_how_much_is_missing_at_least) {
    const auto whole = encode(Reply{0, 0, 0x90, base::Bytes(300, 7)});
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const base::ByteView cut(whole.data(), size);
        EXPECT_FALSE(decode_reply(cut));
        const auto missing = missing_from_reply(cut);
        ASSERT_TRUE(missing);
        EXPECT_GT(*missing, 0u);
        EXPECT_LE(*missing, whole.size() - size);
    }
    EXPECT_EQ(*missing_from_reply(whole), 0u);
}

TEST(card_frames, a_lying_length_word_is_a_fault) {
    auto longer = encode(Reply{0, 0, 0x90, base::Bytes(10)});
    auto shorter = longer;
    ++longer[6];
    --shorter[6];
    auto huge = longer;
    huge[5] = 0xFF;
    EXPECT_EQ(decode_reply(longer).error().safe_detail, "truncated");
    EXPECT_EQ(decode_reply(shorter).error().safe_detail, "length");
    EXPECT_FALSE(missing_from_reply(huge));
    EXPECT_EQ(decode_reply(hex("AA AA AA 96 69 00 00 00 00 00 00")).error().safe_detail, "length");
}

TEST(card_frames, content_is_judged_by_its_length_words) {
    const base::Bytes text(256, 1), photo(1024, 2);
    auto content = join_text_and_photo(text, photo);
    ASSERT_TRUE(split_text_and_photo(content));
    EXPECT_EQ(split_text_and_photo(content)->photo.size(), 1024u);
    EXPECT_TRUE(split_text_and_photo(join_text_and_photo(text, {})));
    EXPECT_FALSE(split_text_and_photo(join_text_and_photo(photo, text)));
    content.pop_back();
    EXPECT_FALSE(split_text_and_photo(content));
    EXPECT_FALSE(split_text_and_photo({}));
}

TEST(card_frames, fingerprints_are_passed_over_and_never_given_out) {
    for (const std::size_t fingerprints : {0u, 512u, 1024u}) {
        base::Bytes data{0x01, 0x00, 0x04, 0x00, static_cast<std::uint8_t>(fingerprints >> 8),
                         0x00};
        data.insert(data.end(), 256, 1);
        data.insert(data.end(), 1024, 2);
        data.insert(data.end(), fingerprints, 3);
        const auto parts = split_passing_over_fingerprints(data);
        ASSERT_TRUE(parts);
        EXPECT_EQ(base::Bytes(parts->text.begin(), parts->text.end()), base::Bytes(256, 1));
        EXPECT_EQ(base::Bytes(parts->photo.begin(), parts->photo.end()), base::Bytes(1024, 2));
        EXPECT_EQ(encode(Reply{0, 0, 0x90, data}).size(), 1297 + fingerprints);  // published totals
        data.push_back(3);
        EXPECT_FALSE(split_passing_over_fingerprints(data));
    }
    base::Bytes odd{0x01, 0x00, 0x00, 0x00, 0x00, 0x05};
    odd.insert(odd.end(), 256 + 5, 1);
    EXPECT_FALSE(split_passing_over_fingerprints(odd));
    EXPECT_FALSE(split_passing_over_fingerprints(base::Bytes(5)));
}

TEST(card_frames, the_modules_id_reads_as_it_is_printed_on_it) {
    const auto id = hex("05 00 01 00 31 A3 32 01 15 CD 5B 07 2A 00 00 00");
    EXPECT_EQ(*sam_id_text(id), "05.01-20095793-0123456789-0000000042");
    EXPECT_FALSE(sam_id_text(base::ByteView(id).first(15)));
    EXPECT_FALSE(sam_id_text({}));
}

TEST(card_frames, the_newest_address_is_seventy_bytes_without_its_padding) {
    auto address = base::utf16le_from_utf8("示例县示例镇 新村 1 号");
    while (address.size() < 70) address.insert(address.end(), {' ', 0});
    EXPECT_EQ(*newest_address(address), "示例县示例镇 新村 1 号");
    EXPECT_EQ(newest_address(base::ByteView(address).first(68)).error().code,
              base::FaultCode::CardFrameGarbled);
    address[0] = 0x00, address[1] = 0xD8;
    EXPECT_EQ(newest_address(address).error(),
              (base::Fault{base::FaultCode::CardRecordMalformed, "newest_address"}));
}

TEST(card_frames, random_bytes_never_crash) {
    std::mt19937 random(20261122);
    for (int round = 0; round < 20000; ++round) {
        base::Bytes bytes(random() % 64);
        for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
        if (round % 2 == 0 && bytes.size() >= 5)
            bytes[0] = bytes[1] = bytes[2] = 0xAA, bytes[3] = 0x96, bytes[4] = 0x69;
        (void)decode_reply(bytes);
        (void)decode_command(bytes);
        (void)missing_from_reply(bytes);
        (void)split_text_and_photo(bytes);
    }
}

}  // namespace
}  // namespace drivers::id_card
