// Signing in off the main thread, the audit record, and the log's last lines.
#include "app/technician/desk.hpp"
#include "app/technician/recent_events.hpp"
#include "offline/papers/maintenance_answer.hpp"
#include "provisioning/enrolment/training_keys.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <mutex>

namespace app {
namespace {

namespace fs = std::filesystem;
namespace papers = offline::papers;
namespace sealing = offline::sealing;
using namespace std::chrono_literals;
using base::FaultCode;
using domain::Right;

class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::string name = (fs::temp_directory_path() / "technician.XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    ~TemporaryFolder() { fs::remove_all(path_); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    std::string operator/(const std::string& name) const { return path_ + "/" + name; }
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

struct Heard final : base::EventLog {
    void write_line(std::string line) override {
        const std::lock_guard lock(mutex);
        lines.push_back(std::move(line));
    }
    bool has(const std::string& part) {
        const std::lock_guard lock(mutex);
        return std::any_of(lines.begin(), lines.end(),
                           [&](const auto& line) { return line.find(part) != std::string::npos; });
    }
    std::mutex mutex;
    std::vector<std::string> lines;
};

const base::Instant morning{base::Millis{1795311660000}};  // 2026-11-22T09:41:00+08:00

base::SecretText text(std::string value) {
    return base::SecretText(std::move(value));
}

// A centre with its keys, a list on which one person stands, and a terminal's desk.
class Desk : public testing::Test {
  protected:
    Desk() { list(1); }
    static sealing::KeySet keys_of(const sealing::SigningKey& feed) {
        const auto root = sealing::SigningKey::generate();
        const auto intake = sealing::IntakeKeys::generate(domain::Realm::training);
        const auto set = provisioning::enrolment::key_set_of(
            intake, sealing::SigningKey::generate().public_key(), &feed.public_key());
        return sealing::KeySet::verify(set.issue(root).value(),
                                       {domain::Realm::training, root.public_key()})
            .value();
    }
    void list(std::int64_t version, base::Instant until = sealing::without_end,
              const sealing::SigningKey* by = nullptr) {
        papers::TechnicianRoster roster;
        roster.realm = domain::Realm::training;
        roster.version = version;
        roster.issued_at = morning;
        roster.valid_until = until;
        roster.entries = {papers::roster_entry({"T-0007", {Right::courier}}, text("card"),
                                               text("246810"), {1, 2, 3}, sealing::without_end)
                              .value()};
        ASSERT_TRUE(base::write_file(folder / "list", roster.issue(by ? *by : feed).value()));
    }
    // A desk of its own each time: what outlives it stands in the folder.
    session::TechnicianChecked sign_in(const std::string& card, const std::string& pin) {
        Inbox inbox;
        {
            TechnicianDesk desk({folder.path(), folder / "list", terminal}, clock, log, inbox);
            desk.check({1, 2}, keys, text(card), text(pin));
        }
        return checked(inbox);
    }
    session::TechnicianChecked answer(const papers::MaintenanceChallenge& challenge,
                                      const std::string& shown) {
        Inbox inbox;
        {
            TechnicianDesk desk({folder.path(), folder / "list", terminal}, clock, log, inbox);
            desk.check_answer({1, 2}, keys, challenge.since, challenge.nonce, text(shown));
        }
        return checked(inbox);
    }
    static session::TechnicianChecked checked(Inbox& inbox) {
        while (auto item = inbox.take())
            if (auto* found = std::get_if<session::TechnicianChecked>(&*item)) return *found;
        ADD_FAILURE() << "no answer";
        return {{}, base::fail(FaultCode::InternalError), {}};
    }
    FaultCode refusal(const std::string& card, const std::string& pin) {
        const auto now = sign_in(card, pin);
        EXPECT_FALSE(now.who);
        return now.who ? FaultCode::InternalError : now.who.error().code;
    }

    TemporaryFolder folder;
    base::ManualClock clock{morning};
    Heard log;
    const std::string terminal = "000101001001001";
    sealing::SigningKey feed = sealing::SigningKey::generate();
    sealing::KeySet keys = keys_of(feed);
};

TEST_F(Desk, card_and_pin_of_the_list_open_and_nothing_of_either_is_written_anywhere) {
    const auto now = sign_in("card", "246810");
    ASSERT_TRUE(now.who);
    EXPECT_EQ(now.who->label, "T-0007");
    EXPECT_EQ(now.who->rights, std::set<Right>{Right::courier});
    EXPECT_EQ(refusal("card", "246811"), FaultCode::TechnicianRefused);
    for (const auto& entry : fs::recursive_directory_iterator(folder.path()))
        if (entry.is_regular_file()) {
            const auto bytes = base::read_file(entry.path().string()).value();
            EXPECT_EQ(base::as_text(bytes).find("24681"), std::string_view::npos) << entry.path();
        }
    EXPECT_FALSE(log.has("24681"));
    EXPECT_TRUE(log.has("T-0007"));
}

TEST_F(Desk, TechnicianLocked_after_fifteen_wrong_pins_with_a_restart_between_each) {
    auto wait = 15s;
    for (int wrong = 1; wrong <= domain::wrong_tries_max; ++wrong) {
        const auto now = sign_in("card", "111111");
        ASSERT_FALSE(now.who);
        EXPECT_EQ(now.gate.wrong, wrong);
        EXPECT_EQ(now.who.error().code, wrong < domain::wrong_tries_max
                                            ? FaultCode::TechnicianRefused
                                            : FaultCode::TechnicianLocked);
        if (wrong == domain::wrong_tries_max) break;
        EXPECT_EQ(refusal("card", "246810"), FaultCode::TechnicianMustWait) << wrong;
        clock.forward(wait - 1s);
        EXPECT_EQ(refusal("card", "246810"), FaultCode::TechnicianMustWait) << wrong;
        clock.forward(1s);
        wait = std::min<std::chrono::seconds>(2 * wait, 3600s);
    }
    EXPECT_EQ(AuditLog(folder / "audit").read(100).lines, domain::wrong_tries_max)
        << "tries that were not even judged fill no record";
    clock.forward(std::chrono::hours{1000});
    EXPECT_EQ(refusal("card", "246810"), FaultCode::TechnicianLocked) << "the right one, too";
    // Only the centre opens it again.
    const papers::MaintenanceChallenge challenge{terminal, clock.now(), {7}};
    const auto opened =
        answer(challenge,
               papers::maintenance_answer(challenge, {"T-0009", {Right::machine}}, feed).value());
    ASSERT_TRUE(opened.who);
    EXPECT_EQ(opened.who->label, "T-0009");
    EXPECT_TRUE(sign_in("card", "246810").who);
}

TEST_F(Desk, a_clock_that_falls_back_makes_no_try_free) {
    EXPECT_EQ(refusal("card", "111111"), FaultCode::TechnicianRefused);
    clock.forward(std::chrono::hours{-24 * 365});
    EXPECT_EQ(refusal("card", "246810"), FaultCode::TechnicianMustWait);
}

TEST_F(Desk, SignatureWrong_and_RosterOutdated_a_list_that_does_not_hold_lets_nobody_in) {
    const auto stranger = sealing::SigningKey::generate();
    list(2, sealing::without_end, &stranger);
    EXPECT_EQ(refusal("card", "246810"), FaultCode::KeyUnknown);
    list(3);
    ASSERT_TRUE(sign_in("card", "246810").who);
    list(2);
    EXPECT_EQ(refusal("card", "246810"), FaultCode::RosterOutdated) << "an older one came back";
    list(4, morning);
    EXPECT_EQ(refusal("card", "246810"), FaultCode::RosterOutdated);
    list(5);
    auto bytes = base::read_file(folder / "list").value();
    const std::string changed = [&] {
        std::string all(base::as_text(bytes));
        return all.replace(all.find("courier"), 7, "machine");
    }();
    ASSERT_TRUE(base::write_file(folder / "list", base::to_bytes(changed)));
    EXPECT_EQ(refusal("card", "246810"), FaultCode::SignatureWrong) << "rights are signed, too";
    // None of it was a wrong PIN: nobody is made to wait.
    list(6);
    EXPECT_TRUE(sign_in("card", "246810").who);
}

TEST_F(Desk, AnswerWrong_an_answer_serves_one_challenge_of_one_terminal_and_not_for_long) {
    const papers::MaintenanceChallenge challenge{terminal, clock.now(), {7}};
    const domain::Technician who{"T-0007", {Right::machine}};
    const auto good = papers::maintenance_answer(challenge, who, feed).value();
    auto other_nonce = challenge;
    other_nonce.nonce = {8};
    auto other_terminal = challenge;
    other_terminal.terminal = "000101001001002";
    const auto wrong = [&](const std::string& shown) {
        const auto now = answer(challenge, shown);
        return !now.who && now.who.error().code == FaultCode::AnswerWrong;
    };
    EXPECT_TRUE(wrong(papers::maintenance_answer(other_nonce, who, feed).value()));
    EXPECT_TRUE(wrong(papers::maintenance_answer(other_terminal, who, feed).value()));
    EXPECT_TRUE(
        wrong(papers::maintenance_answer(challenge, who, sealing::SigningKey::generate()).value()));
    auto more = good;
    more.replace(more.find("machine"), 7, "courier");
    EXPECT_TRUE(wrong(more));
    EXPECT_TRUE(wrong(""));
    EXPECT_TRUE(wrong(std::string(100'000, 'A')));
    clock.forward(14min);
    EXPECT_TRUE(answer(challenge, good).who);
    clock.forward(1min);
    EXPECT_TRUE(wrong(good));
    // Tries of strangers with codes make nobody wait who has a card.
    EXPECT_TRUE(sign_in("card", "246810").who);
}

TEST_F(Desk, a_pause_is_there_after_a_restart_and_gone_when_it_was_ended) {
    const domain::ServicePause pause{domain::PauseReason::paper, domain::PauseLength::two_hours,
                                     morning};
    Inbox inbox;
    EXPECT_FALSE(TechnicianDesk::kept_pause(folder.path()));
    for (const auto& wanted : {std::optional(pause), std::optional<domain::ServicePause>{}}) {
        TechnicianDesk({folder.path(), {}, terminal}, clock, log, inbox).keep_pause(wanted);
        EXPECT_EQ(TechnicianDesk::kept_pause(folder.path()), wanted);
    }
}

// ---- the audit record

domain::AuditLine line(int number, base::Instant at = morning) {
    return {at + std::chrono::seconds{number}, "T-0007", "act_" + std::to_string(number), "done"};
}
std::string only_file(const std::string& folder) {
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".log") return entry.path().string();
    return {};
}
std::string content(const std::string& path) {
    return std::string(base::as_text(base::read_file(path).value()));
}
void rewrite(const std::string& path, const std::string& with) {
    std::ofstream(path, std::ios::trunc) << with;
}

class AuditRecord : public testing::Test {
  protected:
    TemporaryFolder folder;
    AuditLog record{folder.path()};
    void write(int from, int to) {
        for (int i = from; i <= to; ++i) ASSERT_TRUE(record.append(line(i)));
    }
};

TEST_F(AuditRecord, the_newest_lines_come_first_and_the_chain_holds) {
    EXPECT_FALSE(record.read(10).broken) << "an empty one is whole";
    write(1, 5);
    const auto now = record.read(3);
    EXPECT_FALSE(now.broken);
    EXPECT_EQ(now.lines, 5);
    ASSERT_EQ(now.newest.size(), 3U);
    EXPECT_EQ(now.newest.front(), line(5));
}

TEST_F(AuditRecord, AuditBroken_a_line_changed_taken_out_put_in_or_cut_off_is_seen) {
    write(1, 4);
    const auto file = only_file(folder.path());
    const auto whole = content(file);
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < whole.size();) {
        const auto end = whole.find('\n', at) + 1;
        lines.push_back(whole.substr(at, end - at));
        at = end;
    }
    ASSERT_EQ(lines.size(), 4U);
    auto changed = lines;
    changed[1].replace(changed[1].find("done"), 4, "gone");
    const auto joined = [](const std::vector<std::string>& parts) {
        std::string out;
        for (const auto& part : parts) out += part;
        return out;
    };
    for (const auto& forged :
         {joined(changed), lines[0] + lines[1] + lines[3], lines[0] + lines[0] + lines[1],
          lines[1] + lines[0] + lines[2] + lines[3], lines[0] + lines[1], lines[2] + lines[3],
          std::string()}) {
        rewrite(file, forged);
        EXPECT_TRUE(record.read(10).broken) << forged;
    }
    // It goes on all the same, and stays broken.
    rewrite(file, joined(changed));
    write(5, 6);
    EXPECT_TRUE(record.read(10).broken);
    EXPECT_EQ(record.read(10).newest.front(), line(6));
    rewrite(file, whole);
    fs::remove(file);
    EXPECT_TRUE(record.read(10).broken) << "the file is gone and the head knows better";
}

TEST_F(AuditRecord, a_power_cut_at_any_byte_of_a_line_breaks_nothing) {
    write(1, 3);
    const auto file = only_file(folder.path());
    const auto head = folder / "head";
    const auto before = content(file), head_before = content(head);
    write(4, 4);
    const auto after = content(file);
    for (auto cut = before.size(); cut <= after.size(); ++cut) {
        // The line came so far; the head was not reached.
        rewrite(file, after.substr(0, cut));
        rewrite(head, head_before);
        EXPECT_FALSE(record.read(10).broken) << cut;
        ASSERT_TRUE(record.append(line(9)));
        EXPECT_FALSE(record.read(10).broken) << cut;
        EXPECT_EQ(record.read(1).newest.front(), line(9)) << cut;
    }
}

TEST_F(AuditRecord, ten_months_stay_so_that_184_days_are_always_there) {
    for (int month = 0; month < 14; ++month)
        ASSERT_TRUE(record.append(line(month, morning + std::chrono::hours{24 * 31 * month})));
    const auto now = record.read(100);
    EXPECT_FALSE(now.broken) << "what was rotated away is no forgery";
    EXPECT_EQ(now.lines, static_cast<std::int64_t>(AuditLog::months_kept));
    EXPECT_GE(now.newest.front().at - now.newest.back().at, std::chrono::hours{24 * 184});
    // A clock gone mad costs one month and not the record.
    ASSERT_TRUE(record.append(line(1, morning + std::chrono::hours{24 * 365 * 70})));
    EXPECT_EQ(record.read(100).lines, static_cast<std::int64_t>(AuditLog::months_kept));
}

TEST_F(AuditRecord, a_clock_that_jumps_to_and_fro_takes_no_line_away) {
    for (int visit = 0; visit < 15; ++visit) {
        ASSERT_TRUE(record.append(line(visit)));
        ASSERT_TRUE(record.append(line(visit, base::Instant{})));  // 1970
    }
    EXPECT_FALSE(record.read(1).broken);
    EXPECT_EQ(record.read(1).lines, 30);
}

// ---- the log's last lines

TEST(recent_events, are_the_typed_words_of_the_log_newest_first_and_bounded) {
    base::NoEventLog nowhere;
    base::ManualClock clock{morning};
    RecentEvents recent(nowhere, clock);
    for (int i = 0; i < 150; ++i) recent.record(base::log::CodesIgnored{i});
    recent.record(base::log::TechnicianActed{"T-0007", "pause", "maintenance"});
    const auto lines = recent.newest();
    EXPECT_EQ(lines.size(), RecentEvents::kept);
    EXPECT_EQ(lines.front().event, "TechnicianActed");
    EXPECT_EQ(lines.front().detail, "label=T-0007 act=pause outcome=maintenance");
    EXPECT_EQ(lines.front().at, morning);
}

}  // namespace
}  // namespace app
