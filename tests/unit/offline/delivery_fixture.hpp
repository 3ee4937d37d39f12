// What the tests of delivery share: parcels in memory, with attachments and lanes; a runner that
// does each exchange at once and waits by moving the clock; an intake asked without HTTP.
#pragma once

#include "offline/papers/local_number.hpp"
#include "offline/sync/delivery.hpp"
#include "tests/unit/offline/offline_fixture.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>

namespace offline_test {

// Sealed bytes as far as the post is concerned.
inline base::Bytes content(std::size_t size) {
    base::Bytes out(size);
    base::fill_random(out.data(), out.size());
    return out;
}

// Counts what was recorded, by event, and keeps the lines.
class CountingLog final : public base::EventLog {
  public:
    void write_line(std::string line) override {
        std::lock_guard lock(mutex_);
        lines_.push_back(std::move(line));
    }
    int count(const std::string& event) const {
        std::lock_guard lock(mutex_);
        int found = 0;
        for (const auto& line : lines_)
            if (line.find('"' + event + '"') != std::string::npos) ++found;
        return found;
    }
    bool has(const std::string& event, const std::string& word) const {
        std::lock_guard lock(mutex_);
        for (const auto& line : lines_)
            if (line.find('"' + event + '"') != std::string::npos &&
                line.find(word) != std::string::npos)
                return true;
        return false;
    }

  private:
    mutable std::mutex mutex_;
    std::vector<std::string> lines_;
};

class MemoryParcels final : public sync::Parcels {
  public:
    explicit MemoryParcels(const World& world) : terminal_(world.terminal()), world_(world) {}

    struct Kept {
        outbox::Parcel parcel;
        papers::Lane lane{};
        outbox::ParcelState state{};
        std::vector<sync::Upload> uploads;
        int attempts = 0;
    };
    std::map<std::int64_t, Kept> waiting;
    std::map<std::int64_t, std::string> complete, aside;  // case number, why
    std::map<sealing::AttachmentId, base::Bytes> bytes;
    std::vector<std::int64_t> sent_again;
    std::optional<sealing::Digest> other_chain;
    std::int64_t next_seq = 1, forgotten = 0;
    sealing::Epoch epoch = base::random_bytes<16>();

    std::int64_t keep(const std::vector<base::Bytes>& attachments = {},
                      papers::Lane lane = papers::Lane::normal,
                      const std::string& text = submission_text()) {
        const std::int64_t seq = next_seq++;
        const auto id = domain::SubId::draw();
        papers::Manifest manifest;
        manifest.realm = world_.realm;
        manifest.terminal = terminal_id;
        manifest.epoch = epoch;
        manifest.seq = seq;
        manifest.sub_id = id;
        manifest.local_number = papers::local_number(terminal_id, seq);
        manifest.item_code = item;
        manifest.item_version = 3;
        manifest.captured_at = manifest.kept_at = start;
        manifest.lane = lane;
        const base::Bytes envelope = world_.seal(id, base::to_bytes(text)).value();
        manifest.kid = sealing::key_id(world_.keys().sealing_key(start).value());
        manifest.envelope_digest = sealing::digest(manifest.suite, envelope);
        manifest.envelope_bytes = static_cast<std::int64_t>(envelope.size());
        Kept kept;
        for (const auto& content : attachments) {
            sync::Upload upload{base::random_bytes<16>(), seq,
                                sealing::digest(manifest.suite, content),
                                static_cast<std::int64_t>(content.size()), 0};
            manifest.attachments.push_back({upload.id, upload.digest, upload.length, "photo"});
            bytes[upload.id] = content;
            kept.uploads.push_back(upload);
        }
        manifest.chain_before = head_;
        const base::Bytes encoded = manifest.encode();
        const auto digest = sealing::digest(manifest.suite, encoded);
        head_ = papers::chain_after(manifest.suite, head_, seq, digest);
        const auto signature = terminal_.key.sign(sealing::context::manifest, encoded).value();
        kept.parcel = {seq,
                       id,
                       manifest.local_number,
                       epoch,
                       digest,
                       encoded,
                       base::Bytes(signature.begin(), signature.end()),
                       envelope};
        kept.lane = lane;
        waiting[seq] = std::move(kept);
        return seq;
    }
    sync::Upload& upload(std::int64_t seq, std::size_t n = 0) {
        return waiting.at(seq).uploads.at(n);
    }

