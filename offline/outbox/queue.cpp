// What waits, for delivery: always in small numbers, whatever the backlog.
#include "offline/outbox/limits.hpp"
#include "offline/outbox/outbox.hpp"
#include "offline/outbox/rows.hpp"
#include "offline/outbox/schema.hpp"

#include <algorithm>

namespace offline::outbox {

using base::FaultCode;

base::Result<std::vector<Waiting>> Outbox::waiting(ParcelState state, papers::Lane lane,
                                                   std::int64_t after_seq, std::size_t most) {
    store::Query rows = database_.prepare(
        "SELECT seq, length(body.bytes), kept_at FROM submission"
        " LEFT JOIN body ON body.place = seq * 64"
        " WHERE state IN ('QUEUED', 'SENT_ENV') AND state = ? AND lane = ? AND seq > ?"
        " ORDER BY seq LIMIT ?");
    rows.bind(std::string(state == ParcelState::queued ? "QUEUED" : "SENT_ENV"))
        .bind(static_cast<std::int64_t>(lane))
        .bind(after_seq)
        .bind(static_cast<std::int64_t>(most));
    std::vector<Waiting> out;
    while (TRY(rows.row()))
        out.push_back({rows.integer(0), state, lane, rows.integer(1), instant(rows.integer(2))});
    return out;
}

base::Result<std::vector<Waiting>> Outbox::waiting(papers::Lane lane, std::int64_t after_seq,
                                                   std::size_t most) {
    auto out = TRY(waiting(ParcelState::queued, lane, after_seq, most));
    const auto sent = TRY(waiting(ParcelState::envelope_sent, lane, after_seq, most));
    out.insert(out.end(), sent.begin(), sent.end());
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.seq < b.seq; });
    if (out.size() > most) out.resize(most);
    return out;
}

base::Result<std::vector<Waiting>> Outbox::unanswered(std::int64_t after_seq, std::size_t most) {
    store::Query rows = database_.prepare(
        "SELECT seq, length(body.bytes), kept_at, lane FROM submission"
        " LEFT JOIN body ON body.place = seq * 64"
        " WHERE state IN ('QUEUED', 'SENT_ENV') AND state = 'SENT_ENV' AND seq > ?"
        " AND NOT EXISTS (SELECT 1 FROM attachment WHERE attachment.place BETWEEN seq * 64"
        " AND seq * 64 + 63 AND acked < attachment.length) ORDER BY seq LIMIT ?");
    rows.bind(after_seq).bind(static_cast<std::int64_t>(most));
    std::vector<Waiting> out;
    while (TRY(rows.row()))
        out.push_back({rows.integer(0), ParcelState::envelope_sent,
                       rows.integer(3) == 0 ? papers::Lane::urgent : papers::Lane::normal,
                       rows.integer(1), instant(rows.integer(2))});
    return out;
}

base::Result<std::vector<ParcelAttachment>> Outbox::uploads(std::size_t most) {
    store::Query rows = database_.prepare(
        "SELECT id, attachment.digest, length, kind, acked, attachment.place / 64"
        " FROM attachment INDEXED BY attachment_left CROSS JOIN submission"
        " WHERE seq = attachment.place / 64 AND acked < length AND state = 'SENT_ENV'"
        " ORDER BY length - acked LIMIT ?");
    rows.bind(static_cast<std::int64_t>(most));
    std::vector<ParcelAttachment> out;
    while (TRY(rows.row())) {
        ParcelAttachment one{{TRY(array_in<16>(rows.bytes(0))), TRY(digest_in(rows.bytes(1))),
                              rows.integer(2), rows.text(3)},
                             rows.integer(4),
                             rows.integer(5)};
        if (const auto newer = acked_.find(one.line.id); newer != acked_.end())
            one.acked = newer->second;
        out.push_back(std::move(one));
    }
    return out;
}

base::Result<std::vector<Waiting>> Outbox::waiting(std::size_t most) {
    auto out = TRY(waiting(papers::Lane::urgent, 0, most));
    const auto normal = TRY(waiting(papers::Lane::normal, 0, most - out.size()));
    out.insert(out.end(), normal.begin(), normal.end());
    return out;
}

