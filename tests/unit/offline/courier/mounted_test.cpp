// Real file systems in a file, mounted as the system mounts a stick: FAT where the kernel knows it,
// else ext4. Needs root and loop devices; says so when it has none.
#include "courier_fixture.hpp"
#include "run_program.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

namespace courier_test {
namespace {

bool runs(const std::vector<std::string>& command) {
    return run_program(command, "/dev/null", "/dev/null") == 0;
}

// An empty FAT16 of so many MiB (32 to 128), as FAT's own description has it.
base::Bytes empty_fat(std::uint32_t mebibytes) {
    constexpr std::uint32_t sector = 512, fat_sectors = 128;
    const std::uint32_t sectors = mebibytes * 2048;
    base::Bytes image(static_cast<std::size_t>(sectors) * sector);
    const auto put = [&image](std::size_t at, std::uint32_t value, int bytes) {
        for (int i = 0; i < bytes; ++i)
            image[at + static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(value >> (8 * i));
    };
    const auto text = [&image](std::size_t at, const std::string& words) {
        std::copy(words.begin(), words.end(), image.begin() + static_cast<std::ptrdiff_t>(at));
    };
    put(0, 0x903ceb, 3);
    text(3, "CWTEST  ");
    put(11, sector, 2);
    put(13, 4, 1);  // sectors of a cluster
    put(14, 1, 2);  // reserved
    put(16, 2, 1);  // FATs
    put(17, 512, 2);
    put(21, 0xf8, 1);
    put(22, fat_sectors, 2);
    put(24, 63, 2);
    put(26, 16, 2);
    put(32, sectors, 4);
    put(36, 0x80, 1);
    put(38, 0x29, 1);
    put(39, 0x01020304, 4);
    text(43, "CWTEST     FAT16   ");
    put(510, 0xaa55, 2);
    for (const std::size_t fat : {1u, 1u + fat_sectors}) put(fat * sector, 0xfffffff8, 4);
    return image;
}

class Mounted : public ::testing::Test {
  protected:
    void SetUp() override {
        if (::geteuid() != 0) GTEST_SKIP() << "mounting needs root";
        fs::create_directory(point);
        const auto bytes = empty_fat(40);
        std::ofstream(image, std::ios::binary)
            .write(reinterpret_cast<const char*>(bytes.data()),
                   static_cast<std::streamsize>(bytes.size()));
        if (!mount("nosuid,nodev,noexec") &&
            !(runs({"mkfs.ext4", "-q", "-F", image}) && mount("nosuid,nodev,noexec")))
            GTEST_SKIP() << "no loop devices, or neither FAT nor ext4 here";
    }
    void TearDown() override {
        if (is_mounted) runs({"umount", point});
    }
    bool mount(const std::string& how) {
        if (is_mounted) runs({"umount", point});
        is_mounted = runs({"mount", "-o", "loop," + how, image, point});
        return is_mounted;
    }

    World world;
    Folder folder;
    std::string image = folder / "image", point = folder / "mnt";
    bool is_mounted = false;
};

TEST_F(Mounted, a_mounted_stick_says_what_it_is) {
    const auto facts = open_medium(point).value()->facts().value();
    EXPECT_TRUE(facts.is_mounted);
    EXPECT_TRUE(facts.is_hardened);
    EXPECT_FALSE(facts.file_system.empty());
    EXPECT_FALSE(facts.identity.empty());
    EXPECT_TRUE(check_facts(facts, domain::Realm::service));
    ASSERT_TRUE(mount("nosuid"));
    const auto soft = open_medium(point).value()->facts().value();
    EXPECT_FALSE(soft.is_hardened);
    EXPECT_EQ(soft.identity, facts.identity);
    EXPECT_FALSE(check_facts(soft, domain::Realm::service));
    EXPECT_FALSE(open_medium(folder.path()).value()->facts().value().is_mounted);
}

TEST_F(Mounted, a_bundle_goes_there_and_back_over_a_real_file_system) {
    Terminal terminal(world, folder / "terminal");
    Centre centre(world, folder / "centre");
    const auto run = [&](auto what) {
        const auto medium = open_medium(point).value();
        return what(*medium);
    };
    ASSERT_TRUE(run([&](Medium& medium) {
        return register_stick(medium, terminal.sticks(), terminal.outbox.terminal());
    }));
    for (int i = 0; i < 5; ++i) terminal.accept();
    const auto exported = run([&](Medium& medium) {
        return Exporter(terminal.depot, medium, terminal.marks, terminal.outbox.terminal(),
                        terminal.keys, terminal.clock, terminal.log, {4096})
            .run(check_stick(medium, terminal.sticks(), terminal.outbox.terminal()).value());
    });
    ASSERT_TRUE(exported) << exported.error().safe_detail;
    EXPECT_EQ(exported->submissions, 5);
    // Out and in again: what is really on it.
    ASSERT_TRUE(mount("nosuid,nodev,noexec"));
    const auto imported_there = run([&](Medium& medium) {
        return Station(centre.door, medium, store::real_disk(), world.intake,
                       {world.pinned, world.key_set_file(), folder / "staging"}, centre.clock,
                       centre.log)
            .run();
    });
    ASSERT_TRUE(imported_there.value().at(0).status);
    ASSERT_TRUE(mount("nosuid,nodev,noexec"));
    const auto imported = run([&](Medium& medium) {
        return Importer(terminal.depot, medium, terminal.marks,
                        {store::real_disk(), folder / "copy"}, terminal.outbox.terminal(),
                        world.pinned, terminal.keys, terminal.log)
            .run();
    });
    EXPECT_EQ(imported.value().returns, 1);
    EXPECT_EQ(terminal.waiting(), 0u);
}

TEST_F(Mounted, a_full_or_read_only_stick_is_unfit_and_nothing_is_marked) {
    Terminal terminal(world, folder / "terminal");
    const auto stick = [&] {
        return register_stick(*open_medium(point).value(), terminal.sticks(),
                              terminal.outbox.terminal())
            .value();
    }();
    terminal.accept();
    const auto run = [&] {
        const auto medium = open_medium(point).value();
        return Exporter(terminal.depot, *medium, terminal.marks, terminal.outbox.terminal(),
                        terminal.keys, terminal.clock, terminal.log)
            .run(stick);
    };
    runs({"dd", "if=/dev/zero", "bs=1M", "of=" + point + "/filling"});  // until there is no room
    const auto full = run();
    ASSERT_FALSE(full);
    EXPECT_EQ(full.error().code, FaultCode::MediumUnfit);
    fs::remove(point + "/filling");
    ASSERT_TRUE(mount("ro,nosuid,nodev,noexec"));
    const auto read_only = run();
    ASSERT_FALSE(read_only);
    EXPECT_EQ(read_only.error().code, FaultCode::MediumUnfit);
    for (const auto& [id, mark] : terminal.marks.all()) EXPECT_FALSE(mark.verified);
    ASSERT_TRUE(mount("nosuid,nodev,noexec"));
    EXPECT_EQ(run().value().submissions, 1);
}

}  // namespace
}  // namespace courier_test
