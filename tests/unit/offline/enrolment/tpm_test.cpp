// The terminal's key behind a TPM 2.0: swtpm plays the chip, over its own protocol.
#include "offline/enrolment/key_store.hpp"
#include "tests/tools/free_port.hpp"
#include "tests/unit/offline/enrolment/enrolment_world.hpp"

#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace {

using namespace offline_test;
using namespace std::chrono_literals;
using papers::wire::KeyStoreKind;

constexpr const char* program = "/usr/bin/swtpm";

// One chip, whose seeds lie in its folder; unplugged when it ends.
class Chip {
  public:
    explicit Chip(const std::string& folder) : port_(tools::free_port()) {
        // tpm2-tss takes the next port for the control channel.
        fs::create_directories(folder);
        const std::string state = "dir=" + folder;
        const std::string server = "type=tcp,port=" + std::to_string(port_);
        const std::string control = "type=tcp,port=" + std::to_string(port_ + 1);
        std::vector<std::string> words{program,
                                       "socket",
                                       "--tpm2",
                                       "--tpmstate",
                                       state,
                                       "--server",
                                       server,
                                       "--ctrl",
                                       control,
                                       "--flags",
                                       "not-need-init,startup-clear"};
        std::vector<char*> arguments;
        for (auto& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        EXPECT_EQ(::posix_spawn(&child_, program, nullptr, nullptr, arguments.data(), environ), 0);
        wait_until_it_listens();
    }
    ~Chip() { unplug(); }
    Chip(const Chip&) = delete;
    Chip& operator=(const Chip&) = delete;

    void unplug() {
        if (child_ <= 0) return;
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
        child_ = 0;
    }
    std::string way() const { return "swtpm:port=" + std::to_string(port_); }

  private:
    void wait_until_it_listens() const {
        const auto give_up = std::chrono::steady_clock::now() + 10s;
        while (std::chrono::steady_clock::now() < give_up) {
            const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            sockaddr_in address{};
            address.sin_family = AF_INET;
            address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            address.sin_port = htons(static_cast<std::uint16_t>(port_ + 1));
            const bool listens =
                ::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
            ::close(descriptor);
            if (listens) return;
            std::this_thread::yield();
        }
        ADD_FAILURE() << "swtpm does not listen";
    }

    int port_;
    pid_t child_ = 0;
};

class tpm : public testing::TestWithParam<sealing::SuiteId> {
  protected:
    void SetUp() override {
        if (::access(program, X_OK) != 0) GTEST_SKIP() << "swtpm is not installed";
    }
    FaultCode fault_of_opening(const std::string& way) {
        machine.places.tpm = way;
        const auto here = machine.in_place();
        return here ? FaultCode::InternalError : here.error().code;
    }

    Folder folder;
    World world{GetParam()};
    base::ManualClock clock{start};
    base::NoEventLog log;
    EnrollingCentre centre{world, folder / "intake", clock, log};
    Machine machine{world, folder / "machine", store::real_disk()};
};

INSTANTIATE_TEST_SUITE_P(suite, tpm,
                         testing::Values(sealing::SuiteId::one, sealing::SuiteId::national),
                         [](const auto& of) { return std::string(domain::name(of.param)); });

TEST_P(tpm, the_terminals_key_is_opened_by_its_chip_only_and_the_record_says_so) {
    const Chip chip(folder / "chip");
    machine.places.tpm = chip.way();
    const auto enrolled = machine.enrol(centre.invite(), centre.line());
    ASSERT_TRUE(enrolled) << enrolled.error().safe_detail;
    EXPECT_EQ(enrolled->facts.key_store, KeyStoreKind::tpm);
    const auto here = machine.in_place();
    ASSERT_TRUE(here) << here.error().safe_detail;
    EXPECT_EQ(here->key.public_key(), enrolled->certificate.key);
    const auto file = base::read_file(machine.places.terminal_key).value();
    EXPECT_EQ(base::as_text(file).find("secret"), std::string_view::npos);
    EXPECT_FALSE(enrolment::file_key_store().open(file, world.realm)) << "without the chip";
}

TEST_P(tpm, a_cloned_disk_opens_nothing_on_another_machine) {
    const Chip own(folder / "chip"), others(folder / "other_chip");
    machine.places.tpm = own.way();
    ASSERT_TRUE(machine.enrol(centre.invite(), centre.line()));
    EXPECT_EQ(fault_of_opening(others.way()), FaultCode::KeyStoreUnavailable);
    EXPECT_EQ(fault_of_opening(own.way()), FaultCode::InternalError) << "its own still opens";
}

TEST_P(tpm, a_dead_chip_is_said_and_no_key_is_made_in_a_file_instead) {
    Chip chip(folder / "chip");
    machine.places.tpm = chip.way();
    ASSERT_TRUE(machine.enrol(centre.invite(), centre.line()));
    chip.unplug();
    EXPECT_EQ(fault_of_opening(chip.way()), FaultCode::KeyStoreUnavailable);
    Machine fresh(world, folder / "fresh", store::real_disk());
    fresh.places.tpm = chip.way();
    const int asked = centre.asked;
    const auto refused = fresh.enrol(centre.invite(), centre.line());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, FaultCode::KeyStoreUnavailable);
    EXPECT_EQ(centre.asked, asked) << "nothing was asked of the centre";
    EXPECT_FALSE(fs::exists(fresh.places.terminal_key));
    EXPECT_FALSE(fs::exists(fresh.places.pending_key()));
}

TEST_P(tpm, a_chip_that_was_off_for_a_while_opens_it_again) {
    {
        const Chip chip(folder / "chip");
        machine.places.tpm = chip.way();
        ASSERT_TRUE(machine.enrol(centre.invite(), centre.line()));
    }
    const Chip again(folder / "chip");  // the same seeds
    machine.places.tpm = again.way();
    const auto here = machine.in_place();
    EXPECT_TRUE(here) << here.error().safe_detail;
}

TEST_P(tpm, a_renewal_keeps_the_key_where_it_is) {
    ASSERT_TRUE(machine.enrol(centre.invite(), centre.line()));
    const Chip chip(folder / "chip");
    machine.places.tpm = chip.way();  // configured later: the key in the file stays in use
    clock.forward(24h * 300);
    const auto renewed = machine.renew(centre.line());
    ASSERT_TRUE(renewed) << renewed.error().safe_detail;
    EXPECT_EQ(renewed->facts.key_store, KeyStoreKind::file);
    EXPECT_TRUE(machine.in_place());
}

TEST_P(tpm, a_key_file_that_was_touched_opens_nothing) {
    const Chip chip(folder / "chip");
    machine.places.tpm = chip.way();
    ASSERT_TRUE(machine.enrol(centre.invite(), centre.line()));
    const auto whole = base::read_file(machine.places.terminal_key).value();
    for (std::size_t at = 40; at + 2 < whole.size(); at += whole.size() / 23) {
        auto touched = whole;
        touched[at] = touched[at] == 'A' ? 'B' : 'A';
        ASSERT_TRUE(base::write_file(machine.places.terminal_key, touched));
        EXPECT_NE(fault_of_opening(chip.way()), FaultCode::InternalError) << at;
    }
}

}  // namespace
