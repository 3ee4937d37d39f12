#include "drivers/id_card/codec/card_record.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <random>
#include <utility>

namespace drivers::id_card {
namespace {

using domain::CardType;
using domain::IdCardRecord;

IdCardRecord resident(std::string name) {
    IdCardRecord record;
    record.type = CardType::resident;
    record.name = std::move(name);
    record.sex_code = "2";
    record.ethnicity_code = "01";
    record.birth_yyyymmdd = "19430518";
    record.address = "示例县示例镇 示例村三组";
    record.number = "000101194305180023";
    record.authority = "示例县公安局";
    record.valid_from_yyyymmdd = "20130601";
    record.valid_until = "长期";
    record.photo = base::Bytes(1024, 9);
    return record;
}

TEST(card_record, what_is_written_is_read_whatever_the_name) {
    for (const char* name : {"王秀兰", "王𠅤𬱖", "阿依古丽·买买提", "欧阳 娜"}) {
        const auto record = resident(name);
        const auto text = encode_record(record);
        ASSERT_TRUE(text);
        ASSERT_EQ(text->size(), record_size);
        const auto decoded = decode_record(*text, record.photo);
        ASSERT_TRUE(decoded);
        EXPECT_EQ(*decoded, record) << name;
    }
}

TEST(card_record, fields_stand_where_the_standard_puts_them) {
    const auto text = *encode_record(resident("王"));
    EXPECT_EQ(text[0] | text[1] << 8, 0x738B);
    EXPECT_EQ(text[30], '2');
    EXPECT_EQ(text[36], '1');
    EXPECT_EQ(text[122], '0');
    EXPECT_EQ(text[204] | text[205] << 8, 0x957F);  // 长
    EXPECT_EQ(text[248], ' ');
}

TEST(card_record, trailing_nuls_are_padding_and_inner_spaces_are_not) {
    auto text = *encode_record(resident("王"));
    for (std::size_t i = 2; i < 30; ++i) text[i] = 0;
    const auto decoded = decode_record(text, {});
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->name, "王");
    EXPECT_EQ(decoded->address, "示例县示例镇 示例村三组");
    EXPECT_TRUE(decoded->photo.empty());
}

// A text record from where its fields stand, independent of the layout tables under test.
base::Bytes record_of(char type,
                      std::initializer_list<std::pair<std::size_t, const char*>> fields) {
    base::Bytes text;
    for (std::size_t i = 0; i < record_size; i += 2) text.insert(text.end(), {' ', 0});
    for (const auto& [offset, value] : fields) {
        const auto bytes = base::utf16le_from_utf8(value);
        std::copy(bytes.begin(), bytes.end(), text.begin() + static_cast<std::ptrdiff_t>(offset));
    }
    text[248] = static_cast<std::uint8_t>(type);
    return text;
}

TEST(card_record, a_residence_permit_of_hong_kong_macao_or_taiwan_has_pass_number_and_issue_count) {
    const auto text = record_of('J', {{0, "陳大文"},
                                      {30, "1"},
                                      {32, "99"},
                                      {36, "19900101"},
                                      {52, "示例县示例镇一街"},
                                      {122, "810000199001010010"},
                                      {158, "示例县公安局"},
                                      {188, "20200101"},
                                      {204, "20250101"},
                                      {220, "H01234567"},
                                      {238, "02"}});
    const auto card = decode_record(text, base::Bytes(1024, 3));
    ASSERT_TRUE(card);
    EXPECT_EQ(card->type, CardType::hk_macao_taiwan);
    EXPECT_EQ(card->name, "陳大文");
    EXPECT_EQ(card->ethnicity_code, "");  // bytes 32 to 35 are not interpreted
    EXPECT_EQ(card->address, "示例县示例镇一街");
    EXPECT_EQ(card->number, "810000199001010010");
    EXPECT_EQ(card->authority, "示例县公安局");
    EXPECT_EQ(card->valid_until, "20250101");
    EXPECT_EQ(card->pass_number, "H01234567");
    EXPECT_EQ(card->issue_count, "02");
    EXPECT_EQ(card->photo.size(), 1024u);
}

TEST(card_record, a_permanent_residence_card_of_2017_has_english_name_and_nationality) {
    const auto text = record_of('I', {{0, "SPECIMEN, ANNA MARIA"},
                                      {120, "2"},
                                      {122, "XXX000199001010"},
                                      {152, "CAN"},
                                      {158, "安娜"},
                                      {188, "20180301"},
                                      {204, "20280301"},
                                      {220, "19900101"},
                                      {236, "01"},
                                      {240, "1500"}});
    const auto card = decode_record(text, {});
    ASSERT_TRUE(card);
    EXPECT_EQ(card->type, CardType::foreigner_2017);
    EXPECT_EQ(card->english_name, "SPECIMEN, ANNA MARIA");
    EXPECT_EQ(card->name, "安娜");
    EXPECT_EQ(card->sex_code, "2");
    EXPECT_EQ(card->number, "XXX000199001010");
    EXPECT_EQ(card->nationality, "CAN");
    EXPECT_EQ(card->valid_from_yyyymmdd, "20180301");
    EXPECT_EQ(card->valid_until, "20280301");
    EXPECT_EQ(card->birth_yyyymmdd, "19900101");
    EXPECT_EQ(card->card_version, "01");
    EXPECT_EQ(card->authority, "1500");
    EXPECT_EQ(card->address, "");
}

TEST(card_record, a_permanent_residence_card_of_2023_has_its_english_name_in_two_places) {
    // The 35th character is a space: it belongs to the name.
    const auto text = record_of('Y', {{0, "安娜"},
                                      {30, "2"},
                                      {32, "01"},
                                      {36, "19900101"},
                                      {52, "SPECIMEN ANNA MARIA WITH LONG NAME "},
                                      {122, "932156199001010015"},
                                      {188, "20240101"},
                                      {204, "20340101"},
                                      {220, "OF THE NIX "},
                                      {242, "CAN"},
                                      {250, "A1B"}});
    const auto card = decode_record(text, {});
    ASSERT_TRUE(card);
    EXPECT_EQ(card->type, CardType::foreigner_2023);
    EXPECT_EQ(card->english_name, "SPECIMEN ANNA MARIA WITH LONG NAME OF THE NIX");
    EXPECT_EQ(card->name, "安娜");
    EXPECT_EQ(card->issue_count, "01");
    EXPECT_EQ(card->birth_yyyymmdd, "19900101");
    EXPECT_EQ(card->number, "932156199001010015");
    EXPECT_EQ(card->valid_until, "20340101");
    EXPECT_EQ(card->nationality, "CAN");
    EXPECT_EQ(card->former_number_link, "A1B");
    EXPECT_EQ(card->authority, "");
    EXPECT_EQ(*encode_record(*card), text);
}

TEST(card_record, an_unknown_type_is_shown_as_such_and_nothing_of_it_is_kept) {
    for (const char type : {'Q', 'j', '1', '\0'})
        EXPECT_EQ(*decode_record(record_of(type, {{0, "王"}, {122, "000101194305180023"}}),
                                 base::Bytes(1024)),
                  IdCardRecord{});
}

TEST(card_record, wiping_leaves_no_field_of_any_type) {
    for (const char type : {' ', 'J', 'I', 'Y'}) {
        auto text = base::Bytes(record_size, 0);
        for (std::size_t i = 0; i < record_size; i += 2) text[i] = 'X';
        text[248] = static_cast<std::uint8_t>(type);
        auto card = *decode_record(text, base::Bytes(1024, 1));
        EXPECT_FALSE(card.name.empty());
        IdCardRecord wiped;
        wiped.type = card.type;
        card.wipe();
        EXPECT_EQ(card, wiped) << type;
    }
}

TEST(card_record, a_lone_surrogate_names_its_field) {
    auto text = *encode_record(resident("王"));
    text[52] = 0x00, text[53] = 0xD8;
    const auto decoded = decode_record(text, {});
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error(), (base::Fault{base::FaultCode::CardRecordMalformed, "address"}));
}

TEST(card_record, a_name_too_long_for_the_card_cannot_be_written) {
    EXPECT_EQ(encode_record(resident(std::string(16, 'A'))).error().safe_detail, "name");
}

TEST(card_record, random_bytes_never_crash) {
    std::mt19937 random(11222026);
    for (int round = 0; round < 5000; ++round) {
        base::Bytes text(round % 10 == 0 ? random() % 600 : record_size);
        for (auto& byte : text) byte = static_cast<std::uint8_t>(random());
        if (text.size() == record_size) text[248] = ' ', text[249] = 0;
        const auto decoded = decode_record(text, {});
        if (decoded) {
            EXPECT_TRUE(base::is_valid_utf8(decoded->name + decoded->address));
        }
    }
}

}  // namespace
}  // namespace drivers::id_card
