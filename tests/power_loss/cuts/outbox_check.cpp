#include "tests/power_loss/cuts/outbox_check.hpp"

#include "offline/papers/manifest.hpp"

#include <algorithm>
#include <map>

namespace power_loss {

namespace {

using namespace offline;

int rank(domain::Delivery delivery) {
    switch (delivery) {
        case domain::Delivery::kept:
            return 0;
        case domain::Delivery::sending:
            return 1;
        default:
            return 2;
    }
}

struct Row {
    std::int64_t seq = 0;
    base::Bytes sub_id, manifest_digest, manifest, signature, envelope, receipt2;
    bool purged = false;
    std::int64_t attachments = 0;
};

class Check {
  public:
    Check(const History& history, std::int64_t mark)
        : history_(history), answered_(history.answered_by(mark)), asked_(history.asked_by(mark)) {}

    // From a salvage: what verifies is there, and what the centre said of it comes again.
    Verdict promises_of_a_salvage(outbox::Outbox& box) const {
        for (std::size_t i = 0; i < answered_; ++i) {
            const Step& step = history_.steps[i];
            const Item& item = history_.items[step.item];
            if (step.promised && step.event == Event::kept && !box.look_up(item.slip->qr_text))
                return {Breach::lost, "a salvage did not find " + std::to_string(item.slip->seq)};
        }
        return {Breach::corrupt, "a new epoch: " + std::string(name(box.opened().began))};
    }

    Verdict promises(outbox::Outbox& box) const {
        const auto unshown = box.unshown();
        if (!unshown) return {Breach::unopenable, unshown.error().safe_detail};
        for (std::size_t i = 0; i < answered_; ++i) {
            const Step& step = history_.steps[i];
            if (!step.promised) continue;
            const Item& item = history_.items[step.item];
            const std::string who = "submission " + std::to_string(item.slip->seq);
            const auto found = box.look_up(item.slip->qr_text);
            if (!found) return {Breach::lost, who + " was answered, its slip finds nothing"};
            if (step.event == Event::sent && rank(found->delivery) < 1)
                return {Breach::lost, who + ": its R1"};
            if (step.event == Event::refused && found->delivery != domain::Delivery::attention)
                return {Breach::lost, who + ": its refusal"};
            if (step.event == Event::complete && (found->delivery != domain::Delivery::received ||
                                                  found->case_number != item.case_number))
                return {Breach::lost, who + ": its R2"};
            const auto is_it = [&](const domain::KeptUnshown& kept) {
                return kept.local_number == item.slip->local_number;
            };
            if (step.event == Event::shown && std::any_of(unshown->begin(), unshown->end(), is_it))
                return {Breach::lost, who + ": that its slip was shown"};
        }
        return {};
    }

    Verdict tables(store::Database& database, bool signatures) const {
        if (signatures) {
            store::Query query = database.prepare("PRAGMA integrity_check(1)");
            const auto row = query.row();
            if (!row || !*row || query.text(0) != "ok") return {Breach::corrupt, "integrity_check"};
        }
        store::Query query = database.prepare(
            "SELECT seq, sub_id, manifest_digest, manifest, signature, body.bytes, receipt2, 0,"
            " (SELECT count(*) FROM attachment WHERE place / 64 = seq)"
            " FROM submission LEFT JOIN body ON place = seq * 64 UNION ALL SELECT seq, sub_id, "
            "manifest_digest, NULL, NULL, NULL,"
            " receipt2, 1, 0 FROM tombstone ORDER BY seq");
        const auto terminal = the_terminal();
        store::Query head = database.prepare(
            "SELECT next_seq, chain_head, base_seq, base_chain, epoch FROM terminal");
        const auto found = head.row();
        if (!found || !*found || head.bytes(3).size() != 32) return {Breach::corrupt, "terminal"};
        const std::int64_t base = head.integer(2);
        std::int64_t seq = base;
        sealing::Digest chain{};
        const base::Bytes base_chain = head.bytes(3);
        std::copy(base_chain.begin(), base_chain.end(), chain.begin());
        if (seq == 0 && chain != sealing::digest(sealing::SuiteId::one, head.bytes(4)))
            return {Breach::chain, "its genesis"};
        for (;;) {
            const auto more = query.row();
            if (!more) return {Breach::unopenable, more.error().safe_detail};
            if (!*more) break;
            const Row row{query.integer(0), query.bytes(1),        query.bytes(2),
                          query.bytes(3),   query.bytes(4),        query.bytes(5),
                          query.bytes(6),   query.integer(7) == 1, query.integer(8)};
            if (const Verdict verdict = row_is_right(row); !verdict) return verdict;
            if (row.seq <= base) continue;  // of an earlier epoch
            if (row.seq != ++seq)
                return {Breach::no_body, "number " + std::to_string(seq) + " has no row"};
            if (signatures && !row.purged &&
                !sealing::verify(terminal.certificate.key, sealing::context::manifest, row.manifest,
                                 row.signature))
                return {Breach::ghost, "signature of " + std::to_string(seq)};
            sealing::Digest digest{};
            std::copy(row.manifest_digest.begin(), row.manifest_digest.end(), digest.begin());
            chain = papers::chain_after(sealing::SuiteId::one, chain, seq, digest);
        }
        if (head.integer(0) != seq + 1)
            return {Breach::no_body, "numbers up to " + std::to_string(head.integer(0) - 1) +
                                         " were given, rows end at " + std::to_string(seq)};
        if (head.bytes(1) != base::Bytes(chain.begin(), chain.end())) return {Breach::chain, ""};
        return {};
    }