base::Result<std::optional<Parcel>> Outbox::parcel(std::int64_t seq) {
    Parcel parcel;
    {
        store::Query found = database_.prepare(
            "SELECT sub_id, local_number, manifest_digest, manifest, signature, body.bytes"
            " FROM submission JOIN body ON body.place = seq * 64 WHERE seq = ?");
        const bool known = TRY(found.bind(seq).row());
        if (!known) return std::optional<Parcel>{};
        parcel = {seq,
                  TRY(sub_id_in(found.bytes(0))),
                  found.text(1),
                  {},
                  TRY(digest_in(found.bytes(2))),
                  found.bytes(3),
                  found.bytes(4),
                  found.bytes(5)};
    }
    const auto manifest = papers::Manifest::parse(parcel.manifest);
    if (!manifest) return base::fail(FaultCode::OutboxCorrupt, manifest.error().safe_detail);
    parcel.epoch = manifest->epoch;
    for (const auto& line : manifest->attachments) parcel.attachments.push_back({line, 0, seq});
    store::Query rows = database_.prepare(
        "SELECT place, acked FROM attachment WHERE place BETWEEN ? AND ? ORDER BY place");
    rows.bind(seq * places_per_seq).bind((seq + 1) * places_per_seq - 1);
    while (TRY(rows.row())) {
        const auto at = static_cast<std::size_t>(rows.integer(0) - seq * places_per_seq - 1);
        if (at >= parcel.attachments.size())
            return base::fail(FaultCode::OutboxCorrupt, "an attachment that no manifest names");
        auto& attachment = parcel.attachments[at];
        const auto newer = acked_.find(attachment.line.id);
        attachment.acked = newer == acked_.end() ? rows.integer(1) : newer->second;
    }
    return std::optional(std::move(parcel));
}

base::Result<base::Bytes> Outbox::read_attachment(const sealing::AttachmentId& id, std::int64_t at,
                                                  std::size_t most) {
    std::string file;
    std::int64_t place = 0;
    {
        store::Query row = database_.prepare("SELECT place, file FROM attachment WHERE id = ?");
        if (!TRY(row.bind(base::ByteView(id)).row()))
            return base::fail(FaultCode::AnswerNotFound, "attachment");
        place = row.integer(0);
        file = row.text(1);
    }
    if (!file.empty()) return options_.disk->read(file_folder() + "/" + file, at, most);
    store::Query row =
        database_.prepare("SELECT substr(bytes, ? + 1, ?) FROM body WHERE place = ?");
    row.bind(at).bind(static_cast<std::int64_t>(most)).bind(place);
    if (!TRY(row.row())) return base::fail(FaultCode::OutboxCorrupt, "an attachment without bytes");
    return row.bytes(0);
}

base::Status Outbox::attachment_acked(const sealing::AttachmentId& id, std::int64_t offset) {
    acked_[id] = offset;
    // When all is there, it is not an upload any more: that is written at once.
    store::Query row = database_.prepare("SELECT 1 FROM attachment WHERE id = ? AND length <= ?");
    if (TRY(row.bind(base::ByteView(id)).bind(offset).row())) return write_acked();
    if (clock_.steady() - acked_written_ < acked_every) return {};
    return write_acked();
}

// One commit for all of them: it is only where to begin asking after a start.
base::Status Outbox::write_acked() {
    if (acked_.empty()) return {};
    store::Transaction transaction = TRY(store::Transaction::begin(database_));
    for (const auto& [id, offset] : acked_)
        TRY_STATUS(database_.prepare("UPDATE attachment SET acked = ? WHERE id = ?")
                       .bind(offset)
                       .bind(base::ByteView(id))
                       .run());
    TRY_STATUS(transaction.commit());
    acked_.clear();
    acked_written_ = clock_.steady();
    return {};
}

base::Result<Summary> Outbox::summary() {
    store::Query head = database_.prepare(
        "SELECT first_seq, next_seq, chain_head, (SELECT count(*) FROM submission) FROM terminal");
    if (!TRY(head.row())) return base::fail(FaultCode::OutboxCorrupt, "terminal");
    return Summary{head.integer(0), head.integer(1), head.integer(3),
                   TRY(digest_in(head.bytes(2)))};
}

