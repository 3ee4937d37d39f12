#include "drivers/emulation/emulated_devices.hpp"

#include "domain/citizen_identity.hpp"
#include "drivers/emulation/people.hpp"
#include "drivers/id_card/codec/card_record.hpp"
#include "event_inbox.hpp"
#include "test_files.hpp"

#include <gtest/gtest.h>

namespace drivers::emulation {
namespace {

constexpr base::Date today{std::chrono::year{2026}, std::chrono::November, std::chrono::day{22}};

struct Bench {
    base::ManualClock clock{base::Instant{}};
    testing::EventInbox inbox;
    EmulatedDevices emulated = *EmulatedDevices::create(
        {testing::people_folder, "", "", "", "", base::Millis{0}}, clock, inbox.sink());
    DeviceSet devices = emulated.take_devices();
};

TEST(emulation, everybody_fits_on_a_card_and_is_who_the_file_says) {
    const auto people = load_people(testing::people_folder);
    ASSERT_TRUE(people);
    const std::map<std::string, base::FaultCode> refused{
        {"expired", base::FaultCode::CardExpired},
        {"wrong_check_digit", base::FaultCode::CardNumberWrong},
        {"hk_resident", base::FaultCode::CardTypeUnsupported}};
    for (const auto& [id, person] : *people) {
        const auto text = id_card::encode_record(person.record);
        ASSERT_TRUE(text) << id;
        const auto identity =
            domain::CitizenIdentity::from_card(*id_card::decode_record(*text, {}), today);
        if (refused.contains(id)) {
            ASSERT_FALSE(identity) << id;
            EXPECT_EQ(identity.error().code, refused.at(id)) << id;
        } else {
            EXPECT_TRUE(identity) << id << " " << identity.error().safe_detail;
        }
        EXPECT_TRUE(person.record.number.starts_with("000101")) << id;
    }
    const auto age = [&](const char* id) {
        const auto born = domain::date_from_yyyymmdd(people->at(id).record.birth_yyyymmdd);
        return domain::full_years_between(*born, today);
    };
    EXPECT_EQ(age("wang_xiulan"), 83);
    EXPECT_EQ(age("zhang_san"), 79);
    EXPECT_EQ(age("li_young"), 45);
}

TEST(emulation, one_line_places_a_card_and_the_app_reads_it) {
    Bench bench;
    ASSERT_TRUE(bench.emulated.command("card place wang_xiulan"));
    bench.devices.id_card_reader->start_read({1, 1});
    const auto finished = bench.inbox.next<CardReadFinished>();
    ASSERT_TRUE(finished && finished->record);
    EXPECT_EQ((**finished->record).name, "王秀兰");
    ASSERT_TRUE(bench.emulated.command("card lift"));
    EXPECT_TRUE(bench.inbox.next<CardRemoved>());
}

TEST(emulation, a_card_can_be_placed_with_a_fault) {
    Bench bench;
    ASSERT_TRUE(bench.emulated.command("card place wang_xiulan fault wrong_check_digit"));
    bench.devices.id_card_reader->start_read({1, 1});
    const auto finished = bench.inbox.next<CardReadFinished>();
    ASSERT_TRUE(finished && finished->record);
    EXPECT_EQ(domain::CitizenIdentity::from_card(**finished->record, today).error().code,
              base::FaultCode::CardNumberWrong);
    ASSERT_TRUE(bench.emulated.command("card place li_young fault garbled"));
    bench.devices.id_card_reader->start_read({1, 2});
    const auto second = bench.inbox.next<CardReadFinished>();
    ASSERT_TRUE(second && !second->record);
    EXPECT_EQ(second->record.error().code, base::FaultCode::CardFrameGarbled);
}

TEST(emulation, every_verb_of_the_help_is_understood) {
    Bench bench;
    for (const char* line :
         {"card lift", "card fault silent", "card fault none", "usb unplug id_card",
          "usb plug id_card", "camera show nobody", "camera unplug", "camera plug", "camera freeze",
          "printer paper out", "printer paper in", "printer jam", "printer clear", "printer lose",
          "printer cover open", "printer cover close", "printer low", "printer full",
          "printer unplug", "printer plug"})
        EXPECT_TRUE(bench.emulated.command(line)) << line;
}

TEST(emulation, a_wrong_line_names_what_would_be_right) {
    Bench bench;
    for (const char* line : {"", "card", "card eat", "card place", "card place wang_xiulan fault",
                             "usb unplug camera", "camera show"}) {
        const auto answer = bench.emulated.command(line);
        ASSERT_FALSE(answer) << line;
        EXPECT_EQ(answer.error().code, base::FaultCode::EmulationCommandWrong);
        EXPECT_NE(answer.error().safe_detail.find("card place PERSON"), std::string::npos);
    }
    EXPECT_NE(
        bench.emulated.command("card place nobody_known").error().safe_detail.find("wang_xiulan"),
        std::string::npos);
    EXPECT_NE(
        bench.emulated.command("card place li_young fault x").error().safe_detail.find("garbled"),
        std::string::npos);
}

TEST(emulation, a_folder_without_people_is_a_fault) {
    base::ManualClock clock{base::Instant{}};
    EXPECT_EQ(EmulatedDevices::create({"/nonexistent", "", "", "", ""}, clock, [](DeviceEvent) {})
                  .error()
                  .code,
              base::FaultCode::EmulationFilesWrong);
}

}  // namespace
}  // namespace drivers::emulation
