// What the tests of the case store share: small cases, and a store of each kind.
#pragma once

#include "offline/intake/intake_store.hpp"
#include "offline/intake/store/postgres/connection.hpp"
#include "offline/sealing/signing.hpp"
#include "offline/store/database.hpp"
#include "tests/unit/offline/intake/private_postgres.hpp"
#include "tests/unit/offline/offline_fixture.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace offline_test {

using intake::CaseState;
using intake::EpochMet;
using intake::Met;

inline constexpr auto suite = sealing::SuiteId::one;
inline const std::string prefix = implementation + "20261122";
inline const sealing::Epoch first_epoch{1}, second_epoch{2};

// In place of the intake's signature: what the store said, as text.
inline base::Result<intake::Signed> say_the_place(const intake::Place& place) {
    base::Bytes paper = base::to_bytes(std::to_string(place.serial) + "|" + place.case_number +
                                       "|" + base::to_hex(place.previous));
    const auto digest = sealing::digest(suite, paper);
    return intake::Signed{std::move(paper), digest};
}

// With one attachment: it is complete only when the commit comes.
inline intake::NewCase new_case(std::int64_t seq, const std::string& text = "content",
                                domain::SubId id = domain::SubId::draw(),
                                const std::string& terminal = terminal_id,
                                const sealing::Epoch& epoch = first_epoch) {
    intake::NewCase fresh;
    auto& content = fresh.content;
    content.terminal = terminal;
    content.epoch = epoch;
    content.seq = seq;
    content.sub_id = id;
    content.manifest = base::to_bytes("manifest of " + text);
    content.manifest_digest = sealing::digest(suite, content.manifest);
    content.signature = base::Bytes(64, 1);
    content.certificate = base::Bytes(200, 2);
    content.envelope = base::Bytes{0, 255, 0, '\'', '\\'};
    content.local_number = "234567";
    content.item_code = item;
    content.item_name = "高龄津贴申领";
    content.person = base::Bytes(32, 7);
    content.received_at = start;
    fresh.number_prefix = prefix;
    fresh.attachments.push_back(
        {base::random_bytes<16>(), terminal, id, suite, {}, 9, 0, 0, false});
    return fresh;
}

inline intake::Refusal refusal_of(const intake::NewCase& fresh, const std::string& reason) {
    const auto& content = fresh.content;
    return {content.terminal,
            content.epoch,
            content.seq,
            content.sub_id,
            content.manifest_digest,
            reason,
            content.manifest,
            content.signature,
            content.certificate,
            content.envelope,
            {},
            start};
}

inline base::Result<intake::Verdict> agree(const intake::StoredCase&) {
    return intake::Verdict{};
}

class case_store : public testing::TestWithParam<std::string> {
  protected:
    void SetUp() override {
        if (!is_sqlite()) {
            if (!PrivatePostgres::is_installed())
                GTEST_SKIP() << "PostgreSQL 15 is not installed: provisioning/setup --tests";
            database = PrivatePostgres::instance().new_database();
        }
        auto opened = open();
        ASSERT_TRUE(opened) << opened.error().safe_detail;
        store = std::move(*opened);
    }
    static bool is_sqlite() { return GetParam() == "sqlite"; }
    intake::IntakeStore::Opened open() {
        if (is_sqlite()) return intake::IntakeStore::open(folder / "intake");
        return intake::IntakeStore::connect(PrivatePostgres::instance().url(database));
    }
    // Behind the store's back.
    void run(const std::string& statements) {
        if (!is_sqlite()) return PrivatePostgres::instance().run(database, statements);
        auto file = store::Database::open(folder / "intake/intake.sqlite", store::Access::shared);
        ASSERT_TRUE(file && file->execute(statements));
    }
    std::int64_t rows(const std::string& of) {
        const std::string count = "SELECT count(*) FROM " + of;
        if (is_sqlite())
            return store::Database::open(folder / "intake/intake.sqlite", store::Access::shared)
                ->integer(count)
                .value();
        const auto connection =
            intake::sql::PostgresConnection::open(PrivatePostgres::instance().url(database))
                .value();
        return connection->run(count, {}).value().front().integer(0);
    }
    base::Bytes complete(const intake::NewCase& fresh) {
        return store->complete(fresh.content.terminal, fresh.content.sub_id, start, say_the_place)
            .value();
    }

    Folder folder;
    std::string database;  // of PostgreSQL
    std::shared_ptr<intake::CaseStore> store;
};

}  // namespace offline_test
