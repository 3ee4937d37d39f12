// Several nodes over one PostgreSQL, and what happens when it goes away.
#include "offline/intake/applier.hpp"
#include "offline/intake/store/postgres/connection.hpp"
#include "tests/unit/offline/intake/private_postgres.hpp"
#include "tests/unit/offline/offline_fixture.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace {

using namespace offline_test;
using intake::sql::PostgresConnection;
namespace wire = papers::wire;

class intake_fleet : public testing::Test {
  protected:
    struct Sent {
        domain::SubId id;
        base::Bytes body;
    };

    void SetUp() override {
        if (!PrivatePostgres::is_installed())
            GTEST_SKIP() << "PostgreSQL 15 is not installed: provisioning/setup --tests";
        database = postgres().new_database();
    }
    static PrivatePostgres& postgres() { return PrivatePostgres::instance(); }

    std::unique_ptr<intake::IntakeService> node() {
        auto store = intake::IntakeStore::connect(postgres().url(database));
        auto service = std::make_unique<intake::IntakeService>(std::move(store).value(),
                                                               world.pinned, world.intake,
                                                               read_small_submission, clock, log);
        intake::IntakeLimits limits;
        limits.attachments_folder = folder / "attachments";  // shared by all nodes
        service->use(std::move(limits));
        return service;
    }
    std::vector<Sent> submissions(int count) {
        auto box =
            outbox::Outbox::open({folder / "outbox", 64 << 20}, world.terminal(), clock).value();
        std::vector<Sent> out;
        for (int i = 0; i < count; ++i) {
            const auto given = acceptance(world);
            const auto receipt = box.accept(given).value();
            const auto parcel = box.parcel(receipt.seq).value().value();
            out.push_back(
                {given.sub_id, wire::encode(wire::Delivered{world.certificate.file, parcel.manifest,
                                                            parcel.signature, parcel.envelope})});
        }
        return out;
    }
    std::int64_t rows(const std::string& of) {
        const auto connection = PostgresConnection::open(postgres().url(database)).value();
        return connection->run("SELECT count(*) FROM " + of, {}).value().front().integer(0);
    }
    // Every row that a decision writes.
    std::int64_t decided_rows() {
        return rows("case_file") + rows("refused") + rows("outbox") + rows("effect") +
               rows("number_of");
    }

    Folder folder;
    World world;
    base::ManualClock clock{start};
    base::NoEventLog log;
    std::string database;
};

TEST_F(intake_fleet, clients_32_racing_for_the_same_200_ids_get_one_row_one_effect_and_one_answer) {
    constexpr std::size_t clients = 32, ids = 200;
    const auto sent = submissions(ids);
    const auto one = node(), other = node();
    const intake::Applier applying(*one), applying_too(*other);
    std::mutex mutex;
    std::map<domain::SubId, std::set<base::Bytes>> first, second;
    std::atomic<int> not_taken = 0;
    {
        std::vector<std::jthread> all;
        for (std::size_t client = 0; client < clients; ++client)
            all.emplace_back([&, client] {
                intake::IntakeService& mine = client % 2 == 0 ? *one : *other;
                for (std::size_t i = 0; i < ids; ++i) {
                    const auto& each = sent[(i + client / 2) % ids];
                    const auto taken = mine.submit(terminal_id, each.id.text(), each.body);
                    const auto complete = mine.commit(terminal_id, each.id.text());
                    if (taken.status != 200 || complete.status != 200) ++not_taken;
                    std::lock_guard lock(mutex);
                    first[each.id].insert(taken.body);
                    second[each.id].insert(complete.body);
                }
            });
    }
    EXPECT_EQ(not_taken, 0);
    wait_until([&] { return rows("outbox") == 0; });
    EXPECT_EQ(rows("case_file"), 200);
    EXPECT_EQ(rows("effect"), 200);
    EXPECT_EQ(rows("case_file WHERE state = 'APPLIED'"), 200);
    EXPECT_EQ(first.size(), ids);
    for (const auto& [id, answers] : first) EXPECT_EQ(answers.size(), 1u) << id.text();
    for (const auto& [id, answers] : second) EXPECT_EQ(answers.size(), 1u) << id.text();
}

