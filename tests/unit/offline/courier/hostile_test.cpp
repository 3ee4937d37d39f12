// Rows 60 to 63 of the fault matrix and invariant I18.
#include "courier_fixture.hpp"

#include <gtest/gtest.h>

#include <random>

namespace courier_test {
namespace {

class HostileCourier : public Courier {};

INSTANTIATE_TEST_SUITE_P(EverySuite, HostileCourier,
                         ::testing::Values(sealing::SuiteId::one, sealing::SuiteId::national));
TEST_P(HostileCourier, row60_a_stick_that_changes_between_reads_is_asked_once) {
    accept(3);
    ASSERT_TRUE(terminal.export_to(stick));
    stick.other_bytes_the_second_time = true;
    stick.reads.clear();
    const auto results = centre.import_from(stick);
    EXPECT_EQ(centre.cases(), 3);
    // Its answer is read back as it was written, once; so that holds as well.
    EXPECT_TRUE(results[0].status);
    for (const auto& [path, times] : stick.reads) EXPECT_EQ(times, 1) << path;
}

TEST_P(HostileCourier, row60_a_file_without_an_end_is_not_followed) {
    accept(2);
    ASSERT_TRUE(terminal.export_to(stick));
    stick.endless = true;
    expect_refused_without_effect();
}

TEST_P(HostileCourier, row60_an_object_that_is_a_link_is_refused) {
    accept(2);
    ASSERT_TRUE(terminal.export_to(stick));
    const auto object = only_folder(stick, "") + "/objects/0001";
    fs::rename(object, stick_folder / "elsewhere");
    fs::create_symlink(stick_folder / "elsewhere", object);
    expect_refused_without_effect();
}

TEST_P(HostileCourier, row60_no_room_to_copy_is_no_reason_to_read_from_the_stick) {
    struct Full final : store::Disk {
        const char* sqlite_vfs() const override { return nullptr; }
        base::Result<std::unique_ptr<store::OutFile>> create(const std::string&) override {
            return base::fail(FaultCode::DiskFull);
        }
        base::Result<base::Bytes> read(const std::string&, std::int64_t, std::size_t) override {
            return base::fail(FaultCode::FileUnreadable);
        }
        base::Status rename(const std::string&, const std::string&) override { return {}; }
        base::Status remove(const std::string&) override { return {}; }
        base::Status make_folder(const std::string&) override { return {}; }
        base::Status sync_file(const std::string&) override { return {}; }
        base::Status sync_folder(const std::string&) override { return {}; }
        base::Result<std::vector<std::string>> list(const std::string&) override {
            return std::vector<std::string>();
        }
        base::Result<std::int64_t> free_bytes(const std::string&) override { return 1000; }
        bool exists(const std::string&) const override { return false; }
        base::Result<store::FolderLock> lock(const std::string&) override {
            return base::fail(FaultCode::DiskFull);
        }
    } full;
    accept(1);
    ASSERT_TRUE(terminal.export_to(stick));
    const auto results =
        Station(centre.door, stick, full, world.intake,
                {world.pinned, world.key_set_file(), "staging"}, centre.clock, centre.log)
            .run()
            .value();
    ASSERT_FALSE(results[0].status);
    EXPECT_EQ(results[0].status.error().code, FaultCode::DiskFull);
    EXPECT_EQ(centre.cases(), 0);
}

TEST_P(HostileCourier, row61_the_same_bundle_twice_gets_the_same_answers) {
    accept(4);
    ASSERT_TRUE(terminal.export_to(stick));
    ASSERT_TRUE(centre.import_from(stick)[0].status);
    const auto stored = centre.stored();
    const auto again = centre.import_from(stick);
    ASSERT_TRUE(again[0].status);
    EXPECT_EQ(again[0].submissions, 4);
    EXPECT_EQ(centre.stored(), stored);
    EXPECT_EQ(terminal.import_from(stick).value().refused.size(), 0u);
    EXPECT_TRUE(all_complete());
    EXPECT_EQ(terminal.import_from(stick).value().changed, 0);
}

TEST_P(HostileCourier, row61_an_old_bundle_after_network_delivery_is_answered_and_changes_nothing) {
    accept(4);
    ASSERT_TRUE(terminal.export_to(stick));
    deliver_all(terminal, centre);
    const auto stored = centre.stored();
    ASSERT_TRUE(centre.import_from(stick)[0].status);
    EXPECT_EQ(centre.stored(), stored);
    const auto taken = terminal.import_from(stick);
    ASSERT_TRUE(taken) << base::name(taken.error().code) << taken.error().safe_detail;
    const auto& imported = *taken;
    EXPECT_EQ(imported.changed, 0);
    EXPECT_TRUE(imported.refused.empty());
    EXPECT_TRUE(all_complete());
}

TEST_P(HostileCourier, row62_a_truncated_object_is_refused_before_any_effect) {
    accept(4);
    ASSERT_TRUE(terminal.export_to(stick));
    const auto objects = only_folder(stick, "") + "/objects/";
    const auto last = objects + "0002";
    ASSERT_TRUE(fs::exists(last));
    fs::resize_file(last, fs::file_size(last) - 1);
    expect_refused_without_effect();
}

TEST_P(HostileCourier, row62_a_changed_byte_anywhere_is_refused_before_any_effect) {
    accept(2);
    ASSERT_TRUE(terminal.export_to(stick));
    const auto folder_there = only_folder(stick, "");
    for (const std::string file : {"/bundle.cwb", "/objects/0001"})
        for (const int where : {0, 7, 500, 1000}) {
            change_byte(folder_there + file, where);
            const auto results = centre.import_from(stick);
            EXPECT_FALSE(results[0].status) << file << " " << where;
            EXPECT_EQ(centre.cases(), 0);
            change_byte(folder_there + file, where);
        }
    EXPECT_TRUE(centre.import_from(stick)[0].status);
}

TEST_P(HostileCourier, row62_a_missing_object_is_refused_before_any_effect) {
    accept(4);
    ASSERT_TRUE(terminal.export_to(stick));
    fs::remove(only_folder(stick, "") + "/objects/0002");
    expect_refused_without_effect();
}

TEST_P(HostileCourier, row62_a_bundle_under_the_name_of_another_is_refused) {
    accept(1);
    ASSERT_TRUE(terminal.export_to(stick));
    fs::rename(only_folder(stick, ""), stick_folder / ("cw-" + std::string(32, '0')));
    expect_refused_without_effect();
}

TEST_P(HostileCourier, row62_a_bundle_of_a_terminal_that_the_root_does_not_know_is_refused) {
    World other(GetParam());
    other.intake = world.intake;  // even if it knew whom to seal to
    Folder other_folder;
    Terminal stranger(other, other_folder.path());
    stranger.register_on(stick);
    stranger.accept();
    ASSERT_TRUE(stranger.export_to(stick));
    expect_refused_without_effect();
}

TEST_P(HostileCourier, row62_a_bundle_sealed_to_another_intake_is_refused) {
    World other(GetParam());
    Folder other_folder;
    Terminal stranger(other, other_folder.path());
    stranger.register_on(stick);
    stranger.accept();
    ASSERT_TRUE(stranger.export_to(stick));
    expect_refused_without_effect();
}

TEST_P(HostileCourier, row62_a_return_that_is_not_right_changes_nothing) {
    accept(4);
    ASSERT_TRUE(terminal.export_to(stick));
    ASSERT_TRUE(centre.import_from(stick)[0].status);
    const auto back = only_folder(stick, ".back");
    for (const std::string file : {"/bundle.cwb", "/objects/0001"})
        for (const int where : {0, 6, 300, 900}) {
            change_byte(back + file, where);
            terminal.log.all.clear();
            const auto imported = terminal.import_from(stick).value();
            EXPECT_EQ(imported.refused.size(), 1u) << file << " " << where;
            EXPECT_EQ(imported.returns, 0);
            EXPECT_EQ(terminal.waiting(), 4u);
            EXPECT_TRUE(terminal.log.has("BundleRefused"));
            change_byte(back + file, where);
        }
    fs::resize_file(back + "/objects/0001", fs::file_size(back + "/objects/0001") - 1);
    EXPECT_EQ(terminal.import_from(stick).value().refused.size(), 1u);
    EXPECT_EQ(terminal.waiting(), 4u);
}

TEST_P(HostileCourier, row62_a_return_by_someone_else_changes_nothing) {
    accept(2);
    ASSERT_TRUE(terminal.export_to(stick));
    // Another centre, which somehow opens the bundle, but signs with keys of its own.
    World other(GetParam());
    const auto& mark = terminal.marks.all().begin()->second;
    const auto to = sealing::suite(mark.suite).sealing_pair(mark.reply_secret).value().public_key;
    ReturnIndex index{world.realm, mark.id, terminal_id, start, other.key_set_file(), {}};
    auto writer = BundleWriter::begin(stick, return_folder(mark.id)).value();
    ASSERT_TRUE(writer.finish(seal(index, other.receipt_key(), to).value()));
    const auto imported = terminal.import_from(stick).value();
    ASSERT_EQ(imported.refused.size(), 1u);
    EXPECT_EQ(imported.refused[0].code, FaultCode::KeyUnknown);
    EXPECT_EQ(terminal.waiting(), 2u);
}

TEST_P(HostileCourier, row62_an_older_return_after_a_younger_one_is_refused) {
    accept(2);
    ASSERT_TRUE(terminal.export_to(stick));
    ASSERT_TRUE(centre.import_from(stick)[0].status);
    Folder kept;
    fs::copy(only_folder(stick, ".back"), kept / "old", fs::copy_options::recursive);
    ASSERT_TRUE(centre.import_from(stick)[0].status);
    ASSERT_EQ(terminal.import_from(stick).value().returns, 1);
    const auto back = only_folder(stick, ".back");
    fs::remove_all(back);
    fs::copy(kept / "old", back, fs::copy_options::recursive);
    const auto imported = terminal.import_from(stick).value();
    ASSERT_EQ(imported.refused.size(), 1u);
    EXPECT_EQ(imported.refused[0].code, FaultCode::BundleWrong);
}

TEST_P(HostileCourier, row62_the_answer_to_another_machines_bundle_is_left_alone) {
    accept(1);
    ASSERT_TRUE(terminal.export_to(stick));
    ASSERT_TRUE(centre.import_from(stick)[0].status);
    Folder other_folder;
    Terminal other(world, other_folder.path());
    other.accept();
    const auto imported = other.import_from(stick).value();
    EXPECT_EQ(imported.others, 1);
    EXPECT_EQ(imported.returns, 0);
    EXPECT_EQ(other.waiting(), 1u);
}

TEST_P(HostileCourier, row63_of_two_sticks_only_what_came_back_is_purged) {
    Folder second_folder;
    Stick second(second_folder.path());
    second.identity = "aaaa-bbbb";
    terminal.register_on(second);
    accept(3);
    ASSERT_EQ(terminal.export_to(stick).value().submissions, 3);
    accept(2);
    ASSERT_EQ(terminal.export_to(second).value().submissions, 5);  // the other one may be lost
    ASSERT_TRUE(centre.import_from(stick)[0].status);
    ASSERT_TRUE(terminal.import_from(stick));
    EXPECT_EQ(terminal.waiting(), 2u);
    EXPECT_EQ(centre.cases(), 3);
    ASSERT_TRUE(centre.import_from(second)[0].status);
    ASSERT_TRUE(terminal.import_from(second));
    EXPECT_TRUE(all_complete());
    EXPECT_EQ(centre.cases(), 5);
}

TEST_P(HostileCourier, a_refused_submission_comes_back_as_a_signed_refusal) {
    const auto id = domain::SubId::draw();
    terminal.codes[id] =
        terminal.outbox.accept(acceptance(world, R"({"item":"nothing"})", id)).value().qr_text;
    accept(1);
    ASSERT_TRUE(terminal.export_to(stick));
    ASSERT_TRUE(centre.import_from(stick)[0].status);
    EXPECT_EQ(terminal.import_from(stick).value().refused.size(), 0u);
    EXPECT_EQ(terminal.waiting(), 0u);
    EXPECT_TRUE(terminal.outbox.look_up(terminal.codes.at(id)).value().case_number.empty());
    EXPECT_FALSE(terminal.outbox.look_up(terminal.codes.at(ids[0])).value().case_number.empty());
}

TEST_P(HostileCourier, a_newer_key_set_comes_back_with_the_receipts) {
    accept(1);
    ASSERT_TRUE(terminal.export_to(stick));
    // The centre changes its keys while the stick is on its way.
    World later = world;
    later.intake.rotate(GetParam(), start - base::Millis{1});
    auto content = later.key_set();
    content.version = 2;
    const auto file = content.issue(world.root).value();
    Folder later_folder;
    Centre new_centre(later, later_folder.path());
    const auto results =
        Station(new_centre.door, stick, store::real_disk(), later.intake,
                {world.pinned, file, later_folder / "staging"}, new_centre.clock, new_centre.log)
            .run()
            .value();
    ASSERT_TRUE(results[0].status);
    base::Bytes brought;
    const auto keep = [&](const sealing::KeySet& keys, base::ByteView bytes) -> base::Status {
        EXPECT_EQ(keys.version(), 2);
        brought.assign(bytes.begin(), bytes.end());
        return {};
    };
    // The outbox's side still has the old set and refuses the receipts; nothing is lost by it.
    Importer importer(terminal.depot, stick, terminal.marks,
                      {store::real_disk(), folder / "courier/staging"}, terminal.outbox.terminal(),
                      world.pinned, terminal.keys, terminal.log, keep);
    const auto first = importer.run();
    EXPECT_EQ(brought, file);
    EXPECT_EQ(terminal.waiting(), 1u);
    ASSERT_TRUE(first);
    EXPECT_GE(first->rejected, 1);
    // With the set it brought they are good.
    const auto newer = sealing::KeySet::verify(brought, world.pinned).value();
    OutboxDepot depot(terminal.outbox, newer, terminal.log);
    const auto second =
        Importer(depot, stick, terminal.marks, {store::real_disk(), folder / "courier/staging"},
                 terminal.outbox.terminal(), world.pinned, newer, terminal.log)
            .run()
            .value();
    EXPECT_EQ(second.returns, 1);
    EXPECT_EQ(terminal.waiting(), 0u);
}

// I18: whatever happens in whatever order, in the end the intake holds what the network alone would
// have brought it, once, and the terminal is done.
TEST_P(HostileCourier, i18_any_order_any_number_of_times_equals_network_only) {
    const auto seeds = GetParam() == sealing::SuiteId::one ? 8u : 2u;
    for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        Folder own_folder, own_centre, folder_a, folder_b;
        Terminal own(world, own_folder.path());
        own.options.object_bytes = 4096;
        Centre there(world, own_centre.path());
        Stick a(folder_a.path()), b(folder_b.path());
        b.identity = "bbbb";
        own.register_on(a);
        own.register_on(b);
        std::map<std::string, std::string> expected;
        for (int step = 0; step < 40; ++step) {
            Stick& one = random() % 2 == 0 ? a : b;
            switch (random() % 7) {
                case 0:
                case 1: {
                    const auto id =
                        random() % 3 == 0 ? own.accept_with_attachments() : own.accept();
                    const auto waiting = own.outbox.waiting().value();
                    for (const auto& item : waiting)
                        if (const auto parcel = own.outbox.parcel(item.seq).value();
                            parcel && parcel->sub_id == id)
                            expected[id.text()] = base::to_hex(parcel->manifest_digest);
                    break;
                }
                case 2:
                    if (random() % 2 == 0) one.pulled_after = one.acts() + random() % 60;
                    static_cast<void>(own.export_to(one).has_value());
                    one.pulled_after = -1;
                    break;
                case 3:
                case 4:
                    for (const auto& result : there.import_from(one))
                        EXPECT_TRUE(result.status) << result.status.error().safe_detail;
                    break;
                case 5:
                    EXPECT_TRUE(own.import_from(one).value().refused.empty());
                    break;
                case 6: {
                    const auto waiting = own.outbox.waiting().value();
                    if (!waiting.empty())
                        deliver_one(own, there, waiting[random() % waiting.size()]);
                    break;
                }
            }
        }
        // The end by sticks alone or by the network alone.
        if (seed % 2 == 0) {
            ASSERT_TRUE(own.export_to(a));
            there.import_from(a);
            ASSERT_TRUE(own.import_from(a));
        }
        deliver_all(own, there);
        EXPECT_EQ(there.stored(), expected);
        for (const auto& [id, code] : own.codes)
            EXPECT_FALSE(own.outbox.look_up(code).value().case_number.empty());
    }
}

}  // namespace
}  // namespace courier_test
