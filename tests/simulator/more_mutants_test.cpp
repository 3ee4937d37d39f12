// Mistakes that each break one of the other invariants.
#include "offline/sealing/signing.hpp"
#include "offline/store/database.hpp"
#include "tests/simulator/checks/checks.hpp"
#include "tests/simulator/mutants.hpp"
#include "tests/simulator/scenario.hpp"

namespace simulator {
namespace {

using namespace offline;
using base::Millis;

// What the world noticed by now; the world goes on.
std::string breaches_of(World& world) {
    std::string out;
    for (const auto& breach : std::exchange(world.breaches, {})) out += breach.invariant + " ";
    return out;
}

// The app hears no, but the submission was kept.
class SaysNo final : public AroundPost {
  public:
    using AroundPost::AroundPost;
    base::Result<domain::LocalReceipt> accept(const outbox::Acceptance& given) override {
        const auto kept = AroundPost::accept(given);
        if (!kept) return kept;
        return base::fail(base::FaultCode::DiskFull);
    }
};
TEST(mutants, a_terminal_that_says_no_to_what_it_kept_is_found) {
    EXPECT_GT(seeds_until("I3", with_post<SaysNo>(), 20), 0);
}

TEST(mutants, a_photo_that_is_gone_from_the_disk_is_found) {
    Scenario s;
    s.machine().partitioned = true;
    const Intent& intent = s.world.hand_in(0, true, 2);
    ASSERT_EQ(intent.told, Told::kept);
    const auto check = terminal_checks(s.world);
    check->after_boot(s.machine());
    EXPECT_EQ(breaches_of(s.world), "");
    int removed = 0;
    for (const auto& [path, bytes] : s.machine().disk->now())
        if (path.find("/attachments/") != std::string::npos) {
            ASSERT_TRUE(s.machine().disk->remove(path));
            ++removed;
        }
    ASSERT_GT(removed, 0);
    check->after_boot(s.machine());
    EXPECT_NE(breaches_of(s.world).find("I4"), std::string::npos);
}

// Says that half a slice more is durable than it has.
class Boasts final : public AroundCentre {
  public:
    using AroundCentre::AroundCentre;
    sync::Answer handle(const sync::Exchange& exchange) override {
        auto answer = AroundCentre::handle(exchange);
        const auto offset = papers::upload::offset_in(answer.headers);
        if (!offset || offset->complete) return answer;
        auto more = *offset;
        more.at = std::min(more.length, more.at + (papers::upload::slice_bytes_min / 2));
        answer.headers = papers::upload::headers_of(more);
        return answer;
    }
};
TEST(mutants, a_centre_that_acknowledges_what_it_does_not_have_is_found) {
    EXPECT_GT(seeds_until("I6", with_centre<Boasts>(), 20), 0);
}

class LosesPhotos final : public AroundCentre {
  public:
    using AroundCentre::AroundCentre;
    base::Bytes attachment(const std::string& id) override {
        auto bytes = AroundCentre::attachment(id);
        if (complete_) bytes.clear();
        return bytes;
    }
    sync::Answer handle(const sync::Exchange& exchange) override {
        auto answer = AroundCentre::handle(exchange);
        complete_ = kind_of(exchange).what == "slice" && answer.status == 200;
        return answer;
    }

  private:
    bool complete_ = false;
};
TEST(mutants, a_centre_that_completes_without_the_photos_is_found) {
    EXPECT_GT(seeds_until("I7", with_centre<LosesPhotos>(), 20), 0);
}

// Whoever brings other content last is right.
class WritesOver final : public AroundCentre {
  public:
    using AroundCentre::AroundCentre;
    sync::Answer handle(const sync::Exchange& exchange) override {
        if (kind_of(exchange).what == "submit")
            if (const auto delivered = papers::wire::delivered(exchange.body))
                if (const auto manifest = papers::Manifest::parse(delivered->manifest))
                    newest_[manifest->sub_id] = sealing::digest(suite, delivered->manifest);
        return AroundCentre::handle(exchange);
    }
    const std::vector<Effect>& effects() override {
        all_ = AroundCentre::effects();
        for (auto& effect : all_)
            if (newest_.contains(effect.sub_id)) effect.manifest_digest = newest_.at(effect.sub_id);
        return all_;
    }

