// An outbox in a folder of its own, opened and reopened, and receipts about what it keeps.
#pragma once

#include "tests/unit/offline/offline_fixture.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace offline_test {

using outbox::Outbox;

inline constexpr std::int64_t quota = 8 * 1024 * 1024;

class OutboxTest : public testing::Test {
  protected:
    Folder folder;
    World world;
    base::ManualClock clock{start};
    std::optional<Outbox> box;

    outbox::OutboxOptions options{folder / "outbox", quota};

    void open(std::int64_t bytes = quota) {
        box.reset();
        options.quota_bytes = bytes;
        box.emplace(Outbox::open(options, world.terminal(), clock).value());
    }
    papers::CentreReceipt receipt_about(std::int64_t seq, papers::ReceiptKind kind) {
        const auto parcel = box->parcel(seq).value().value();
        papers::CentreReceipt receipt;
        receipt.kind = kind;
        receipt.terminal = terminal_id;
        receipt.epoch = parcel.epoch;
        receipt.seq = seq;
        receipt.sub_id = parcel.sub_id;
        receipt.manifest_digest = parcel.manifest_digest;
        receipt.server_time = clock.now();
        receipt.serial = 1;
        if (kind == papers::ReceiptKind::r2) receipt.case_number = "CASE0001";
        return receipt;
    }
    void take(std::int64_t seq, papers::ReceiptKind kind) {
        const auto receipt = receipt_about(seq, kind);
        ASSERT_TRUE(box->store_receipt(receipt, receipt.sign(world.receipt_key()).value()));
    }
    void SetUp() override { open(); }
};

}  // namespace offline_test
