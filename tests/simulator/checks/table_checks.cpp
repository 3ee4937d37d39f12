// What stands in the outbox's file, read from a copy of it: I5 (a purge has its verified R2), I9
// (no number is missing), I13 (the chain). Asked at every boot and at the end.
#include "offline/outbox/epoch_file.hpp"
#include "offline/papers/manifest.hpp"
#include "offline/store/database.hpp"
#include "tests/simulator/checks/checks.hpp"

#include <algorithm>

namespace simulator {

using namespace offline;

namespace {

class TableChecks final : public Check {
  public:
    using Check::Check;
    void after_boot(Machine& machine) override { look_at(machine); }
    void drained() override {
        for (auto& machine : world_.machines()) look_at(*machine);
    }

  private:
    void look_at(Machine& machine) {
        power_loss::RecordingDisk copy(machine.disk->now());
        // A newer one may stand beside it, not whole yet: the epoch's file says which one counts.
        const auto mark =
            outbox::read_epoch_mark(copy, std::string(outbox_folder) + "/outbox.epoch");
        const auto generation = mark && *mark ? (*mark)->generation : 0;
        auto database = store::Database::open(outbox::database_path(outbox_folder, generation),
                                              store::Access::owner_only, copy);
        if (!database) return broken("I1", machine.name() + ": " + database.error().safe_detail);
        const auto& keys = world_.realm().keys();
        const auto& terminal =
            world_.realm().terminals.at(static_cast<std::size_t>(machine.identity)).certificate;
        store::Query rows = database->prepare(
            "SELECT seq, sub_id, manifest_digest, receipt2, 0 FROM submission UNION ALL"
            " SELECT seq, sub_id, manifest_digest, receipt2, 1 FROM tombstone ORDER BY seq");
        sealing::Digest chain{};
        std::int64_t seq = 0;
        {
            store::Query beginning = database->prepare("SELECT base_seq, base_chain FROM terminal");
            const auto begun = beginning.row();
            if (!begun || !*begun) return broken("I13", machine.name() + ": no beginning");
            seq = beginning.integer(0);
            const base::Bytes before = beginning.bytes(1);
            std::copy(before.begin(), before.end(), chain.begin());
        }
        const std::int64_t base_seq = seq;
        for (auto more = rows.row(); more && *more; more = rows.row()) {
            const std::string who = machine.name() + ", number " + std::to_string(rows.integer(0));
            const base::Bytes digest_bytes = rows.bytes(2);
            sealing::Digest digest{};
            std::copy(digest_bytes.begin(), digest_bytes.end(), digest.begin());
            if (rows.integer(0) > base_seq) {  // others are of an earlier epoch
                if (rows.integer(0) != ++seq) return broken("I9", who + " follows a gap");
                chain = papers::chain_after(terminal.suite(), chain, seq, digest);
            }
            if (rows.integer(4) == 0) continue;
            const auto receipt = papers::CentreReceipt::verify(rows.bytes(3), keys);
            const base::Bytes sub_id = rows.bytes(1);
            if (!receipt || receipt->kind != papers::ReceiptKind::r2 ||
                receipt->terminal != terminal.terminal || receipt->manifest_digest != digest ||
                !std::equal(sub_id.begin(), sub_id.end(), receipt->sub_id.bytes.begin()))
                return broken("I5", who + " was purged without a true R2");
        }
        store::Query head = database->prepare("SELECT next_seq, chain_head FROM terminal");
        const auto found = head.row();
        if (!found || !*found || head.integer(0) != seq + 1)
            return broken("I9", machine.name() + ": a number was given and has no row");
        if (head.bytes(1) != base::Bytes(chain.begin(), chain.end()))
            broken("I13", machine.name() + ": the chain does not lead to its head");
    }
};

}  // namespace

std::unique_ptr<Check> table_checks(World& world) {
    return std::make_unique<TableChecks>(world);
}

}  // namespace simulator