  private:
    std::map<domain::SubId, sealing::Digest> newest_;
    std::vector<Effect> all_;
};
TEST(mutants, a_centre_that_writes_over_what_it_has_is_found) {
    EXPECT_GT(seeds_until("I8", with_centre<WritesOver>(), 200), 0);
}

// Of a machine that is off, somebody changes the tables.
std::string noticed_after(const std::string& statement) {
    Scenario s;
    s.machine().partitioned = true;
    for (int i = 0; i < 3; ++i) s.world.hand_in(0);
    s.world.kill(s.machine());
    const auto check = table_checks(s.world);
    check->after_boot(s.machine());
    EXPECT_EQ(breaches_of(s.world), "");
    {
        auto database = store::Database::open(outbox::database_path(outbox_folder, 0),
                                              store::Access::owner_only, *s.machine().disk);
        EXPECT_TRUE(database && database->execute(statement));
    }
    check->after_boot(s.machine());
    return breaches_of(s.world);
}
TEST(mutants, a_row_that_is_gone_and_a_chain_that_leads_elsewhere_are_found) {
    EXPECT_EQ(noticed_after("DELETE FROM submission WHERE seq = 2"), "I9 ");
    EXPECT_EQ(noticed_after("DELETE FROM submission WHERE seq = 3"), "I9 ");
    EXPECT_EQ(noticed_after("UPDATE terminal SET chain_head = zeroblob(32)"), "I13 ");
    EXPECT_EQ(noticed_after("UPDATE submission SET manifest_digest = zeroblob(32) WHERE seq = 1"),
              "I13 ");
}

// Sends again at once whatever failed, and nothing else meanwhile.
class Insists final : public AroundPost {
  public:
    Insists(std::unique_ptr<Post> inner, std::shared_ptr<Post::Send> again,
            std::shared_ptr<std::map<std::int64_t, sync::Exchange>> sent)
        : AroundPost(std::move(inner)), again_(std::move(again)), sent_(std::move(sent)) {}
    void answered(std::int64_t reference, const base::Result<sync::Answer>& answer) override {
        if (!answer || answer->status != 500 || !sent_->contains(reference))
            return AroundPost::answered(reference, answer);
        (*again_)(reference, sent_->at(reference));
    }