TEST_F(intake_fleet, postgres_killed_in_the_middle_of_traffic_loses_nothing_acknowledged) {
    const auto sent = submissions(150);
    const auto serving = node();
    const intake::Applier applying(*serving);
    std::mutex mutex;
    std::map<domain::SubId, base::Bytes> first, second;
    std::atomic<std::size_t> next = 0, done = 0;
    std::atomic<int> away = 0, other_answers = 0;
    const auto ask = [&](const Sent& each) {
        const auto taken = serving->submit(terminal_id, each.id.text(), each.body);
        const auto complete = taken.status == 200 ? serving->commit(terminal_id, each.id.text())
                                                  : intake::Reply{taken.status, {}};
        std::lock_guard lock(mutex);
        // Whatever was once answered stays the answer.
        for (const auto& [reply, known] :
             {std::pair{&taken, &first}, std::pair{&complete, &second}})
            if (reply->status == 200 && !known->emplace(each.id, reply->body).second &&
                known->at(each.id) != reply->body)
                ++other_answers;
        if (complete.status != 200) ++away;
        if (complete.status != 200 && complete.status != 503) ++other_answers;
        return complete.status == 200;
    };
    {
        std::vector<std::jthread> clients;
        for (int client = 0; client < 6; ++client)
            clients.emplace_back([&] {
                for (std::size_t i = next++; i < sent.size(); i = next++) {
                    wait_until([&] { return ask(sent[i]); });
                    ++done;
                }
            });
        for (int kill = 1; kill <= 3; ++kill) {
            wait_until([&] { return done >= static_cast<std::size_t>(kill) * 35; });
            postgres().kill_now();
            postgres().start();
        }
    }
    EXPECT_GT(away, 0) << "nobody noticed the kill";
    EXPECT_EQ(other_answers, 0);
    for (const auto& each : sent) EXPECT_TRUE(ask(each));
    EXPECT_EQ(other_answers, 0);
    wait_until([&] { return rows("outbox") == 0; });
    EXPECT_EQ(rows("case_file"), 150);
    EXPECT_EQ(rows("effect"), 150);
}

TEST_F(intake_fleet, fault_52_a_database_that_is_away_or_read_only_answers_503_and_keeps_nothing) {
    const auto sent = submissions(1).front();
    const auto serving = node();
    const auto submit = [&] { return serving->submit(terminal_id, sent.id.text(), sent.body); };

    postgres().run("postgres",
                   "ALTER DATABASE " + database + " SET default_transaction_read_only = on");
    const std::string end_sessions =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'";
    postgres().run("postgres", end_sessions);
    EXPECT_EQ(submit().status, 503) << "the connection was cut";
    EXPECT_EQ(submit().status, 503) << "read-only";
    EXPECT_EQ(decided_rows(), 0);
    EXPECT_EQ(wire::refusal_reason(submit().body).value(), wire::refusal::later);

    postgres().run("postgres",
                   "ALTER DATABASE " + database + " RESET default_transaction_read_only");
    postgres().run("postgres", end_sessions);
    EXPECT_EQ(submit().status, 503) << "the connection was cut";
    EXPECT_EQ(submit().status, 200);

    postgres().kill_now();
    EXPECT_EQ(serving->commit(terminal_id, sent.id.text()).status, 503);
    postgres().start();
    wait_until([&] { return serving->commit(terminal_id, sent.id.text()).status == 200; });
    EXPECT_EQ(rows("outbox"), 1);
}

TEST_F(intake_fleet, fault_52_a_deadlock_answers_503_and_keeps_nothing) {
    const auto sent = submissions(2);
    const auto serving = node();
    ASSERT_EQ(serving->submit(terminal_id, sent[0].id.text(), sent[0].body).status, 200);
    const auto before = decided_rows();
    // Somebody holds what the intake takes second and then wants what it took first.
    const auto somebody = PostgresConnection::open(postgres().url(database)).value();
    ASSERT_TRUE(
        somebody->execute("SET deadlock_timeout = '60s'; SET lock_timeout = 0;"
                          "BEGIN; UPDATE number_of SET given = given"));
    intake::Reply reply;
    std::jthread request(
        [&] { reply = serving->submit(terminal_id, sent[1].id.text(), sent[1].body); });
    wait_until([&] { return rows("pg_locks WHERE NOT granted") > 0; });
    EXPECT_TRUE(somebody->execute("UPDATE terminal SET epoch = epoch"));
    request.join();
    EXPECT_EQ(reply.status, 503);
    somebody->rollback();
    EXPECT_EQ(decided_rows(), before);
    EXPECT_EQ(serving->submit(terminal_id, sent[1].id.text(), sent[1].body).status, 200);
}