// From the two indexes of what is here: the rows themselves are never read for it.
base::Result<Counts> Outbox::counts() {
    Counts out;
    store::Query rows = database_.prepare(
        "SELECT state, count(*) FROM submission WHERE state IN ('QUEUED', 'SENT_ENV')"
        " GROUP BY state"
        " UNION ALL SELECT 'all', count(*) - (SELECT count(*) FROM submission"
        " WHERE state = 'COMPLETE') FROM submission");
    while (TRY(rows.row())) {
        const std::string state = rows.text(0);
        (state == "QUEUED"     ? out.queued
         : state == "SENT_ENV" ? out.sending
                               : out.attention) = rows.integer(1);
    }
    out.attention -= out.queued + out.sending;
    return out;
}

base::Result<Piles> Outbox::piles() {
    constexpr std::int64_t causes_max = 32;
    Piles out;
    {
        store::Query row = database_.prepare(
            "SELECT coalesce(sum(bytes), 0), min(kept_at) FROM submission"
            " WHERE state IN ('QUEUED', 'SENT_ENV')");
        if (TRY(row.row())) {
            out.bytes = row.integer(0);
            if (!row.is_null(1)) out.oldest = base::Instant{base::Millis{row.integer(1)}};
        }
    }
    store::Query rows = database_.prepare(
        "SELECT set_aside, count(*) FROM submission WHERE state = 'QUARANTINED'"
        " GROUP BY set_aside ORDER BY 2 DESC, 1 LIMIT ?");
    rows.bind(causes_max);
    while (TRY(rows.row())) out.causes.emplace_back(rows.text(0), rows.integer(1));
    return out;
}

// Numbers have no gaps: whatever is not kept any more was complete and purged.
base::Result<Standing> Outbox::standing() {
    const Summary head = TRY(summary());
    Standing out;
    {
        store::Query row = database_.prepare("SELECT min(seq) FROM submission WHERE seq >= ?");
        const bool found = TRY(row.bind(head.first_seq).row());
        out.low = (found && !row.is_null(0) ? row.integer(0) : head.next_seq) - 1;
    }
    {
        store::Query rows =
            database_.prepare("SELECT seq FROM tombstone WHERE seq > ? ORDER BY seq LIMIT ?");
        rows.bind(out.low).bind(static_cast<std::int64_t>(papers::wire::hello_seqs_max));
        while (TRY(rows.row())) out.complete_above.push_back(rows.integer(0));
    }
    store::Query loads = database_.prepare(
        "SELECT lane, count(*), sum(bytes), min(kept_at) FROM submission"
        " WHERE state IN ('QUEUED', 'SENT_ENV') GROUP BY lane");
    while (TRY(loads.row())) {
        auto& load = loads.integer(0) == 0 ? out.urgent : out.normal;
        load = {loads.integer(1), loads.integer(2), instant(loads.integer(3))};
    }
    return out;
}

base::Result<std::optional<sealing::Digest>> Outbox::chain_after(std::int64_t seq) {
    std::int64_t base_seq = 0;
    sealing::Digest chain{};
    {
        store::Query row = database_.prepare("SELECT base_seq, base_chain FROM terminal");
        if (!TRY(row.row())) return base::fail(FaultCode::OutboxCorrupt, "terminal");
        base_seq = row.integer(0);
        chain = TRY(digest_in(row.bytes(1)));
    }
    if (seq == base_seq) return std::optional(chain);
    {
        store::Query row = database_.prepare(
            "SELECT submission.chain_after FROM submission WHERE seq = ?1 AND seq > ?2");
        if (TRY(row.bind(seq).bind(base_seq).row()))
            return std::optional(TRY(digest_in(row.bytes(0))));
    }
    // A tombstone says nothing of the chain: it is followed from where it is known.
    store::Query rows = database_.prepare(
        "SELECT seq, manifest_digest FROM submission WHERE seq > ?1 AND seq <= ?2 UNION ALL"
        " SELECT seq, manifest_digest FROM tombstone WHERE seq > ?1 AND seq <= ?2 ORDER BY seq");
    rows.bind(base_seq).bind(seq);
    std::int64_t at = base_seq;
    while (TRY(rows.row())) {
        at = rows.integer(0);
        chain = papers::chain_after(terminal_.certificate.suite(), chain, at,
                                    TRY(digest_in(rows.bytes(1))));
    }
    return at == seq ? std::optional(chain) : std::nullopt;
}

}  // namespace offline::outbox