  private:
    std::shared_ptr<Post::Send> again_;
    std::shared_ptr<std::map<std::int64_t, sync::Exchange>> sent_;
};
Makers insisting() {
    Makers makers;
    makers.post = [](PostParts parts) -> base::Result<std::unique_ptr<Post>> {
        const auto again = std::make_shared<Post::Send>(parts.send);
        const auto sent = std::make_shared<std::map<std::int64_t, sync::Exchange>>();
        parts.send = [again, sent](std::int64_t reference, sync::Exchange exchange) {
            (*sent)[reference] = exchange;
            (*again)(reference, std::move(exchange));
        };
        return std::make_unique<Insists>(TRY(make_post(std::move(parts))), again, sent);
    };
    return makers;
}
TEST(mutants, a_terminal_that_insists_on_a_poisoned_one_is_found) {
    Swarm calm;
    calm.submissions = 0;
    for (const bool mutant : {false, true}) {
        World world(1, calm, mutant ? insisting() : Makers{});
        world.hand_in(0).centre_fails_on_it = true;
        world.run_for(std::chrono::minutes{1});
        world.hand_in(0);
        world.run_for(std::chrono::minutes{1});
        EXPECT_EQ(breaches_of(world), mutant ? "I11 " : "");
    }
}

// Takes a centre that has no time for one that failed.
class DoesNotWait final : public AroundPost {
  public:
    using AroundPost::AroundPost;
    void answered(std::int64_t reference, const base::Result<sync::Answer>& answer) override {
        auto heard = answer;
        if (heard && heard->status == 503) {
            heard->status = 500;
            heard->retry_after = Millis{0};
        }
        AroundPost::answered(reference, heard);
    }
};
TEST(mutants, a_terminal_that_does_not_wait_as_it_was_asked_is_found) {
    EXPECT_GT(seeds_until("I19", with_post<DoesNotWait>(), 40), 0);
}

// The disk is full, the log has no page left, and the centre answers.
TEST(mutants, a_ballast_that_frees_nothing_is_found) {
    Swarm calm;
    calm.submissions = 0;
    for (const bool mutant : {false, true}) {
        Makers makers;
        makers.post = [mutant](PostParts parts) {
            if (mutant) parts.ballast = 1;
            return make_post(std::move(parts));
        };
        World world(1, calm, makers);
        Machine& machine = *world.machines().front();
        const std::string ballast = std::string(outbox_folder) + "/outbox.ballast";
        machine.partitioned = true;
        // Enough that the log has pages for which the database must grow.
        for (int i = 0; i < 12; ++i) EXPECT_EQ(world.hand_in(0).told, Told::kept);
        EXPECT_TRUE(machine.disk->exists(ballast));
        machine.disk->leave_room(0);
        auto& outbox = machine.post->outbox();
        const std::int64_t seq = world.intents().front()->slip->seq;
        int written = 0;
        constexpr int more_than_a_log_has = 5'000;
        while (written < more_than_a_log_has &&
               outbox.attempt_failed(seq, base::FaultCode::NetworkUnreachable))
            ++written;
        EXPECT_LT(written, more_than_a_log_has);
        machine.partitioned = false;
        world.step(machine, "has its line back", [&] { machine.post->line_came_back(); });
        world.run_for(std::chrono::minutes{10});
        const std::string found = breaches_of(world);
        if (mutant) {
            EXPECT_NE(found.find("I16"), std::string::npos);
        } else {
            EXPECT_EQ(found, "");
            EXPECT_FALSE(machine.disk->exists(ballast)) << "it was given up";
            EXPECT_TRUE(outbox.waiting()->empty());
        }
    }
}

// Begins each time without what it was told.
TEST(mutants, a_terminal_that_forgets_its_time_floor_is_found) {
    Makers makers;
    makers.post = [](PostParts parts) {
        [[maybe_unused]] const auto ignored =
            parts.disk.remove(std::string(outbox_folder) + "/clock.floor");
        return make_post(std::move(parts));
    };
    EXPECT_GT(seeds_until("I17", makers, 20), 0);
}

class SignsAnew final : public AroundCentre {
  public:
    using AroundCentre::AroundCentre;
    sync::Answer handle(const sync::Exchange& exchange) override {
        auto answer = AroundCentre::handle(exchange);
        const auto bytes = papers::wire::receipt(answer.body);
        if (!bytes) return answer;
        auto receipt = papers::CentreReceipt::verify(*bytes, parts_.realm.keys());
        if (!receipt) return answer;
        receipt->server_time = parts_.clock.now() + Millis{++answers_};
        const auto key = parts_.realm.intake.receipt_key(suite, parts_.clock.now());
        answer.body = papers::wire::encode_receipt(receipt->sign(*key).value());
        return answer;
    }

  private:
    int answers_ = 0;
};
TEST(mutants, a_centre_that_signs_anew_each_time_is_found) {
    EXPECT_GT(seeds_until("I12", with_centre<SignsAnew>(), 20), 0);
}

TEST(mutants, a_person_on_the_line_and_in_a_log_is_found) {
    Makers tells_the_line, tells_the_log;
    tells_the_line.post = [](PostParts parts) {
        parts.send = [send = std::move(parts.send)](std::int64_t reference,
                                                    sync::Exchange exchange) {
            const auto name = base::to_bytes(canary);
            exchange.body.insert(exchange.body.end(), name.begin(), name.end());
            send(reference, std::move(exchange));
        };
        return make_post(std::move(parts));
    };
    tells_the_log.post = [](PostParts parts) {
        parts.log.write_line(canary);
        return make_post(std::move(parts));
    };
    EXPECT_GT(seeds_until("I14", tells_the_line, 5), 0);
    EXPECT_GT(seeds_until("I21", tells_the_log, 20), 0);
}

// After some looks it thinks that there is nothing to do.
class FallsAsleep final : public AroundPost {
  public:
    using AroundPost::AroundPost;
    base::Millis tick() override {
        return ++ticks_ > 3 ? Millis{std::int64_t{1} << 40} : AroundPost::tick();
    }

  private:
    int ticks_ = 0;
};
TEST(mutants, a_terminal_that_falls_asleep_is_found) {
    EXPECT_GT(seeds_until("I15", with_post<FallsAsleep>(), 20), 0);
}

}  // namespace
}  // namespace simulator
