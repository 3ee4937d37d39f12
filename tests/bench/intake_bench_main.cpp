// intake_bench FOLDER N    N submissions of four terminals in batches over HTTP to an intake on a
//                          PostgreSQL of its own, beside bare batches of the same rows by SQL
// Prints name, value, unit by tabs.
#include "offline/intake/store/postgres/connection.hpp"
#include "offline/intake/store/rows.hpp"
#include "offline/sync/centre_client.hpp"
#include "tests/unit/offline/intake/private_postgres.hpp"
#include "tests/unit/offline/offline_fixture.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

namespace {

using namespace offline_test;
using intake::sql::PostgresConnection;
namespace wire = papers::wire;

constexpr int terminals = 8, runs = 5;

void say(const char* name, double value, const char* unit) {
    std::printf("%s\t%g\t%s\n", name, value, unit);
}
[[noreturn]] void give_up(const char* why) {
    std::fprintf(stderr, "intake_bench: %s\n", why);
    std::exit(1);
}

// One thread for each terminal; how long all of them took together.
template <class Work>
double seconds_of(Work work) {
    const auto began = std::chrono::steady_clock::now();
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < terminals; ++i) threads.emplace_back([&work, i] { work(i); });
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}
double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

struct Sender {
    std::string id;
    std::vector<base::Bytes> batches;  // request bodies
};

Sender sender(const World& world, const std::string& folder, int number, int count) {
    Sender out;
    out.id = "00010100100100" + std::to_string(number + 1);
    const auto key = sealing::SigningKey::generate(world.suite);
    const auto certificate =
        sealing::TerminalCertificate::issue(world.root, world.realm, out.id, key.public_key())
            .value();
    const base::SystemClock clock;
    auto box = outbox::Outbox::open({folder + "/outbox-" + out.id, std::int64_t{2} << 30},
                                    {certificate, key}, clock)
                   .value();
    std::vector<base::Bytes> waiting;
    const auto send = [&] {
        if (!waiting.empty()) out.batches.push_back(wire::encode_batch(waiting));
        waiting.clear();
    };
    std::size_t bytes = 0;
    for (int i = 0; i < count; ++i) {
        const auto receipt = box.accept(acceptance(world));
        if (!receipt) give_up("the outbox took no more");
        [[maybe_unused]] const auto ignored = box.checkpoint_when_due();
        const auto parcel = box.parcel(receipt->seq).value().value();
        auto one = wire::encode(
            wire::Delivered{certificate.file, parcel.manifest, parcel.signature, parcel.envelope});
        if (waiting.size() == wire::batch_items_max || bytes + one.size() > wire::batch_bytes_max) {
            send();
            bytes = 0;
        }
        bytes += one.size();
        waiting.push_back(std::move(one));
    }
    send();
    return out;
}

double by_intake(const World& world, const std::vector<Sender>& senders, const std::string& url,
                 const std::string& folder) {
    const base::SystemClock clock;
    base::NoEventLog log;
    intake::IntakeService service(intake::IntakeStore::connect(url).value(), world.pinned,
                                  world.intake, read_small_submission, clock, log);
    service.use({folder + "/attachments"});
    const auto server = intake::IntakeServer::listen("127.0.0.1", 0, std::move(service)).value();
    const std::string address = "http://127.0.0.1:" + std::to_string(server->port());
    return seconds_of([&](int i) {
        const auto& from = senders[static_cast<std::size_t>(i)];
        sync::CentreClient client({address});
        const std::stop_source nobody_stops;
        for (const auto& body : from.batches) {
            const auto answer =
                client.run({sync::Method::post, "/v1/t/" + from.id + "/batch", body},
                           nobody_stops.get_token());
            if (!answer || answer->status != 200) give_up("a batch was refused");
            const auto answers = wire::batch_answers(answer->body);
            if (!answers) give_up("an answer does not read");
            for (const auto& one : *answers)
                if (one.status != 200) give_up("a submission was refused");
        }
    });
}

void insert(PostgresConnection& connection, const std::vector<intake::NewCase>& rows,
            std::size_t at, std::size_t count) {
    std::vector<intake::Place> places(count);
    std::vector<intake::sql::Param> params;
    for (std::size_t row = 0; row < count; ++row) {
        const auto& content = rows[at + row].content;
        places[row] = {content.serial, content.case_number, {}};
        intake::append_case_params(params, rows[at + row], places[row], content.receipt1);
    }
    if (!connection.run(intake::insert_cases_sql(count), params)) give_up("bare SQL failed");
}

// What any program has to do that keeps these rows: the same ones, as many in a commit, with
// neither a check nor a signature; by prepared statements for so many rows each.
double by_sql(const std::vector<std::vector<intake::NewCase>>& cases, const std::string& url,
              std::size_t rows_a_statement) {
    {
        const auto makes_the_tables = intake::IntakeStore::connect(url);
        if (!makes_the_tables) give_up("no tables");
    }
    return seconds_of([&](int i) {
        const auto connection = PostgresConnection::open(url).value();
        const auto& rows = cases[static_cast<std::size_t>(i)];
        for (std::size_t at = 0; at < rows.size(); at += wire::batch_items_max) {
            const std::size_t end = std::min(rows.size(), at + wire::batch_items_max);
            if (!connection->begin()) give_up("bare SQL failed");
            for (std::size_t row = at; row < end; row += rows_a_statement)
                insert(*connection, rows, row, std::min(rows_a_statement, end - row));
            if (!connection->commit()) give_up("bare SQL failed");
        }
    });
}

std::vector<std::vector<intake::NewCase>> rows_of(const std::string& url, int count) {
    std::vector<std::vector<intake::NewCase>> out(terminals);
    auto all = intake::IntakeStore::connect(url).value()->all().value();
    if (all.size() != static_cast<std::size_t>(count)) give_up("not every submission is a case");
    for (auto& one : all) {
        const auto at = static_cast<std::size_t>(one.terminal.back() - '1');
        out[at].push_back({std::move(one), {}, {}});
    }
    return out;
}

int measure(const std::string& folder, int each) {
    if (!PrivatePostgres::is_installed()) give_up("PostgreSQL 15 is not installed");
    auto& postgres = PrivatePostgres::instance();
    const World world;
    std::vector<Sender> senders;
    for (int i = 0; i < terminals; ++i) senders.push_back(sender(world, folder, i, each));
    const int count = terminals * each;
    std::vector<double> by_batches, row_by_row, rows_together;
    for (int run = 0; run < runs; ++run) {
        const std::string url = postgres.url(postgres.new_database());
        by_batches.push_back(by_intake(world, senders, url, folder));
        const auto rows = rows_of(url, count);
        row_by_row.push_back(by_sql(rows, postgres.url(postgres.new_database()), 1));
        rows_together.push_back(
            by_sql(rows, postgres.url(postgres.new_database()), wire::batch_items_max));
    }
    const double taken = count / median(by_batches), bare = count / median(row_by_row),
                 together = count / median(rows_together);
    say("batch requests: submissions per second", taken, "1/s");
    say("bare SQL batches, an INSERT for each row: rows per second", bare, "1/s");
    say("bare SQL batches, one INSERT for all rows: rows per second", together, "1/s");
    say("batch requests over bare SQL, an INSERT for each row", taken / bare, "times");
    say("batch requests over bare SQL, one INSERT for all rows", taken / together, "times");
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    const int each = count == 3 ? std::atoi(arguments[2]) / terminals : 0;
    if (each > 0) return measure(arguments[1], each);
    std::fprintf(stderr, "usage: intake_bench FOLDER N\n");
    return 2;
}