    // Every attachment's bytes are there and right, whatever row names them; and no file is there
    // that none names: those were collected when the outbox was opened.
    Verdict attachments(store::Database& database, RecordingDisk& disk) const {
        std::size_t files = 0;
        store::Query row = database.prepare(
            "SELECT place / 64, attachment.id, digest, length, file, bytes, place % 64"
            " FROM attachment LEFT JOIN body USING (place)");
        for (;;) {
            const auto more = row.row();
            if (!more) return {Breach::unopenable, more.error().safe_detail};
            if (!*more) break;
            const std::string who = "attachment of " + std::to_string(row.integer(0));
            base::Bytes bytes = row.bytes(5);
            if (!row.text(4).empty()) {
                ++files;
                const auto read = disk.read(outbox_folder + "/attachments/" + row.text(4), 0,
                                            static_cast<std::size_t>(row.integer(3)) + 1);
                if (!read) return {Breach::no_body, who + " has no file"};
                bytes = *read;
            }
            const auto digest = sealing::digest(sealing::SuiteId::one, bytes);
            if (row.bytes(2) != base::Bytes(digest.begin(), digest.end()))
                return {Breach::no_body, who + " is not whole"};
            if (const Verdict verdict =
                    attachment_is_right(row.bytes(1), bytes, row.integer(6), who);
                !verdict)
                return verdict;
        }
        const auto there = disk.list(outbox_folder + "/attachments").value();
        if (there.size() != files)
            return {Breach::ghost, std::to_string(there.size() - files) + " files without a row"};
        return {};
    }

    // The file of the epoch knows this database and no number above its ceiling was given out.
    Verdict ceiling(store::Database& database, RecordingDisk& disk) const {
        store::Query row = database.prepare("SELECT epoch, next_seq FROM terminal");
        const auto found = row.row();
        const auto mark = outbox::read_epoch_mark(disk, outbox_folder + "/outbox.epoch");
        if (!found || !*found || !mark || !*mark) return {Breach::corrupt, "the epoch's file"};
        const auto& epoch = (*mark)->epoch;
        if (row.bytes(0) != base::Bytes(epoch.begin(), epoch.end()))
            return {Breach::chain, "the epoch's file speaks of another"};
        if ((*mark)->ceiling < row.integer(1) - 1) return {Breach::chain, "above the ceiling"};
        return {};
    }

    // The app offers again what it had no answer for; then a new citizen comes.
    Verdict goes_on(outbox::Outbox& box, Random& random) const {
        const auto next = box.summary();
        if (!next) return {Breach::unopenable, next.error().safe_detail};
        std::int64_t seq = next->next_seq;
        for (std::size_t i = 0; i < asked_; ++i) {
            const Step& step = history_.steps[i];
            const Item& item = history_.items[step.item];
            if (step.event != Event::kept) continue;
            const auto slip = hand_in(box, item);
            if (!slip) return {Breach::unopenable, "asked again: " + slip.error().safe_detail};
            if (i < answered_ && step.promised && *slip != *item.slip)
                return {Breach::lost, "asked again, another slip was given"};
            seq += slip->seq == seq ? 1 : 0;
        }
        const auto slip = box.accept(an_acceptance(random, 1024));
        if (!slip) return {Breach::unopenable, "one more: " + slip.error().safe_detail};
        if (slip->seq != seq) return {Breach::no_body, "the next number"};
        return {};
    }

