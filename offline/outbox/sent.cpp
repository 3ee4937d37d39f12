// What delivery asks of parcels that are on their way or came to a stop.
#include "offline/outbox/outbox.hpp"
#include "offline/outbox/rows.hpp"
#include "offline/outbox/schema.hpp"

namespace offline::outbox {

using base::FaultCode;

base::Result<std::vector<SentParcel>> Outbox::sent(std::int64_t after_seq, std::size_t most) {
    std::vector<SentParcel> out;
    {
        store::Query rows = database_.prepare(
            "SELECT seq, bytes FROM submission WHERE state = 'SENT_ENV' AND seq > ?"
            " ORDER BY seq LIMIT ?");
        rows.bind(after_seq).bind(static_cast<std::int64_t>(most));
        while (TRY(rows.row())) out.push_back({rows.integer(0), rows.integer(1), {}});
    }
    for (auto& parcel : out) {
        store::Query rows = database_.prepare(
            "SELECT id, digest, length, kind, acked FROM attachment"
            " WHERE place BETWEEN ? AND ? ORDER BY place");
        rows.bind(parcel.seq * places_per_seq).bind((parcel.seq + 1) * places_per_seq - 1);
        while (TRY(rows.row())) {
            ParcelAttachment one;
            one.line = {TRY(array_in<16>(rows.bytes(0))), TRY(digest_in(rows.bytes(1))),
                        rows.integer(2), rows.text(3)};
            const auto newer = acked_.find(one.line.id);
            one.acked = newer == acked_.end() ? rows.integer(4) : newer->second;
            parcel.attachments.push_back(std::move(one));
        }
    }
    return out;
}

base::Status Outbox::set_parcel_aside(std::int64_t seq, const std::string& why) {
    return database_
        .prepare(
            "UPDATE submission SET state = 'QUARANTINED', set_aside = ?, since = ?"
            " WHERE seq = ? AND state IN ('QUEUED', 'SENT_ENV')")
        .bind(why)
        .bind(ms(clock_.now()))
        .bind(seq)
        .run();
}

base::Result<bool> Outbox::send_again(std::int64_t seq) {
    store::Query row = database_.prepare("SELECT state FROM submission WHERE seq = ?");
    if (!TRY(row.bind(seq).row())) return false;
    if (row.text(0) != "SENT_ENV") return true;
    TRY_STATUS(
        database_.prepare("UPDATE submission SET state = 'QUEUED' WHERE seq = ?").bind(seq).run());
    return true;
}

base::Result<std::optional<sealing::Digest>> Outbox::chain_after(std::int64_t seq) {
    using Chain = std::optional<sealing::Digest>;
    const std::int64_t first_seq = TRY(summary()).first_seq;
    {
        store::Query row =
            database_.prepare("SELECT chain_after FROM submission WHERE seq = ? AND seq >= ?");
        if (TRY(row.bind(seq).bind(first_seq).row()))
            return Chain(TRY(digest_in(row.bytes(0))));
    }
    std::int64_t at = 0;
    sealing::Digest chain{};
    {
        store::Query row = database_.prepare("SELECT base_seq, base_chain FROM terminal");
        if (!TRY(row.row())) return base::fail(FaultCode::OutboxCorrupt, "terminal");
        at = row.integer(0);
        chain = TRY(digest_in(row.bytes(1)));
    }
    store::Query rows = database_.prepare(
        "SELECT seq, manifest_digest FROM tombstone WHERE seq > ?1 AND seq <= ?2"
        " UNION ALL SELECT seq, manifest_digest FROM submission WHERE seq > ?1 AND seq <= ?2"
        " ORDER BY seq");
    rows.bind(at).bind(seq);
    while (TRY(rows.row())) {
        if (rows.integer(0) != at + 1) return Chain{};
        chain = papers::chain_after(terminal_.certificate.suite(), chain, ++at,
                                    TRY(digest_in(rows.bytes(1))));
    }
    return at == seq ? Chain(chain) : Chain{};
}

}  // namespace offline::outbox