TEST_F(intake_fleet, an_attachment_whose_slices_go_to_any_node_arrives_whole) {
    auto box = outbox::Outbox::open({folder / "outbox", 64 << 20}, world.terminal(), clock).value();
    auto given = acceptance(world);
    const auto photo = base::random_bytes<16>();
    given.attachments = {photo};
    auto writer = box.begin_attachment(given.sub_id, photo, "photo").value();
    auto sealer = sealing::StreamSealer::begin(world.realm, world.keys().sealing_key(start).value(),
                                               {given.sub_id, photo})
                      .value();
    ASSERT_TRUE(writer.append(sealer.append(base::Bytes(300'000, 'p')).value()));
    ASSERT_TRUE(writer.append(sealer.finish().value()));
    ASSERT_TRUE(writer.finish());
    const auto parcel = box.parcel(box.accept(given).value().seq).value().value();
    const base::Bytes all = box.read_attachment(photo, 0, 1'000'000).value();

    const std::vector<std::unique_ptr<intake::IntakeService>> nodes = [&] {
        std::vector<std::unique_ptr<intake::IntakeService>> out;
        for (int i = 0; i < 3; ++i) out.push_back(node());
        return out;
    }();
    const std::string id = base::to_hex(photo), sub_id = given.sub_id.text();
    ASSERT_EQ(nodes[0]
                  ->submit(terminal_id, sub_id,
                           wire::encode(wire::Delivered{world.certificate.file, parcel.manifest,
                                                        parcel.signature, parcel.envelope}))
                  .status,
              200);
    EXPECT_EQ(nodes[1]->commit(terminal_id, sub_id).status, 409);
    std::size_t next = 1;
    base::Bytes last;
    for (std::size_t at = 0; at < all.size();) {
        const auto told = nodes[next++ % 3]->upload_offset(id);
        EXPECT_EQ(papers::upload::offset_in(told.headers)->at, static_cast<std::int64_t>(at));
        const auto slice =
            base::ByteView(all).subspan(at, std::min<std::size_t>(70'000, all.size() - at));
        const auto taken = nodes[next++ % 3]->patch(
            id, papers::upload::slice_headers(static_cast<std::int64_t>(at), slice), slice);
        at += slice.size();
        ASSERT_EQ(taken.status, at == all.size() ? 200 : 204);
        last = taken.body;
    }
    EXPECT_EQ(nodes[next % 3]->commit(terminal_id, sub_id).body, last) << "the same R2 from any";
    EXPECT_EQ(base::read_file(folder / ("attachments/" + id)).value(), all);
    EXPECT_EQ(rows("outbox"), 1);
}

TEST_F(intake_fleet, faults_20_and_21_a_copied_or_older_disk_is_told_that_its_epoch_is_superseded) {
    const auto one = node(), other = node();
    wire::HelloRequest hello;
    hello.certificate = world.certificate.file;
    hello.epoch = base::random_bytes<16>();
    const auto says = [&](intake::IntakeService& to) {
        return to.hello(wire::encode(hello, world.terminal_key).value());
    };
    const auto first = hello.epoch;
    EXPECT_EQ(says(*one).status, 200);
    hello.epoch = base::random_bytes<16>();
    EXPECT_EQ(says(*other).status, 200) << "its outbox was made anew: the new epoch begins";
    hello.epoch = first;
    const auto refused = says(*one);
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(wire::refusal_reason(refused.body).value(), wire::refusal::epoch_superseded);

    const auto sent = submissions(1).front();
    ASSERT_EQ(one->submit(terminal_id, sent.id.text(), sent.body).status, 200);
    const auto manifest = papers::Manifest::parse(wire::delivered(sent.body)->manifest).value();
    hello.epoch = manifest.epoch;
    hello.next_seq = manifest.seq + 1;
    EXPECT_EQ(says(*one).status, 200);
    hello.next_seq = manifest.seq;
    EXPECT_EQ(says(*other).status, 403) << "a disk from before that submission";
}

TEST_F(intake_fleet, a_database_that_is_not_there_is_not_taken) {
    EXPECT_EQ(intake::IntakeStore::connect("postgresql:///none?host=/nonexistent").error().code,
              FaultCode::StoreUnreachable);
}

}  // namespace
