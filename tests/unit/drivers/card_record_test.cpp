#include "drivers/id_card/card_record.hpp"

#include <gtest/gtest.h>

#include <random>

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

TEST(card_record, other_card_types_give_the_type_and_nothing_else) {
    auto text = *encode_record(resident("王"));
    for (const auto& [character, type] :
         {std::pair{'J', CardType::hk_macao_taiwan}, std::pair{'I', CardType::foreigner_2017},
          std::pair{'Y', CardType::foreigner_2023}, std::pair{'Q', CardType::unknown}}) {
        text[248] = static_cast<std::uint8_t>(character);
        IdCardRecord only_type;
        only_type.type = type;
        EXPECT_EQ(*decode_record(text, base::Bytes(1024)), only_type);
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