  private:
    Verdict attachment_is_right(const base::Bytes& id, const base::Bytes& bytes,
                                std::int64_t number, const std::string& who) const {
        for (std::size_t i = 0; i < asked_; ++i) {
            const Item& item = history_.items[history_.steps[i].item];
            for (std::size_t n = 0; n < item.attachments.size(); ++n) {
                const auto& given = item.acceptance.attachments[n];
                if (!std::equal(given.begin(), given.end(), id.begin(), id.end())) continue;
                if (bytes == item.attachments[n] && number == static_cast<std::int64_t>(n) + 1)
                    return {};
                return {Breach::ghost, who + " is not what was captured"};
            }
        }
        return {Breach::ghost, who + " was never handed in"};
    }
    Verdict row_is_right(const Row& row) const {
        const std::string who = "submission " + std::to_string(row.seq);
        const Item* item = nullptr;
        bool completing = false;
        for (std::size_t i = 0; i < asked_; ++i) {
            const Step& step = history_.steps[i];
            const Item& asked = history_.items[step.item];
            const auto& id = asked.acceptance.sub_id.bytes;
            if (!std::equal(id.begin(), id.end(), row.sub_id.begin(), row.sub_id.end())) continue;
            item = &asked;
            completing |= step.event == Event::complete;
        }
        if (item == nullptr) return {Breach::ghost, who + " was never asked for"};
        if (row.purged && (!completing || row.receipt2 != item->receipt2))
            return {Breach::no_body, who + " was deleted without its R2"};
        if (row.purged) return {};
        const auto digest = sealing::digest(sealing::SuiteId::one, row.manifest);
        if (row.envelope != item->acceptance.envelope ||
            row.manifest_digest != base::Bytes(digest.begin(), digest.end()))
            return {Breach::ghost, who + " is not what was asked for"};
        if (row.attachments != static_cast<std::int64_t>(item->attachments.size()))
            return {Breach::no_body, who + " without all its attachments"};
        return {};
    }

    const History& history_;
    std::size_t answered_, asked_;
};

}  // namespace

std::string_view name(Breach breach) {
    switch (breach) {
        case Breach::none:
            return "none";
        case Breach::lost:
            return "lost";
        case Breach::no_body:
            return "a number or receipt without its submission";
        case Breach::ghost:
            return "ghost";
        case Breach::chain:
            return "chain";
        case Breach::corrupt:
            return "corrupt";
        case Breach::unopenable:
            return "unopenable";
    }
    return "";
}

Verdict check_outbox(const Image& image, const History& history, std::int64_t mark,
                     const Questions& questions, Random& random) {
    const base::ManualClock clock(the_start());
    const Check check(history, mark);
    RecordingDisk disk(image, random());
    std::size_t opened_at = 0;
    {
        auto box = open_outbox(disk, clock);
        if (!box)
            return {box.error().code == base::FaultCode::OutboxCorrupt ? Breach::corrupt
                                                                       : Breach::unopenable,
                    box.error().safe_detail};
        opened_at = disk.log().size();
        const auto began = box->opened().began;
        if (began != outbox::Began::whole && began != outbox::Began::first)
            return check.promises_of_a_salvage(*box);
        if (const Verdict verdict = check.promises(*box); !verdict) return verdict;
    }
    {
        const auto epoch = outbox::read_epoch_mark(disk, outbox_folder + "/outbox.epoch");
        if (!epoch || !*epoch) return {Breach::corrupt, "the epoch's file"};
        const std::string path = outbox::database_path(outbox_folder, (*epoch)->generation);
        auto database = store::Database::open(path, store::Access::owner_only, disk);
        if (!database) return {Breach::unopenable, database.error().safe_detail};
        if (const Verdict verdict = check.tables(*database, questions.signatures); !verdict)
            return verdict;
        if (const Verdict verdict = check.attachments(*database, disk); !verdict) return verdict;
        if (const Verdict verdict = check.ceiling(*database, disk); !verdict) return verdict;
    }
    if (questions.goes_on) {
        auto box = open_outbox(disk, clock);
        if (!box) return {Breach::unopenable, "a second time: " + box.error().safe_detail};
        if (const Verdict verdict = check.goes_on(*box, random); !verdict) return verdict;
    }
    if (!questions.cut_again) return {};
    CrashStates states(disk);
    states.advance_to(random() % (opened_at + 1));
    Verdict verdict = check_outbox(states.cut(random), history, mark, {}, random);
    if (!verdict) verdict.what += " (after a second cut while opening)";
    return verdict;
}

}  // namespace power_loss