    const outbox::Terminal& terminal() const override { return terminal_; }
    base::Result<sync::Holdings> holdings() override {
        sync::Holdings here;
        here.epoch = epoch;
        here.next_seq = next_seq;
        here.chain_head = head_;
        for (const auto& [seq, kept] : waiting)
            ++(kept.lane == papers::Lane::urgent ? here.urgent : here.normal).count;
        return here;
    }
    base::Result<std::vector<sync::Item>> queued(papers::Lane lane, std::int64_t after,
                                                 std::size_t most) override {
        return items(after, most, [&](const Kept& kept) {
            return kept.state == outbox::ParcelState::queued && kept.lane == lane;
        });
    }
    base::Result<std::vector<sync::Item>> unanswered(std::int64_t after,
                                                     std::size_t most) override {
        return items(after, most, [](const Kept& kept) {
            for (const auto& one : kept.uploads)
                if (one.acked < one.length) return false;
            return kept.state == outbox::ParcelState::envelope_sent;
        });
    }
    base::Result<std::vector<sync::Upload>> uploads(std::size_t most) override {
        std::vector<sync::Upload> out;
        for (const auto& [seq, kept] : waiting)
            for (const auto& one : kept.uploads)
                if (kept.state == outbox::ParcelState::envelope_sent && one.acked < one.length)
                    out.push_back(one);
        std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
            return a.length - a.acked < b.length - b.acked;
        });
        if (out.size() > most) out.resize(most);
        return out;
    }
    base::Result<std::vector<sync::Upload>> uploads_of(std::int64_t seq) override {
        return waiting.contains(seq) ? waiting.at(seq).uploads : std::vector<sync::Upload>{};
    }
    base::Result<std::optional<outbox::Parcel>> parcel(std::int64_t seq) override {
        return waiting.contains(seq) ? std::optional(waiting.at(seq).parcel) : std::nullopt;
    }
    base::Result<base::Bytes> read_attachment(const sealing::AttachmentId& id, std::int64_t at,
                                              std::size_t most) override {
        const base::ByteView all = bytes.at(id);
        const auto from = all.subspan(static_cast<std::size_t>(at));
        const auto part = from.first(std::min(most, from.size()));
        return base::Bytes(part.begin(), part.end());
    }
    base::Status note_acked(const sealing::AttachmentId& id, std::int64_t offset) override {
        for (auto& [seq, kept] : waiting)
            for (auto& one : kept.uploads)
                if (one.id == id) one.acked = offset;
        return {};
    }
    base::Status attempt_failed(std::int64_t seq, base::FaultCode) override {
        if (waiting.contains(seq)) ++waiting.at(seq).attempts;
        return {};
    }
    base::Status store_receipts(const std::vector<outbox::Receipted>& receipts) override {
        for (const auto& [receipt, file] : receipts) {
            if (receipt.kind == papers::ReceiptKind::r1) {
                waiting.at(receipt.seq).state = outbox::ParcelState::envelope_sent;
            } else if (receipt.kind == papers::ReceiptKind::r2) {
                complete[receipt.seq] = receipt.case_number;
                waiting.erase(receipt.seq);
            } else {
                TRY_STATUS(set_aside(receipt.seq, receipt.reason));
            }
        }
        return {};
    }
    base::Status set_aside(std::int64_t seq, std::string_view why) override {
        aside[seq] = why;
        kept_aside[seq] = std::move(waiting.at(seq));
        waiting.erase(seq);
        return {};
    }
    base::Result<bool> send_again(std::int64_t seq) override {
        sent_again.push_back(seq);
        return false;
    }
    base::Result<std::optional<sealing::Digest>> chain_after(std::int64_t) override {
        return other_chain;
    }
    base::Status forget_up_to(std::int64_t seq) override {
        forgotten = seq;
        return {};
    }
    void note_server_time(base::Instant) override {}
    std::map<std::int64_t, Kept> kept_aside;

  private:
    template <class Fits>
    base::Result<std::vector<sync::Item>> items(std::int64_t after, std::size_t most, Fits fits) {
        std::vector<sync::Item> out;
        for (auto at = waiting.upper_bound(after); at != waiting.end(); ++at) {
            if (out.size() == most) break;
            if (fits(at->second))
                out.push_back(
                    {at->first, static_cast<std::int64_t>(at->second.parcel.envelope.size())});
        }
        return out;
    }
    outbox::Terminal terminal_;
    const World& world_;
    sealing::Digest head_{};
};

