// Rows of the fault matrix (offline-sync.md 4.2) that are about a centre's backups, and about what
// may be read anywhere.
#include "tests/simulator/scenario.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace simulator {
namespace {

using domain::Delivery;
using std::chrono::minutes;

TEST(fault_matrix, row_51_a_centre_put_back_to_a_backup_gets_again_what_is_still_here) {
    Scenario s;
    const Intent& before = s.world.hand_in(0, true, 1);
    s.run_for(minutes{10});
    ASSERT_EQ(s.state_of(before), Delivery::received);
    s.world.back_up_centre();
    // After the backup it acknowledges one and has a part of its photos.
    int slices = 0;
    s.world.script = [&](const Machine&, const Kind& of) {
        return std::optional(of.what == "slice" && ++slices > 1 ? Fate::refused : Fate::delivered);
    };
    const Intent& after = s.world.hand_in(0, true, 2);
    s.run_for(minutes{10});
    ASSERT_GT(slices, 1);
    ASSERT_EQ(s.cases_of(after), 1);
    ASSERT_EQ(s.state_of(after), Delivery::sending);
    s.world.restore_centre();
    ASSERT_EQ(s.cases_of(after), 0);
    s.world.run_until_drained();
    for (const Intent* intent : {&before, &after}) {
        EXPECT_EQ(s.cases_of(*intent), 1);
        EXPECT_EQ(s.state_of(*intent), Delivery::received);
        EXPECT_TRUE(s.world.effect_of(intent->given.sub_id)->complete);
    }
}

// Also of what was deleted or written over since: every write that there ever was.
TEST(fault_matrix, row_66_no_byte_of_a_person_stands_on_a_disk_on_the_line_or_in_a_log) {
    const auto has_person = [](base::ByteView bytes) {
        return base::as_text(bytes).find(canary) != std::string_view::npos;
    };
    ASSERT_TRUE(has_person(base::to_bytes(submission_text(1, true)))) << "what is hunted for";
    Scenario s;
    std::size_t writes = 0, files = 0;
    const auto hunt = [&](const Machine& machine) {
        for (const auto& op : machine.disk->log()) {
            EXPECT_FALSE(has_person(op.bytes));
            writes += op.bytes.empty() ? 0 : 1;
        }
        for (const auto& line : machine.log.lines) EXPECT_EQ(line.find(canary), std::string::npos);
    };
    s.fate_of("slice", Fate::lost_before, 2);
    s.world.hand_in(0, true, 2);
    s.world.hand_in(0, false, 1);  // what the centre sets aside
    s.run_for(minutes{20});
    hunt(s.machine());
    s.world.cut_power(s.machine(), s.machine().disk->log().size());
    s.world.run_until_drained();  // the line is watched by the checks (I14)
    hunt(s.machine());
    EXPECT_GT(writes, 100u);
    s.world.stop_centre();
    for (const auto& entry : std::filesystem::recursive_directory_iterator(s.world.folder())) {
        if (!entry.is_regular_file()) continue;
        ++files;
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(file)), {});
        EXPECT_EQ(bytes.find(canary), std::string::npos) << entry.path();
    }
    EXPECT_GT(files, 2u);
}

}  // namespace
}  // namespace simulator
