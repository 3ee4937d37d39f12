// Positive controls: what is known to lose, loses here, and what is known to hold, holds. The same
// disk, the same cuts, the same connection; only the settings are those of others.
// Source: offline-sync.md 7, M1.
#include "tests/power_loss/cuts/power_cuts.hpp"

#include <gtest/gtest.h>

namespace power_loss {
namespace {

using offline::store::Access;
using offline::store::Database;

struct Setting {
    const char* name;
    const char* pragmas;
    int lying_permille;
    bool loses;
    std::optional<bool> corrupts;  // nothing: either
};

constexpr const char* to_delete_mode = "PRAGMA journal_mode=DELETE; PRAGMA locking_mode=NORMAL;";

constexpr int transactions = 60;
constexpr int states = 1500;
const std::string path = "/rows/rows.sqlite";

// Some kilobytes in each transaction, an index, a second row that changes with every one.
void work(RecordingDisk& disk, const Setting& setting, Random& random) {
    auto database = Database::open(path, Access::owner_only, disk).value();
    if (std::string(setting.pragmas).find("DELETE") != std::string::npos) {
        ASSERT_TRUE(database.execute(to_delete_mode));
    }
    ASSERT_TRUE(database.execute(setting.pragmas));
    ASSERT_TRUE(
        database.execute("CREATE TABLE kept(n INTEGER PRIMARY KEY, id BLOB UNIQUE,"
                         " body BLOB); CREATE TABLE head(n INTEGER);"
                         "INSERT INTO head VALUES (0)"));
    for (int n = 1; n <= transactions; ++n) {
        base::Bytes id(16), body(500 + random() % 6000);
        for (auto& byte : id) byte = static_cast<std::uint8_t>(random());
        for (auto& byte : body) byte = static_cast<std::uint8_t>(random());
        auto transaction = offline::store::Transaction::begin(database).value();
        ASSERT_TRUE(database.prepare("INSERT INTO kept VALUES (?, ?, ?)")
                        .bind(std::int64_t{n})
                        .bind(base::ByteView(id))
                        .bind(base::ByteView(body))
                        .run());
        ASSERT_TRUE(database.prepare("UPDATE head SET n = ?").bind(std::int64_t{n}).run());
        ASSERT_TRUE(transaction.commit());
        disk.mark(n);
        if (n % 15 != 0) continue;
        ASSERT_TRUE(database.checkpoint());
    }
}

struct Losses {
    int lost = 0, corrupt = 0;
    std::int64_t most = 0;
};

Losses cuts_through(const Setting& setting) {
    Losses losses;
    for (std::uint64_t run = 0; run < 6; ++run) {
        Random random(run);
        seed_sqlite(run);
        RecordingDisk disk({}, run);
        disk.lie_about_flushes(setting.lying_permille);
        work(disk, setting, random);
        CrashStates crash(disk);
        constexpr std::size_t cuts = states / 6;
        for (std::size_t i = 0; i < cuts; ++i) {
            crash.advance_to(disk.log().size() * (i + 1) / cuts);
            RecordingDisk left(crash.cut(random));
            auto opened = Database::open(path, Access::owner_only, left);
            if (!opened || !opened->quick_check()) {
                ++losses.corrupt;
                continue;
            }
            const auto rows = opened->integer("SELECT count(*) FROM kept");
            const auto head = opened->integer("SELECT n FROM head");
            const std::int64_t kept = rows.value_or(0);
            if (kept != head.value_or(0)) ++losses.corrupt;
            if (kept >= crash.mark()) continue;
            ++losses.lost;
            losses.most = std::max(losses.most, crash.mark() - kept);
        }
    }
    return losses;
}

class weak_settings : public testing::TestWithParam<Setting> {};

TEST_P(weak_settings, are_found_out_and_good_ones_hold) {
    const Setting& setting = GetParam();
    const Losses losses = cuts_through(setting);
    report().push_back(std::string(setting.name) + ": " + std::to_string(losses.lost) + " of " +
                       std::to_string(states) + " states lost what was committed (" +
                       std::to_string(losses.most) + " at most), " +
                       std::to_string(losses.corrupt) + " corrupt");
    EXPECT_EQ(losses.lost > 0, setting.loses) << losses.lost;
    if (setting.corrupts) {
        EXPECT_EQ(losses.corrupt > 0, *setting.corrupts) << losses.corrupt;
    }
}

void PrintTo(const Setting& setting, std::ostream* out) {
    *out << setting.pragmas;
}

INSTANTIATE_TEST_SUITE_P(
    power_cut, weak_settings,
    testing::Values(
        Setting{"wal_extra", "PRAGMA synchronous=EXTRA", 0, false, false},
        Setting{"wal_full", "PRAGMA synchronous=FULL", 0, false, false},
        Setting{"wal_normal", "PRAGMA synchronous=NORMAL", 0, true, false},
        Setting{"wal_off", "PRAGMA synchronous=OFF", 0, true, true},
        Setting{"delete_extra", "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA", 0, false,
                false},
        Setting{"delete_full", "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL", 0, true,
                false},
        Setting{"wal_full_and_one_lie_in_a_hundred", "PRAGMA synchronous=FULL", 10, true, {}}),
    [](const auto& about) { return std::string(about.param.name); });

}  // namespace
}  // namespace power_loss