// What the intake's server would answer, without HTTP.
inline sync::Answer ask(intake::IntakeService& service, const sync::Exchange& exchange) {
    const std::string& path = exchange.path;
    const auto piece = [&](std::size_t from, std::size_t size) { return path.substr(from, size); };
    intake::Reply reply{404};
    if (path == "/v1/hello") {
        reply = service.hello(exchange.body);
    } else if (path.starts_with("/v1/a/")) {
        reply = exchange.method == sync::Method::head
                    ? service.upload_offset(piece(6, 32))
                    : service.patch(piece(6, 32), exchange.headers, exchange.body);
    } else if (path.ends_with("/batch")) {
        reply = service.batch(piece(6, 15), exchange.body);
    } else if (path.ends_with("/receipts")) {
        reply = service.receipts(piece(6, 15), exchange.body);
    } else if (path.ends_with("/commit")) {
        reply = service.commit(piece(6, 15), piece(24, 32));
    } else if (path.starts_with("/v1/t/")) {
        reply = service.submit(piece(6, 15), piece(24, 32), exchange.body);
    }
    return {reply.status,
            reply.body.empty() ? "" : papers::wire::content_type,
            {},
            std::move(reply.body),
            std::move(reply.headers)};
}

inline base::Result<sync::Answer> cut_off() {
    return base::fail(FaultCode::NetworkUnreachable, "cut");
}
inline sync::Answer status(long code, base::Millis retry_after = {}) {
    return {code, "text/html", retry_after, base::to_bytes("<html>")};
}

// Runs delivery without its threads.
class Runner {
  public:
    using Centre = std::function<base::Result<sync::Answer>(const sync::Exchange&)>;

    Runner(const World& world, sync::Parcels& parcels, base::ManualClock& clock,
           base::EventLog& log)
        : keys_(world.keys()), floor_("", clock, log), clock_(clock), log_(log), parcels_(parcels) {
        restart();
    }
    void restart(base::Millis hello_every = base::Millis{60000}) {
        waiting.clear();
        sync::DeliveryOptions options{{base::Millis{1000}, base::Millis{60000}, base::Millis{0}},
                                      42};
        options.hello_every = hello_every;
        out.emplace(options, parcels_, keys_, floor_, clock_, log_,
                    [this](std::int64_t reference, sync::Exchange exchange) {
                        most_at_once = std::max(most_at_once, waiting.size() + 1);
                        waiting.emplace_back(reference, std::move(exchange));
                    });
    }
    void run(const Centre& centre, int rounds = 12) {
        for (int i = 0; i < rounds; ++i) {
            const base::Millis next = out->tick();
            if (waiting.empty()) {
                clock_.forward(std::max(base::Millis{1}, next - clock_.steady()));
                continue;
            }
            auto [reference, exchange] = std::move(waiting.front());
            waiting.erase(waiting.begin());
            ++requests;
            out->answered(reference, centre(exchange));
        }
    }
    void run(const std::string& url, int rounds = 12) {
        sync::CentreClient client(url);
        const std::stop_source nobody_stops;
        run([&](const auto& exchange) { return client.run(exchange, nobody_stops.get_token()); },
            rounds);
    }

    std::vector<std::pair<std::int64_t, sync::Exchange>> waiting;
    std::size_t most_at_once = 0;
    int requests = 0;
    std::optional<sync::Delivery> out;
    sync::ClockFloor& floor() { return floor_; }

  private:
    sealing::KeySet keys_;
    sync::ClockFloor floor_;
    base::ManualClock& clock_;
    base::EventLog& log_;
    sync::Parcels& parcels_;
};

}  // namespace offline_test
