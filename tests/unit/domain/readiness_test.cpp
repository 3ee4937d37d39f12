// What can be done here now, over every combination of what the devices say of themselves.
#include "domain/readiness.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>

namespace domain {
namespace {

using base::FaultCode;
using base::Mender;

constexpr ServiceNeeds application{true, true, true, true};

const std::array<DeviceHealth, 5> states{{
    {DeviceState::ready, Supply::plenty, std::nullopt},
    {DeviceState::degraded, Supply::low, base::Fault{FaultCode::PrinterJammed, {}}},
    {DeviceState::unavailable, Supply::unknown, std::nullopt},  // has not said yet, or is not there
    {DeviceState::unavailable, Supply::unknown, base::Fault{FaultCode::UsbDeviceGone, {}}},
    {DeviceState::unavailable, Supply::out, base::Fault{FaultCode::PrinterPaperOut, {}}},
}};

bool has(const std::vector<Missing>& all, Lack lack) {
    return std::any_of(all.begin(), all.end(),
                       [&](const Missing& one) { return one.lack == lack; });
}
bool broken(const DeviceHealth& health) {
    return health.state == DeviceState::unavailable && health.fault;
}

struct Case {
    TerminalHealth health;
    PostStatus post;
};
void every_case(const std::function<void(const Case&)>& check) {
    for (const auto& reader : states)
        for (const auto& sheets : states)
            for (const auto& slips : states)
                for (const auto& camera : states)
                    for (const auto& faces : states)
                        for (const bool taking : {true, false})
                            for (const auto line :
                                 {Line::unknown, Line::online, Line::offline, Line::absent}) {
                                Case one;
                                one.health.id_card_reader = reader;
                                one.health.document_printer = sheets;
                                one.health.receipt_printer = slips;
                                one.health.camera = camera;
                                one.health.face_comparison = faces;
                                one.post.taking = taking;
                                one.post.line = line;
                                check(one);
                            }
}

TEST(readiness, an_application_needs_a_reader_and_room_and_nothing_else) {
    every_case([](const Case& now) {
        const auto said = readiness(application, now.health, now.post);
        const bool full =
            !now.post.taking && (now.post.line == Line::online || now.post.line == Line::offline);
        ASSERT_EQ(said.is_possible(), !broken(now.health.id_card_reader) && !full);
        ASSERT_EQ(has(said.prevents, Lack::card_reader), broken(now.health.id_card_reader));
        ASSERT_EQ(has(said.prevents, Lack::room), full);
    });
}

TEST(readiness, one_printer_that_works_is_enough) {
    every_case([](const Case& now) {
        const auto said = readiness(application, now.health, now.post);
        const bool lacks = has(said.spared, Lack::paper) || has(said.spared, Lack::printer);
        const auto works = [](const DeviceHealth& one) {
            return one.state != DeviceState::unavailable && one.supply != Supply::out;
        };
        const auto &sheets = now.health.document_printer, &slips = now.health.receipt_printer;
        ASSERT_EQ(lacks, !works(sheets) && !works(slips) && (broken(sheets) || broken(slips)));
    });
}

TEST(readiness, what_a_service_does_not_need_is_never_missed) {
    every_case([](const Case& now) {
        ASSERT_TRUE(readiness({}, now.health, now.post).is_whole());
        const auto only_card = readiness({true, false, false, false}, now.health, now.post);
        ASSERT_TRUE(only_card.spared.empty());
        ASSERT_FALSE(has(only_card.prevents, Lack::room));
        ASSERT_FALSE(
            has(readiness({true, true, true, false}, now.health, now.post).spared, Lack::face));
    });
}

TEST(readiness, needing_less_never_makes_more_missing) {
    every_case([](const Case& now) {
        const auto all = readiness(application, now.health, now.post);
        const auto less = readiness({true, true, false, false}, now.health, now.post);
        ASSERT_LE(less.prevents.size() + less.spared.size(),
                  all.prevents.size() + all.spared.size());
        ASSERT_EQ(less.prevents, all.prevents);
    });
}

TEST(readiness, nothing_is_called_broken_that_has_not_said_so) {
    PostStatus post;
    post.line = Line::offline;
    post.taking = true;
    EXPECT_TRUE(readiness(application, {}, post).is_whole());
    EXPECT_TRUE(readiness(application, {}, {}).is_whole());
}

TEST(readiness, says_who_can_mend_it) {
    TerminalHealth health;
    health.id_card_reader = states[3];
    health.document_printer = states[4];
    const auto said = readiness(application, health, {});
    ASSERT_EQ(said.prevents.size(), 1u);
    EXPECT_EQ(said.prevents[0].mender, Mender::technician);
    ASSERT_EQ(said.spared.size(), 1u);
    EXPECT_EQ(said.spared[0], (Missing{Lack::paper, Mender::attendant}));
    // A broken printer beside an empty one: the paper is what somebody can do something about.
    health.receipt_printer = states[3];
    EXPECT_EQ(readiness(application, health, {}).spared[0].lack, Lack::paper);
}

}  // namespace
}  // namespace domain
