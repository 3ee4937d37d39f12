#include "domain/check_characters.hpp"
#include "domain/citizen_identity.hpp"
#include "domain/dates.hpp"
#include "domain/id_number.hpp"
#include "domain/masking.hpp"
#include "domain/printing.hpp"

#include <gtest/gtest.h>

#include <array>

namespace domain {
namespace {

Date day(const char* iso_text) {
    return date_from_iso(iso_text).value();
}

IdCardRecord card() {
    IdCardRecord record;
    record.type = CardType::resident;
    record.name = "王𠅤兰";
    record.sex_code = "2";
    record.ethnicity_code = "81";
    record.number = "000101195803120124";
    record.birth_yyyymmdd = "19580312";
    record.address = "示例县示例镇示例村三组";
    record.authority = "示例县公安局";
    record.valid_from_yyyymmdd = "20160101";
    record.valid_until = "20360101";
    return record;
}

// GB 11643's printed samples and those of domain.md 2.1 and devices.md 1.8.
TEST(id_number, known_numbers_check) {
    for (const char* number :
         {"11010519491231002X", "440524188001010014", "000101195803120124", "00010119900704021X",
          "000101193501200138", "000101202609010151", "810000199001010019", "830000199001010012"})
        EXPECT_TRUE(IdNumber::parse(number)) << number;
    EXPECT_EQ(IdNumber::parse("11010519491231002x")->text(), "11010519491231002X");
}

TEST(id_number, every_single_wrong_digit_is_noticed) {
    const std::string good = "000101195803120124";
    for (std::size_t i = 0; i < good.size(); ++i)
        for (char c = '0'; c <= '9'; ++c) {
            std::string wrong = good;
            wrong[i] = c;
            EXPECT_EQ(IdNumber::parse(wrong).has_value(), wrong == good) << wrong;
        }
}

TEST(id_number, the_fault_names_the_part_and_never_the_number) {
    EXPECT_EQ(IdNumber::parse("123456789012345").error().safe_detail, "length");
    EXPECT_EQ(IdNumber::parse("00010119580312O124").error().safe_detail, "characters");
    EXPECT_EQ(IdNumber::parse("000101195802300124").error().safe_detail, "date");
    EXPECT_EQ(IdNumber::parse("000101195803120125").error().safe_detail, "check");
}

TEST(check_characters, mod_37_36_notices_a_swap) {
    const char check = mod_37_36("L000101001");
    EXPECT_NE(mod_37_36("L000110001"), check);
    EXPECT_TRUE(luhn_holds("4539578763621486"));
    EXPECT_FALSE(luhn_holds("4539578763621487"));
}

TEST(dates, leap_days_and_ages) {
    EXPECT_EQ(iso(plus_years(day("2024-02-29"), 1)), "2025-02-28");
    EXPECT_EQ(full_years_between(day("1946-11-23"), day("2026-11-22")), 79);
    EXPECT_EQ(full_years_between(day("1946-11-22"), day("2026-11-22")), 80);
    EXPECT_EQ(in_words(day("2026-08-02"), base::Locale::zh), "2026年8月2日");
    EXPECT_FALSE(date_from_yyyymmdd("20260230"));
    EXPECT_FALSE(date_from_iso("2026-2-03"));
}

TEST(citizen_identity, a_good_card_becomes_a_person_and_an_unknown_ethnicity_is_shown_as_its_code) {
    const auto person = CitizenIdentity::from_card(card(), day("2026-11-22"));
    ASSERT_TRUE(person);
    EXPECT_EQ(person->name(), "王𠅤兰");
    EXPECT_EQ(ethnicity_name(person->ethnicity_code(), base::Locale::zh), "代码81");
    EXPECT_EQ(ethnicity_name("15", base::Locale::zh), "土家");
}

TEST(citizen_identity, a_card_is_good_through_its_last_day) {
    EXPECT_TRUE(CitizenIdentity::from_card(card(), day("2036-01-01")));
    EXPECT_EQ(CitizenIdentity::from_card(card(), day("2036-01-02")).error().code,
              base::FaultCode::CardExpired);
    EXPECT_EQ(CitizenIdentity::from_card(card(), day("2015-12-31")).error().code,
              base::FaultCode::CardNotYetValid);
    auto forever = card();
    forever.valid_until = "长期";
    EXPECT_TRUE(CitizenIdentity::from_card(forever, day("2099-01-01")));
}

TEST(citizen_identity, a_card_that_says_two_birth_dates_is_not_believed) {
    auto two = card();
    two.birth_yyyymmdd = "19580313";
    EXPECT_EQ(CitizenIdentity::from_card(two, day("2026-11-22")).error().code,
              base::FaultCode::CardRecordMalformed);
}

TEST(citizen_identity, other_kinds_of_card_go_to_the_counter) {
    auto other = card();
    other.type = CardType::hk_macao_taiwan;
    EXPECT_EQ(CitizenIdentity::from_card(other, day("2026-11-22")).error().code,
              base::FaultCode::CardResidencePermit);
}

TEST(masking, a_name_keeps_its_last_character_and_numbers_their_ends) {
    const MaskingPolicy usual;
    EXPECT_EQ(masked_name("王秀兰", usual), "**兰");
    EXPECT_EQ(masked_name("王𠅤𬱖", usual), "**𬱖");
    EXPECT_EQ(masked_name("王", usual), "*");
    EXPECT_EQ(masked_id_number("000101195803120124", usual), "000***********0124");
    EXPECT_EQ(masked_phone("13800138000", usual), "138****8000");
    EXPECT_EQ(masked_account("6222020000000000018", usual), "***************0018");
    EXPECT_EQ(grouped_id_number("000101195803120124"), "000101 19580312 0124");
    EXPECT_EQ(grouped_phone("13800138000"), "138 0013 8000");
    EXPECT_EQ(grouped_by_four("L3K790F261QX"), "L3K7 90F2 61QX");
}

TEST(masking, a_policy_says_which_ends_stay) {
    const std::string number = "00010119580312012X";
    for (const auto& [way, shown] : {std::pair{"3+4", "000***********012X"},
                                     {"1+1", "0****************X"},
                                     {"4+4", "0001**********012X"},
                                     {"6+3", "000101*********12X"},
                                     {"0+0", "******************"}}) {
        MaskingPolicy policy;
        policy.id_number = kept_ends_from(way).value();
        EXPECT_EQ(masked_id_number(number, policy), shown) << way;
    }
    MaskingPolicy first;
    first.name = KeptName::first;
    EXPECT_EQ(masked_name("王秀兰", first), "王**");
    EXPECT_EQ(masked_name("𠅤兰", first), "𠅤*");
    EXPECT_EQ(masked_name("阿依古丽·买买提", first), "阿*******");
    EXPECT_EQ(masked_name("王", first), "*");
}

TEST(masking, a_value_no_longer_than_its_ends_is_hidden_whole) {
    const MaskingPolicy usual;
    EXPECT_EQ(masked_phone("1380013", usual), "*******");
    EXPECT_EQ(masked_account("0018", usual), "****");
    EXPECT_EQ(masked_id_number("", usual), "");
    EXPECT_EQ(masked_name("", usual), "*");
}

TEST(masking, ends_are_one_digit_each_and_nothing_else) {
    EXPECT_EQ(kept_ends_from("6+3"), (KeptEnds{6, 3}));
    for (const char* wrong : {"", "3", "3+", "+4", "3-4", "3+4 ", "33+4", "a+4"})
        EXPECT_FALSE(kept_ends_from(wrong)) << wrong;
}

TEST(printing, a_slip_goes_where_it_can_come_out_and_else_to_the_printer_this_terminal_has) {
    const auto health = [](DeviceState state, std::optional<base::FaultCode> code = std::nullopt) {
        DeviceHealth out{state, Supply::unknown, std::nullopt};
        if (code) out.fault = base::Fault{*code, {}};
        return out;
    };
    const auto well = health(DeviceState::ready), hot = health(DeviceState::degraded);
    const auto none = health(DeviceState::unavailable);
    const auto absent = health(DeviceState::unavailable, base::FaultCode::PrinterAbsent);
    const auto empty = health(DeviceState::unavailable, base::FaultCode::PrinterPaperOut);
    struct Case {
        DeviceHealth slips, documents;
        DeviceKind printer;
        bool can;
    };
    const std::array cases{Case{none, well, DeviceKind::document_printer, true},
                           Case{none, none, DeviceKind::document_printer, true},
                           Case{none, empty, DeviceKind::document_printer, false},
                           Case{well, empty, DeviceKind::receipt_printer, true},
                           Case{hot, well, DeviceKind::receipt_printer, true},
                           Case{empty, well, DeviceKind::document_printer, true},
                           Case{empty, empty, DeviceKind::document_printer, false},
                           Case{empty, absent, DeviceKind::receipt_printer, false}};
    for (std::size_t i = 0; i < cases.size(); ++i) {
        TerminalHealth terminal;
        terminal.receipt_printer = cases[i].slips;
        terminal.document_printer = cases[i].documents;
        EXPECT_EQ(slip_printer(terminal), cases[i].printer) << i;
        EXPECT_EQ(can_print_slips(terminal), cases[i].can) << i;
    }
}

}  // namespace
}  // namespace domain
