#include "offline/intake/store/countersigning.hpp"

#include "offline/intake/store/rows.hpp"
#include "offline/papers/manifest.hpp"

#include <algorithm>

namespace offline::intake {

namespace {

using base::ByteView;
using sql::Rows;

constexpr std::int64_t numbers_a_call = 4096;

struct Held {
    std::int64_t seq = 0;
    sealing::Digest digest{};
};

struct Looked {
    std::vector<Held> held;  // ascending
    bool to_the_end = false;
};

// What is held above `after`. Of a copied machine two may come with one number: the
// first that was taken counts, and the other one's chain will not lead there.
base::Result<Looked> held_above(sql::Session& session, const std::string& terminal,
                                const sealing::Epoch& epoch, std::int64_t after) {
    const Rows rows = TRY(
        session.run("SELECT seq, manifest_digest FROM ("
                    "SELECT seq, manifest_digest, 0 AS refusal, serial AS place FROM case_file"
                    " WHERE terminal = $1 AND epoch = $2 AND seq > $3 UNION ALL"
                    " SELECT seq, manifest_digest, 1 AS refusal, received_at AS place FROM refused"
                    " WHERE terminal = $1 AND epoch = $2 AND seq > $3) AS held"
                    " ORDER BY seq, refusal, place LIMIT $4",
                    {terminal, ByteView(epoch), after, numbers_a_call}));
    Looked out;
    out.to_the_end = rows.rows.size() < static_cast<std::size_t>(numbers_a_call);
    for (const auto& row : rows.rows)
        if (out.held.empty() || row.integer(0) != out.held.back().seq)
            out.held.push_back({row.integer(0), array_of<32>(row.bytes(1))});
    return out;
}

// Of the numbers that are complete there, those that are not among `held`. Numbers beyond what was
// looked at are asked for by a later hello.
std::vector<std::int64_t> missing_of(const Said& said, std::int64_t above, const Looked& looked) {
    const auto& held = looked.held;
    const std::int64_t end = looked.to_the_end ? said.next_seq : held.back().seq + 1;
    std::vector<std::int64_t> out;
    auto at = held.begin();
    const auto look = [&](std::int64_t seq) {
        at = std::find_if(at, held.end(), [&](const Held& one) { return one.seq >= seq; });
        if (at == held.end() || at->seq != seq) out.push_back(seq);
    };
    for (std::int64_t seq = above + 1; seq <= said.low && seq < end; ++seq) {
        if (out.size() == missing_max) return out;
        look(seq);
    }
    for (const std::int64_t seq : said.complete_above) {
        if (out.size() == missing_max) return out;
        if (seq > above && seq > said.low && seq < end) look(seq);
    }
    return out;
}

}  // namespace

base::Result<Counter> countersign(sql::Session& session, const std::string& terminal,
                                  const Said& said) {
    const Rows row = TRY(session.run(
        "SELECT counter_seq, counter_head, said_next FROM epoch WHERE terminal = $1 AND epoch = $2",
        {terminal, ByteView(said.epoch)}));
    Counter out;
    if (row.empty()) return out;  // superseded meanwhile, or a store of the first version
    // How far its numbers went, for the day on which the machine is lost.
    if (row.front().integer(2) < said.next_seq)
        TRY(
            session.run("UPDATE epoch SET said_first = $1, said_next = $2 WHERE terminal = $3"
                        " AND epoch = $4 AND said_next < $2",
                        {said.first_seq, said.next_seq, terminal, ByteView(said.epoch)}));
    const std::int64_t before = row.front().integer(0);
    out.seq = before;
    if (before > 0) {
        out.head = array_of<32>(row.front().bytes(1));
    } else {
        out.seq = said.first_seq - 1;
        out.head = sealing::digest(said.suite, said.epoch);
    }
    const std::int64_t from = out.seq;
    const auto looked = TRY(held_above(session, terminal, said.epoch, from));
    for (const auto& one : looked.held) {
        if (one.seq != out.seq + 1) break;
        ++out.seq;
        out.head = papers::chain_after(said.suite, out.head, out.seq, one.digest);
    }
    out.missing = missing_of(said, out.seq, looked);
    if (out.seq == from) {
        if (before == 0) out.seq = 0;
        return out;
    }
    TRY(
        session.run("UPDATE epoch SET counter_seq = $1, counter_head = $2 WHERE terminal = $3"
                    " AND epoch = $4 AND counter_seq < $1",
                    {out.seq, ByteView(out.head), terminal, ByteView(said.epoch)}));
    return out;
}

}  // namespace offline::intake
