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
        {"hk_resident", base::FaultCode::CardResidencePermit},
        {"foreigner_2017", base::FaultCode::CardForeignPermanent},
        {"foreigner_2023", base::FaultCode::CardForeignPermanent},
        {"unknown_type", base::FaultCode::CardTypeUnsupported}};
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
        if (person.record.type == domain::CardType::resident) {
            EXPECT_TRUE(person.record.number.starts_with("000101")) << id;
        }
    }
    const auto age = [&](const char* id) {
        const auto born = domain::date_from_yyyymmdd(people->at(id).record.birth_yyyymmdd);
        return domain::full_years_between(*born, today);
    };
    EXPECT_EQ(age("wang_xiulan"), 83);
    EXPECT_EQ(age("zhang_san"), 79);
    EXPECT_EQ(age("li_young"), 45);
}

TEST(emulation, a_receipt_printer_comes_with_one_line_and_is_nobodys_fault_before) {
    Bench bench;
    EXPECT_EQ(bench.devices.receipt_printer->health(), domain::DeviceHealth{});
    bench.devices.receipt_printer->print({1, 1}, {"receipt", 1, {}});
    EXPECT_FALSE(bench.inbox.next<PrintFinished>()->outcome);
    ASSERT_TRUE(bench.emulated.command("slip paper low"));
    ASSERT_TRUE(bench.emulated.command("slip attach"));
    const auto ready =
        bench.inbox.next_health(domain::DeviceKind::receipt_printer, domain::DeviceState::ready);
    ASSERT_TRUE(ready);
    EXPECT_EQ(ready->supply, domain::Supply::low);
    PrintJob job{"receipt", 1, {}};
    job.slip = base::Secret(domain::BitPicture{384, 8, base::Bytes(384, 0x55)});
    bench.devices.receipt_printer->print({1, 2}, job);
    EXPECT_EQ(*bench.inbox.next<PrintFinished>()->outcome, PrintOutcome::printed);
    ASSERT_TRUE(bench.emulated.command("slip unplug"));
    EXPECT_TRUE(bench.inbox.next_health(domain::DeviceKind::receipt_printer,
                                        domain::DeviceState::unavailable));
    EXPECT_FALSE(bench.emulated.command("slip slow fast"));
    EXPECT_TRUE(bench.emulated.command("slip slow 8"));
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
    for (const char* line : {"card lift",
                             "card fault silent",
                             "card fault none",
                             "usb unplug id_card",
                             "usb plug id_card",
                             "camera show nobody",
                             "camera unplug",
                             "camera plug",
                             "camera freeze",
                             "camera black",
                             "camera damage",
                             "camera stick",
                             "camera clear",
                             "document show tilted",
                             "document unplug",
                             "document plug",
                             "document freeze",
                             "document black",
                             "document clear",
                             "printer paper out",
                             "printer paper in",
                             "printer jam",
                             "printer clear",
                             "printer lose",
                             "printer unplug",
                             "printer plug",
                             "printer cover open",
                             "printer cover close",
                             "printer low",
                             "printer full",
                             "printer tray seen",
                             "printer tray unseen",
                             "printer take",
                             "printer paper ends 2",
                             "document show code CWG1:1"})
        EXPECT_TRUE(bench.emulated.command(line)) << line;
}

TEST(emulation, the_document_printer_is_reached_over_its_queue_and_says_what_its_verbs_did) {
    Bench bench;
    constexpr auto printer = domain::DeviceKind::document_printer;
    EXPECT_EQ(bench.inbox.next_health(printer, domain::DeviceState::ready)->supply,
              domain::Supply::plenty);
    ASSERT_TRUE(bench.emulated.command("printer paper ends 0"));
    const auto out = bench.inbox.next_health(printer, domain::DeviceState::unavailable);
    ASSERT_TRUE(out);
    EXPECT_EQ(out->fault->code, base::FaultCode::PrinterPaperOut);
    ASSERT_TRUE(bench.emulated.command("printer unplug"));
    ASSERT_TRUE(bench.emulated.command("printer paper in"));
    const auto gone = bench.inbox.next_health(printer, domain::DeviceState::unavailable);
    ASSERT_TRUE(gone);
    EXPECT_EQ(gone->fault->code, base::FaultCode::PrinterAbsent);
    ASSERT_TRUE(bench.emulated.command("printer plug"));
    EXPECT_TRUE(bench.inbox.next_health(printer, domain::DeviceState::ready));
    EXPECT_EQ(bench.emulated.command("printer paper ends soon").error().code,
              base::FaultCode::EmulationCommandWrong);
}

TEST(emulation, the_cabinet_obeys_one_line_commands_through_its_boards_own_reports) {
    Bench bench;
    const auto says = [&](const char* line) {
        const auto answer = bench.emulated.command(line);
        EXPECT_TRUE(answer) << line;
        return answer.value_or("");
    };
    says("presence nobody");
    const auto presence = bench.inbox.next<PresenceChanged>();
    ASSERT_TRUE(presence);
    EXPECT_FALSE(presence->somebody);
    says("door open");
    EXPECT_EQ(bench.inbox.next<DoorOpened>()->door, domain::Door::service);
    says("door close");
    EXPECT_EQ(bench.inbox.next<DoorClosed>()->door, domain::Door::service);
    says("door tamper");
    EXPECT_EQ(bench.inbox.next<DoorOpened>()->door, domain::Door::tamper);
    for (int press = 0; press < 2; ++press) {
        says("keypad select");
        EXPECT_EQ(bench.inbox.next<PadKeyPressed>()->key, domain::PadKey::select);
    }
    says("power cut");
    EXPECT_EQ(bench.inbox.next<PowerChanged>()->power.level, domain::PowerLevel::battery);
    says("power low");
    EXPECT_EQ(bench.inbox.next<PowerChanged>()->power.level, domain::PowerLevel::low);
    says("power back");
    EXPECT_EQ(bench.inbox.next<PowerChanged>()->power.level, domain::PowerLevel::mains);
    says("cabinet unplug");
    EXPECT_TRUE(
        bench.inbox.next_health(domain::DeviceKind::cabinet, domain::DeviceState::degraded));
    bench.clock.forward(std::chrono::seconds{2});  // then it is looked for again
    says("cabinet plug");
    EXPECT_TRUE(bench.inbox.next_health(domain::DeviceKind::cabinet, domain::DeviceState::ready));
}

TEST(emulation, the_lamps_and_the_light_are_what_the_app_asked_for) {
    Bench bench;
    EXPECT_EQ(*bench.emulated.command("lamp?"), "no lamp is lit");
    domain::Lamps lamps;
    lamps[domain::Lamp::camera] = domain::LampState::continuous;
    bench.devices.cabinet->set_brightness(30);
    bench.devices.cabinet->light(lamps);
    // A line that moves is told after the lamps were set: one thread does both.
    ASSERT_TRUE(bench.emulated.command("presence nobody"));
    ASSERT_TRUE(bench.emulated.command("presence somebody"));
    EXPECT_EQ(*bench.emulated.command("lamp?"), "camera continuous");
    EXPECT_EQ(*bench.emulated.command("light?"), "the panel shines at 30 percent");
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
