// Bundles there and back, and rows 58 and 59 of the fault matrix.
#include "courier_fixture.hpp"

#include <gtest/gtest.h>

namespace courier_test {
namespace {

INSTANTIATE_TEST_SUITE_P(EverySuite, Courier,
                         ::testing::Values(sealing::SuiteId::one, sealing::SuiteId::national));

TEST_P(Courier, a_bundle_goes_there_and_its_receipts_purge) {
    accept(9);
    const auto exported = terminal.export_to(stick).value();
    EXPECT_EQ(exported.submissions, 9);
    EXPECT_GT(exported.objects, 1);
    EXPECT_TRUE(is_exported());
    EXPECT_EQ(terminal.waiting(), 9u);  // an export deletes nothing
    const auto results = centre.import_from(stick);
    ASSERT_EQ(results.size(), 1u);
    ASSERT_TRUE(results[0].status) << results[0].status.error().safe_detail;
    EXPECT_EQ(centre.cases(), 9);
    const auto imported = terminal.import_from(stick).value();
    EXPECT_EQ(imported.returns, 1);
    EXPECT_TRUE(imported.refused.empty());
    EXPECT_TRUE(all_complete());
    EXPECT_TRUE(terminal.log.has("BundleWritten"));
    EXPECT_TRUE(terminal.log.has("BundleRead"));
}

TEST_P(Courier, attachments_of_the_outbox_are_carried_and_complete_it) {
    ids.push_back(terminal.accept_with_attachments());
    accept(1);
    ids.push_back(terminal.accept_with_attachments());
    ASSERT_EQ(terminal.export_to(stick).value().submissions, 3);
    const auto results = centre.import_from(stick);
    ASSERT_TRUE(results[0].status) << results[0].status.error().safe_detail;
    EXPECT_EQ(terminal.import_from(stick).value().rejected, 0);
    EXPECT_TRUE(all_complete());
}

TEST_P(Courier, nothing_on_the_stick_can_be_read) {
    accept(3);
    ASSERT_TRUE(terminal.export_to(stick));
    centre.import_from(stick);
    for (const auto& entry : fs::recursive_directory_iterator(stick_folder.path())) {
        if (!entry.is_regular_file() || entry.path().extension() == ".json") continue;
        const auto bytes = base::read_file(entry.path()).value();
        for (const auto& word : {terminal_id, item, std::string("manifest"), ids[0].text()})
            EXPECT_EQ(base::as_text(bytes).find(word), std::string::npos) << entry.path();
    }
}

TEST_P(Courier, nothing_waits_nothing_is_written) {
    EXPECT_EQ(terminal.export_to(stick).value().objects, 0);
    EXPECT_TRUE(only_folder(stick, "").empty());
    EXPECT_TRUE(terminal.marks.all().empty());
}

TEST_P(Courier, a_second_export_carries_what_came_since) {
    accept(2);
    ASSERT_EQ(terminal.export_to(stick).value().submissions, 2);
    EXPECT_EQ(terminal.export_to(stick).value().objects, 0);
    accept(1);
    EXPECT_EQ(terminal.export_to(stick).value().submissions, 1);
    EXPECT_EQ(centre.import_from(stick).size(), 2u);
    ASSERT_TRUE(terminal.import_from(stick));
    EXPECT_TRUE(all_complete());
}

TEST_P(Courier, a_bundle_that_was_taken_off_the_stick_is_written_again) {
    accept(2);
    ASSERT_TRUE(terminal.export_to(stick));
    fs::remove_all(only_folder(stick, ""));
    EXPECT_EQ(terminal.export_to(stick).value().submissions, 2);
}

TEST_P(Courier, a_damaged_mark_is_set_aside_and_its_submissions_go_onto_the_stick_again) {
    accept(2);
    ASSERT_TRUE(terminal.export_to(stick));
    change_byte(folder / ("courier/marks/" + text(terminal.marks.all().begin()->first) + ".json"),
                3);
    terminal.read_marks_again();
    EXPECT_TRUE(terminal.marks.all().empty());
    EXPECT_EQ(terminal.export_to(stick).value().submissions, 2);
    for (const auto& result : centre.import_from(stick)) EXPECT_TRUE(result.status);
    EXPECT_EQ(terminal.import_from(stick).value().others, 1);
    EXPECT_TRUE(all_complete());
}

TEST_P(Courier, row58_a_stick_pulled_at_any_moment_is_gone_on_with) {
    std::int64_t acts = 1;
    bool continued = false;
    for (std::int64_t moment = -1; moment <= acts; moment += moment < 0 ? 1 : 2) {
        SCOPED_TRACE(moment);
        Folder own_folder, own_centre, own_stick_folder;
        Terminal own(world, own_folder.path());
        own.options = terminal.options;
        for (int i = 0; i < 5; ++i) own.accept();
        Stick own_stick(own_stick_folder.path());
        own.register_on(own_stick);
        const auto before = own_stick.acts();
        if (moment < 0) {  // how much there is to do in all
            ASSERT_TRUE(own.export_to(own_stick));
            acts = own_stick.acts() - before;
            continue;
        }
        own_stick.pulled_after = before + moment;
        const auto cut = own.export_to(own_stick);
        ASSERT_FALSE(cut);
        EXPECT_EQ(cut.error().code, FaultCode::MediumUnfit);
        own.read_marks_again();
        for (const auto& [id, mark] : own.marks.all()) EXPECT_FALSE(mark.verified);
        EXPECT_EQ(own.waiting(), 5u);
        own_stick.pulled_after = -1;
        const auto exported = own.export_to(own_stick).value();
        EXPECT_EQ(exported.submissions, 5);
        continued |= exported.continued;
        Centre there(world, own_centre.path());
        const auto results = there.import_from(own_stick);
        ASSERT_EQ(results.size(), 1u);
        ASSERT_TRUE(results[0].status);
        ASSERT_TRUE(own.import_from(own_stick));
        EXPECT_EQ(own.waiting(), 0u);
    }
    EXPECT_TRUE(continued);
}

TEST_P(Courier, row58_objects_that_are_there_are_not_written_again) {
    accept(8);
    stick.pulled_after = stick.acts() + 18;
    ASSERT_FALSE(terminal.export_to(stick));
    terminal.read_marks_again();
    ASSERT_EQ(terminal.marks.all().size(), 1u);
    const auto there = terminal.marks.all().begin()->second.objects;
    ASSERT_GE(there.size(), 1u);
    stick.pulled_after = -1;
    ASSERT_TRUE(terminal.export_to(stick));
    const auto& now = terminal.marks.all().begin()->second.objects;
    ASSERT_GT(now.size(), there.size());
    for (std::size_t i = 0; i < there.size(); ++i) EXPECT_EQ(now[i].line, there[i].line);
}

TEST_P(Courier, row58_an_object_that_was_lost_is_written_again) {
    accept(8);
    stick.pulled_after = stick.acts() + 30;
    ASSERT_FALSE(terminal.export_to(stick));
    const auto& mark = terminal.marks.all().begin()->second;
    ASSERT_GE(mark.objects.size(), 2u);
    fs::remove(stick_folder / (outward_folder(mark.id) + ".part/objects/0001"));
    stick.pulled_after = -1;
    EXPECT_EQ(terminal.export_to(stick).value().submissions, 8);
    ASSERT_TRUE(centre.import_from(stick)[0].status);
    EXPECT_EQ(centre.cases(), 8);
}

TEST_P(Courier, row59_a_stick_that_drops_late_writes_is_found_out) {
    accept(6);
    stick.real_capacity = 100'000;
    for (int again = 0; again < 2; ++again) {
        const auto exported = terminal.export_to(stick);
        ASSERT_FALSE(exported);
        EXPECT_EQ(exported.error().code, FaultCode::MediumUnfit);
        EXPECT_FALSE(is_exported());
    }
    EXPECT_EQ(terminal.waiting(), 6u);
    EXPECT_TRUE(only_folder(stick, "").empty());  // it never looks finished
    EXPECT_TRUE(terminal.log.has("BundleRefused"));
}

TEST_P(Courier, row59_a_stick_without_room_is_told_before_a_byte_is_written) {
    accept(6);
    stick.room = 10'000;
    const auto exported = terminal.export_to(stick);
    ASSERT_FALSE(exported);
    EXPECT_EQ(exported.error().code, FaultCode::MediumUnfit);
    EXPECT_FALSE(is_exported());
    stick.room.reset();
    EXPECT_EQ(terminal.export_to(stick).value().submissions, 6);
}

}  // namespace
}  // namespace courier_test
